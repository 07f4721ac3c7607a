//! Arguments of `traffic`.

use std::path::PathBuf;

use clap::Args;

/// Compare recorded requests and responses with the description.
///
/// Reads HAR 1.2 files, as browsers, proxies and the `RecordingTransport` of generated crates write them.
/// Each exchange is matched to an operation and compared with what the crate reads: required fields that
/// are missing, nulls, unknown fields, values of enums and variants, other types, and undocumented
/// statuses, media types, parameters and operations. Each deviation is reported once, with its location in
/// the description and a count. Nothing is sent anywhere, and no value of a header, a query or a string is
/// shown.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Traffic {
    /// The name of an API of this project, if not the first, and HAR files; `-` is standard input
    #[arg(required = true, value_name = "[NAME] FILE")]
    pub files: Vec<PathBuf>,

    /// The description, if it doesn't belong to an API of this project
    #[arg(long, value_name = "FILE")]
    pub spec: Option<PathBuf>,

    /// The configuration of the crate [default: sdk.toml beside the description]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// The base URL of a further server, such as a proxy; may be repeated
    ///
    /// Exchanges with other hosts than those of the description are not compared. Loopback addresses are.
    #[arg(long, value_name = "URL")]
    pub server: Vec<String>,

    /// Write an OpenAPI Overlay that corrects the description, for a review
    ///
    /// Required fields become optional, and what was found is added: `null`, values, fields, variants, types,
    /// statuses, media types, parameters and operations. An existing file is not replaced.
    #[arg(long, value_name = "FILE")]
    pub overlay: Option<PathBuf>,

    /// Write an exchange of each operation and status as a fixture for tests, with all values replaced
    ///
    /// The files are HAR, which `MockTransport::from_har` of a generated crate replays. Existing files are not
    /// replaced.
    #[arg(long, value_name = "DIR")]
    pub examples: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  Compare what a browser recorded with the first API of the project:
      {command} traffic ~/Downloads/api.example.com.har

  Compare recordings of another API:
      {command} traffic petstore calls.har more.har

  Write the corrections as an overlay, review it, and add it to `overlays` in sdk.toml:
      {command} traffic petstore calls.har --overlay spec/petstore/fix.yaml

  Write fixtures without the recorded values:
      {command} traffic petstore calls.har --examples tests/recorded

Exit status:
  0  the recordings agree with the description
  1  they deviate, or the description is invalid
  2  invalid arguments: unknown argument, unreadable or invalid recording, existing file";
