//! Document to model: names, types, operations, waiters, errors.
//!
//! What a document means is decided here and nowhere else; no token of Rust is made.

mod access;
mod cycles;
mod docs;
mod features;
mod first_call;
mod only;
mod operations;
mod package;
mod pagination;
mod places;
mod resources;
mod room;
mod schema;
mod security;
mod server_url;
mod servers;
mod stability;
mod unions;
mod usage;
mod waiters;
mod webhooks;

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Origin, Severity};
use crate::document::Document;
use crate::model::{Api, Security, Server, Shape, Type, TypeDef, TypeId};
use crate::names::{Ident, Scope};

pub(crate) use first_call::POINTER as FIRST_CALL;
pub(crate) use operations::names::from_method_and_path;

use places::Places;
use schema::Families;
use security::Asked;

/// References that may be followed for each field that there may be.
const STEPS: u64 = 12;

/// Most required fields that a constructor takes by position.
const POSITIONAL: usize = 4;

/// Lowers a checked document and its configuration to the model. `asked` names the operations
/// that are wanted; where it is empty, the configuration says, and where that is silent, all are.
///
/// # Errors
///
/// All that stands in the way of a right crate; warnings are among them then. Otherwise the
/// warnings come beside the model.
pub(crate) fn lower(
    document: &Document,
    config: &Config,
    asked: &[String],
) -> Result<(Api, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut lowering = Lowering::new(document, config);
    lowering.asked = asked;
    let (api, diagnostics, _) = run(lowering)?;
    Ok((api, diagnostics))
}

/// The type that the schema at a pointer became, for each place that was lowered.
pub(crate) type Typed = Vec<(String, Type)>;

/// Lowers as [`lower`] does, and keeps account of what each schema became.
pub(crate) fn lower_recording(
    document: &Document,
    config: &Config,
    asked: &[String],
) -> Result<(Api, Typed), Vec<Diagnostic>> {
    let mut lowering = Lowering::new(document, config);
    lowering.asked = asked;
    lowering.typed = Some(Vec::new());
    let (api, _, typed) = run(lowering)?;
    Ok((api, typed))
}

fn run(lowering: Lowering<'_>) -> Result<(Api, Vec<Diagnostic>, Typed), Vec<Diagnostic>> {
    room::with_room(lowering.document, || all(lowering))
}

fn all(mut lowering: Lowering<'_>) -> Result<(Api, Vec<Diagnostic>, Typed), Vec<Diagnostic>> {
    let (document, config) = (lowering.document, lowering.config);
    lowering.find_servers();
    lowering.components();
    let mut resources = lowering.resources();
    let first_call = lowering.first_call(&resources);
    let profile = lowering.profile(&resources);
    let package = lowering.package();
    lowering.waiters(&mut resources);
    lowering.unknown_config_names();
    let webhooks = lowering.webhooks(&resources);
    lowering.mind_the_steps();
    let record = lowering.typed.take().unwrap_or_default();
    let selection = lowering.selection.take();
    let (types, mut order, mut diagnostics) = lowering.finish();
    let failed = diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error);
    // What several operations share is lowered for each of them, and said once.
    let mut said = HashSet::new();
    diagnostics.retain(|it| said.insert((it.origin, it.pointer.clone(), it.message.clone())));
    if failed {
        return Err(diagnostics);
    }
    let mut api = Api {
        title: document.api.info.title.clone(),
        docs: crate::model::Docs::text(document.api.info.description.clone().unwrap_or_default()),
        package,
        profile,
        resources,
        first_call,
        webhooks,
        types,
        modules: Vec::new(),
        features: Vec::new(),
    };
    diagnostics.extend(unions::without_empty_loops(&mut api.types));
    cycles::name_recursive_aliases(&mut api.types);
    usage::mark(&mut api);
    access::loosen(&mut api.types);
    unions::settle(&mut api.types);
    diagnostics.extend(cycles::loosen_endless_fields(&mut api.types));
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
    features::assign(&mut api, config.package.resource_features);
    usage::spread_over_modules(&mut api, &order);
    features::part_unused_types(&mut api);
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

/// A type whose definition may still be under way.
#[derive(Debug)]
struct Slot {
    name: Ident,
    pointer: String,
    /// Component or operation that it stands in, then when it was met there.
    order: (usize, usize),
    definition: Option<TypeDef>,
}

/// The names of a waiter in its resource's module.
#[derive(Clone, Debug)]
struct WaitNames {
    method: Ident,
    request: Ident,
}

