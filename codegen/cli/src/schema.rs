//! `schema`: what a configuration can have.

use std::process::ExitCode;

use crate::cli;
use crate::failure::Failure;
use crate::terminal::print;

/// Prints the schema of configurations, or the page of all keys.
pub(crate) fn run(arguments: &cli::Schema) -> Result<ExitCode, Failure> {
    if arguments.markdown {
        print(&codegen::configuration_page());
        return Ok(ExitCode::SUCCESS);
    }
    let schema = serde_json::to_string_pretty(&codegen::configuration_schema());
    let schema = schema.map_err(|error| Failure::work(format!("can't write JSON: {error}")))?;
    print(&format!("{schema}\n"));
    Ok(ExitCode::SUCCESS)
}
