//! The measuring program. `cargo xtask bench` builds it with optimisation and runs it.

use std::process::ExitCode;

use bench::{Failure, calls, decoding, server, stream};

const USAGE: &str = "\
usage: bench decoding ROUNDS
       bench calls ROUNDS CALLS
       bench only-decoding ours|derive RUNS      (for a profiler)
       bench only-encoding ours|derive RUNS      (for a profiler)
       bench only-bodies ours|bare|endless COUNT (for a profiler)
       bench only-calls ours|bare|endless AT_ONCE CALLS
                                        (for a profiler)
       bench stream ours|bare BATCHES
       bench serve                      (until its input ends)
Each measurement is printed as a line of JSON: CPU seconds, allocations and bytes of one run.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<(), Failure> {
    match arguments {
        ["decoding" | "only-decoding" | "only-encoding", ..] => {
            decoding::command(&decoding::contenders(), arguments)
        }
        ["calls", rounds, calls] => calls::run(rounds.parse()?, calls.parse()?),
        ["only-bodies", name, bodies] => calls::only_bodies(name, bodies.parse()?),
        ["only-calls", name, at_once, calls] => calls::only(name, calls.parse()?, at_once.parse()?),
        ["stream", name, batches] => stream::run(name, batches.parse()?),
        ["serve"] => server::main(),
        _ => Err(USAGE.into()),
    }
}