/// What the document has of the things that a configuration can speak of.
#[derive(Debug, Default)]
struct Met {
    tags: HashSet<String>,
    /// Keys of the configuration that an operation answers to.
    operations: HashSet<String>,
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
    asked: &'a [String],
    selection: Option<only::Selection>,
    diagnostics: Vec<Diagnostic>,
    places: Places,
    type_names: Scope,
    slots: Vec<Slot>,
    by_pointer: HashMap<String, TypeId>,
    /// Inline schemas that are being lowered right now, with their [`Slot::order`].
    open: HashMap<String, (usize, usize)>,
    /// Schemas that others take over, and that a discriminator tells apart.
    families: Families,
    met: Met,
    /// Names and JSON pointers of the callbacks of operations.
    callbacks: IndexSet<(String, String)>,
    /// Names of the configured waiters, by their index; none where the operation is unknown.
    waits: HashMap<usize, WaitNames>,
    servers: Vec<Server>,
    /// The schemes that operations ask for, in the order in which they do.
    schemes: IndexMap<String, Asked>,
    /// Schemes that a requirement names together, though a request has room for only one of them.
    crowded: HashSet<(String, String)>,
    /// What the document says for all operations, once it was asked for.
    security_of_all: Option<Security>,
    /// Index of the component or operation that is being lowered, and how many inline schemas
    /// were met so far.
    owner: usize,
    entered: usize,
    /// What each schema became, where somebody wants to know.
    typed: Option<Typed>,
    /// Whether any schema may say what is not checked.
    has_conditions: bool,
    /// Where schemas that describe a property together are put, by their pointers.
    together: HashMap<Vec<String>, String>,
    /// How many more fields there may be.
    fields_left: u64,
    /// How many more references may be followed to find out what schemas are.
    steps_left: Cell<u64>,
}

impl<'a> Lowering<'a> {
    fn new(document: &'a Document, config: &'a Config) -> Self {
        Self {
            document,
            config,
            asked: &[],
            selection: None,
            diagnostics: Vec::new(),
            has_conditions: schema::has_conditions(document),
            places: Places::default(),
            type_names: Scope::new(&[]),
            slots: Vec::new(),
            by_pointer: HashMap::new(),
            open: HashMap::new(),
            families: Families::new(),
            met: Met::default(),
            callbacks: IndexSet::new(),
            waits: HashMap::new(),
            servers: Vec::new(),
            schemes: IndexMap::new(),
            crowded: HashSet::new(),
            security_of_all: None,
            owner: 0,
            entered: 0,
            typed: None,
            together: HashMap::new(),
            fields_left: config.limits.fields,
            steps_left: Cell::new(config.limits.fields.saturating_mul(STEPS)),
        }
    }

    /// Tells if what schemas are wasn't found out to its end.
    fn mind_the_steps(&mut self) {
        if self.steps_left.get() > 0 {
            return;
        }
        let message = "the schemas lead to one another in too many ways to be told apart";
        self.report(
            Diagnostic::error(Origin::Spec, "/components/schemas", message)
                .at_key()
                .help("let fewer of them be made of others; or, where that is meant, raise `fields` under `[limits]` in the configuration"),
        );
    }

    /// Counts fields that are about to be made; says whether there may be so many.
    fn allow_fields(&mut self, pointer: &str, count: usize) -> bool {
        if self.fields_left == 0 {
            return false;
        }
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        self.fields_left = self.fields_left.saturating_sub(count);
        if self.fields_left > 0 {
            return true;
        }
        let limit = self.config.limits.fields;
        let message = format!("the structs of this description have more than {limit} fields");
        self.report(
            Diagnostic::error(Origin::Spec, pointer, message)
                .label("here there are too many")
                .help("where that is meant, raise `fields` under `[limits]` in the configuration"),
        );
        false
    }

    fn warning(&mut self, pointer: &str, message: impl Into<String>) -> &mut Diagnostic {
        self.report(Diagnostic::warning(Origin::Spec, pointer, message))
    }

    fn report(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        self.diagnostics.push(diagnostic);
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    /// The definitions, and the order to emit them in: the document's.
    fn finish(mut self) -> (Vec<TypeDef>, Vec<TypeId>, Vec<Diagnostic>) {
        self.name_parts();
        let mut order: Vec<TypeId> = (0..self.slots.len()).map(TypeId).collect();
        order.sort_by_key(|id| self.slots[id.0].order);
        let types = self
            .slots
            .into_iter()
            .filter_map(|slot| slot.definition)
            .collect();
        (types, order, self.diagnostics)
    }

    /// The name of a type, which is known before its definition.
    fn name_of_type(&self, id: TypeId) -> Option<String> {
        let slot = self.slots.get(id.0);
        slot.map(|slot| slot.name.to_string())
    }

    /// Names the structs of required fields, once all types of the document have theirs.
    fn name_parts(&mut self) {
        for slot in &mut self.slots {
            if let Some(TypeDef {
                shape: Shape::Struct(shape),
                ..
            }) = &mut slot.definition
                && shape.fields.iter().filter(|it| it.is_asked_for()).count() > POSITIONAL
            {
                let wanted = format!("{}Parts", slot.name);
                shape.parts = Some(self.type_names.name(&[&wanted], "Parts"));
            }
        }
    }
}

/// Names in backticks, for a message.
fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
