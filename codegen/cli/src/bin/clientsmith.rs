//! The command `clientsmith`.

use std::process::ExitCode;

fn main() -> ExitCode {
    clientsmith::internal::program::main("clientsmith", std::env::args_os())
}
