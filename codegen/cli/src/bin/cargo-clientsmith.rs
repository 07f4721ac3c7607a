//! The command `cargo clientsmith`: cargo runs a program of this name, with the name of the command as its
//! first argument.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|it| it == "clientsmith") {
        arguments.remove(1);
    }
    clientsmith::internal::program::main("cargo clientsmith", arguments)
}
