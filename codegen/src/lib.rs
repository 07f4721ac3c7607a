//! Turns an OpenAPI description into the source of a Rust client crate.
//!
//! Data flows one way: text, checked document ([`Document`]), model, tokens, files. The library
//! reads and writes nothing; whoever calls [`generate`] brings the texts and puts the files where
//! they belong.

mod config;
mod config_writer;
mod description;
mod diagnostic;
mod diff;
mod document;
mod emit;
mod generate;
mod generated;
mod json_path;
mod lower;
mod model;
pub mod names;
mod nearest;
pub mod outline;
mod path_template;
pub mod pointer;
mod print;
mod render;
mod report;
mod resolver;
mod source;

mod spelling;
mod stack;
mod stage;
mod survey;
mod traffic;

pub use config::{Config, Limits, check_crate_name, configuration_page, configuration_schema};
pub use config_writer::configuration;
pub use description::Description;
pub use diagnostic::{Diagnostic, Origin, Related, Severity, WarningCode};
pub use diff::{
    Change, ChangeKind, Consequence, Diff, DiffError, Effect, Place, Step, Subject, diff,
};
pub use document::{
    Component, Document, NULL, OverlayInfo, PREFIX_ITEMS, bundle, check, locate, parse, sort,
};
pub use generate::{generate, generate_in_form, generate_only, generate_with};
pub use generated::{Generated, GeneratedFile, Summary};
pub use model::Form;
pub use nearest::nearest;
pub use outline::model;
pub use render::render;
pub use report::{Excerpt, Report, ReportLevel};
pub use resolver::{FileError, FileText, Resolver};
pub use source::Source;
pub use stage::Stage;
pub use survey::{
    FreeValue, Survey, TypedBody, TypedContent, TypedCredential, TypedOperation, TypedOutput,
    TypedParameter, TypedPart, TypedSchema, TypedStatuses, TypedUnion, TypedVariant, survey,
    survey_only,
};
pub use traffic::{
    DeviationKind, Exchange, RecordedBody, Traffic, TrafficCounts, TrafficDeviation,
    TrafficExample, TrafficReport,
};
