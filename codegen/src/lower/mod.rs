//! Document to model: names, types, operations, waiters, errors.
//!
//! What a document means is decided here and nowhere else; no token of Rust is made.

mod access;
mod added_credentials;
mod added_servers;
mod budget;
mod client_parameters;
mod copies;
mod cycles;
mod derives;
mod docs;
mod features;
mod first_call;
mod inline_names;
mod missing_dependencies;
mod module_form;
mod name_clashes;
mod naming;
mod only;
mod operations;
mod own_modules;
mod package;
mod pagination;
mod recursion;
mod resources;
mod schema;
mod schema_names;
mod schemas;
mod security;
mod server_url;
mod servers;
mod shared_runtime;
mod skipped_fields;
mod stability;
mod tags;
mod type_table;
mod unions;
mod unknown_names;
mod unused_settings;
mod usage;
mod waiters;
mod webhooks;
mod xml;

use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Origin, Severity, WarningCode};
use crate::document::Document;
use crate::model::{Api, Form, Server, Shape, Type};
use crate::names::Ident;

pub(crate) use first_call::POINTER as FIRST_CALL;
pub(crate) use operations::names::from_method_and_path;
pub(crate) use xml::is_xml;

use added_credentials::AddedCredentials;
use budget::FieldBudget;
use client_parameters::ClientParameters;
use inline_names::InlineNames;
use schemas::Schemas;
use security::Credentials;
use skipped_fields::SkippedField;
use type_table::{TypeTable, Typed};
use xml::XmlTables;

/// Lowers a checked document and its configuration to the model. `only` names the operations
/// that are wanted; where it is empty, the configuration says, and where that is silent, all are.
///
/// # Errors
///
/// All that stands in the way of a right crate; warnings are among them then. Otherwise the
/// warnings come beside the model.
pub(crate) fn lower(
    document: &Document,
    config: &Config,
    only: &[String],
) -> Result<(Api, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut lowering = Lowering::new(document, config);
    lowering.only = only;
    let (api, diagnostics, _) = run(lowering)?;
    Ok((api, diagnostics))
}

/// Lowers as [`lower`] does, and keeps account of what each schema became.
pub(crate) fn lower_recording(
    document: &Document,
    config: &Config,
    only: &[String],
) -> Result<(Api, Typed), Vec<Diagnostic>> {
    let mut lowering = Lowering::new(document, config);
    lowering.only = only;
    lowering.types.record();
    let (api, _, typed) = run(lowering)?;
    Ok((api, typed))
}

fn run(lowering: Lowering<'_>) -> Result<(Api, Vec<Diagnostic>, Typed), Vec<Diagnostic>> {
    recursion::with_sized_stack(lowering.document, || all(lowering))
}

fn all(mut lowering: Lowering<'_>) -> Result<(Api, Vec<Diagnostic>, Typed), Vec<Diagnostic>> {
    let (document, config) = (lowering.document, lowering.config);
    lowering.find_servers();
    lowering.components();
    let (named_by, mut resources) = lowering.resources();
    let first_call = lowering.first_call(&resources);
    let profile = lowering.profile(&resources);
    let package = package::package(config, document);
    lowering.waiters(&mut resources);
    lowering.unknown_config_names(&resources);
    lowering.clashes_of_types();
    lowering.unused_settings(&profile);
    lowering.unknown_client_parameters();
    lowering.check_added_credentials(&resources);
    if config.pages.is_some() && !lowering.used_configuration.pages {
        lowering.report(pagination::unused());
    }
    let mut webhooks = lowering.webhooks(&resources);
    lowering.check_resolution_budget();
    let mut record = lowering.types.recorded();
    lowering.merge_copies(&mut resources, &mut webhooks, &mut record);
    let selection = lowering.selection.take();
    let xml = std::mem::take(&mut lowering.xml).finish();
    let skipped_fields = std::mem::take(&mut lowering.skipped_fields);
    let mut diagnostics = std::mem::take(&mut lowering.diagnostics);
    let (types, mut order) = lowering.types.finish();
    let failed = diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error);
    // What several operations share is lowered for each of them, and said once.
    let mut seen = HashSet::new();
    diagnostics.retain(|it| seen.insert((it.origin, it.pointer.clone(), it.message.clone())));
    if failed {
        return Err(diagnostics);
    }
    let mut api = Api {
        title: document.api.info.title.clone(),
        docs: crate::model::Docs::text(document.api.info.description.clone().unwrap_or_default()),
        package,
        profile,
        named_by,
        tags: tags::of_operations(document, config, &resources),
        resources,
        first_call,
        webhooks,
        types,
        xml,
        modules: Vec::new(),
        features: Vec::new(),
    };
    diagnostics.extend(unions::without_empty_loops(&mut api.types));
    cycles::name_recursive_aliases(&mut api.types);
    usage::mark(&mut api);
    let wrong = skipped_fields::check(&skipped_fields, &api);
    if !wrong.is_empty() {
        diagnostics.extend(wrong);
        return Err(diagnostics);
    }
    access::make_one_way_fields_optional(&mut api.types);
    unions::choose_discriminants(&mut api.types);
    diagnostics.extend(cycles::make_endless_fields_optional(&mut api.types));
    cycles::box_recursive_fields(&mut api.types);
    free_values_are_not_nullable(&mut api);
    // Not all that unions could have been was left to them.
    usage::mark(&mut api);
    if let Some(selection) = selection {
        let left_out = selection.apply(&mut api, &mut order);
        diagnostics.retain(|diagnostic| !left_out.concerns(diagnostic));
        diagnostics.extend(first_call::forget_what_is_left_out(&mut api));
    }
    if !config.keep_unused {
        usage::leave_out_unused(&api, &mut order);
    }
    // A module has those of no crate.
    let is_module = config.package.form == Form::Module;
    let resource_features = config.package.resource_features.filter(|_| !is_module);
    features::assign(&mut api, resource_features.or(is_module.then_some(false)));
    usage::spread_over_modules(&mut api, &order);
    features::separate_unused_types(&mut api);
    diagnostics.extend(derives::add(&mut api, config));
    diagnostics.extend(own_modules::clashes(&api, config));
    diagnostics.extend(shared_runtime::types_of_others(config));
    diagnostics.extend(module_form::settings_of_crates(config));
    let is_error = |it: &Diagnostic| it.severity == Severity::Error;
    if diagnostics.iter().any(is_error) {
        return Err(diagnostics);
    }
    diagnostics.extend(missing_dependencies::warnings(config));
    Ok((api, diagnostics, record))
}

/// `null` is one of the values of a field that holds any, by whatever name.
fn free_values_are_not_nullable(api: &mut Api) {
    let free = |ty: &Type, api: &Api| *api.resolve(ty) == Type::Value;
    for index in 0..api.types.len() {
        let Shape::Struct(shape) = &api.types[index].shape else {
            continue;
        };
        let fields: Vec<bool> = shape
            .fields
            .iter()
            .map(|field| free(&field.ty, api))
            .collect();
        if let Shape::Struct(shape) = &mut api.types[index].shape {
            for (field, free) in shape.fields.iter_mut().zip(fields) {
                field.nullable &= !free;
            }
        }
    }
}

/// The names of a waiter in its resource's module.
#[derive(Clone, Debug)]
struct WaitNames {
    method: Ident,
    request: Ident,
}

/// What the document has of the things that a configuration can speak of.
#[derive(Debug, Default)]
struct UsedConfiguration {
    tags: HashSet<String>,
    /// Keys of the configuration that an operation has.
    operations: HashSet<String>,
    /// Whether what it says of all lists holds for one.
    pages: bool,
    /// Ids, and methods and paths, of the operations that the configuration leaves out.
    skipped: HashSet<String>,
    /// Keys of types and properties of which the configuration says something.
    fields: HashSet<(String, String)>,
    /// Keys of types and values whose name the configuration gives.
    values: HashSet<(String, String)>,
    /// Keys of structs that the configuration wants to keep unknown fields or not to, and whether
    /// the document describes those fields.
    structs: HashMap<String, bool>,
    /// Names of the security schemes that operations take.
    credentials: HashSet<String>,
    /// Formats whose type the configuration gives.
    formats: HashSet<String>,
}

/// Everything that lowering knows while it goes over the document.
struct Lowering<'a> {
    document: &'a Document,
    config: &'a Config,
    /// Names of the operations that are wanted, from whoever started this run.
    only: &'a [String],
    selection: Option<only::Selection>,
    diagnostics: Vec<Diagnostic>,
    inline_names: InlineNames,
    schemas: Schemas<'a>,
    types: TypeTable,
    used_configuration: UsedConfiguration,
    /// Names and JSON pointers of the callbacks of operations.
    callbacks: IndexSet<(String, String)>,
    /// Names of the configured waiters, by their index; none where the operation is unknown.
    waits: HashMap<usize, WaitNames>,
    servers: Vec<Server>,
    credentials: Credentials,
    added_credentials: AddedCredentials,
    skipped_fields: Vec<SkippedField>,
    client_parameters: ClientParameters,
    /// Whether any schema may say what is not checked.
    has_conditions: bool,
    /// Where schemas that describe a property together are put, by their pointers.
    together: HashMap<Vec<String>, String>,
    fields: FieldBudget,
    xml: XmlTables,
}

impl<'a> Lowering<'a> {
    fn new(document: &'a Document, config: &'a Config) -> Self {
        Self {
            document,
            config,
            only: &[],
            selection: None,
            diagnostics: Vec::new(),
            has_conditions: schema::has_conditions(document),
            inline_names: InlineNames::default(),
            schemas: Schemas::new(document, config.limits.fields),
            types: TypeTable::new(),
            used_configuration: UsedConfiguration::default(),
            callbacks: IndexSet::new(),
            waits: HashMap::new(),
            servers: Vec::new(),
            credentials: Credentials::default(),
            added_credentials: AddedCredentials::default(),
            skipped_fields: Vec::new(),
            client_parameters: ClientParameters::default(),
            together: HashMap::new(),
            fields: FieldBudget::new(config.limits.fields),
            xml: XmlTables::new(config),
        }
    }

    /// Tells if what schemas are wasn't found out to its end.
    fn check_resolution_budget(&mut self) {
        if self.schemas.is_within_budget() {
            return;
        }
        let message = "the schemas reference each other in too many ways to be resolved";
        self.report(
            Diagnostic::error(Origin::Spec, "/components/schemas", message)
                .at_key()
                .help(
                    "compose fewer schemas; or, if this is intended, raise `fields` under \
                    `[limits]` in the configuration",
                ),
        );
    }

    /// Counts fields that are about to be made; says whether there may be so many.
    fn allow_fields(&mut self, pointer: &str, count: usize) -> bool {
        let error = self.fields.take(pointer, count);
        self.diagnostics.extend(error);
        !self.fields.is_spent()
    }

    fn warning(
        &mut self,
        code: WarningCode,
        pointer: &str,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.report(Diagnostic::warning(code, Origin::Spec, pointer, message))
    }

    fn report(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        self.diagnostics.push(diagnostic);
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }
}

/// Names in backticks, for a message.
fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
