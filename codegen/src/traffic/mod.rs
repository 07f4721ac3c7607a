//! Recorded exchanges, compared with a description as the emitted crate reads it.
//!
//! An exchange is matched to an operation (`routes`), and what was sent and received is compared with the model: parameters
//! (`parameters`), statuses and media types (`check`), bodies (`bodies`, `compare`). What deviates is kept once (`finding`),
//! with its place in the description (`places`) and without secrets (`secrets`). What corrects the description is written as an
//! overlay (`correct`, `corrections`), for which values that aren't described get a schema (`inferred`).
//!
//! Recordings are larger than memory, so exchanges are added one by one, and what is kept is bounded by the description and by
//! the number of deviations.

mod bodies;
mod check;
mod compare;
mod correct;
mod corrections;
mod deviations;
mod examples;
mod exchange;
mod finding;
mod inferred;
mod parameters;
mod places;
mod routes;
mod secrets;
mod unknown_operation;
mod yaml;

use serde_json::Value;

use crate::description::Description;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, open, parse};
use crate::lower::{self, is_xml};
use crate::model::{Api, Auth, Operation};
use crate::source::Source;

use bodies::{Scene, has_text};
use finding::Findings;
use places::Places;
use routes::{Match, OperationId, Routes};
use secrets::Secrets;

pub use examples::TrafficExample;
pub use exchange::{Exchange, RecordedBody};
pub use finding::{DeviationKind, TrafficCounts, TrafficDeviation};

/// A description that recorded exchanges are compared with, and what was found.
///
/// # Examples
///
/// ```
/// use codegen::{DeviationKind, Exchange, RecordedBody, Source, Traffic};
///
/// let spec = r##"{
///     "openapi": "3.0.3", "info": {"title": "Pets", "version": "1"},
///     "servers": [{"url": "https://pets.example.com"}],
///     "paths": {"/pets/{id}": {"get": {"operationId": "getPet", "tags": ["pets"],
///         "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
///         "responses": {"200": {"description": "A pet.", "content": {"application/json": {
///             "schema": {"$ref": "#/components/schemas/Pet"}}}}}}}},
///     "components": {"schemas": {"Pet": {"type": "object", "required": ["name"],
///         "properties": {"name": {"type": "string"}}}}}
/// }"##;
/// let mut traffic = Traffic::new(
///     Source { name: "pets.json", text: spec },
///     Source { name: "sdk.toml", text: "" },
/// )
/// .map_err(|diagnostics| diagnostics[0].message.clone())?;
/// let exchange = Exchange {
///     method: "GET".to_owned(),
///     url: "https://pets.example.com/pets/7".to_owned(),
///     status: 200,
///     response_body: Some(RecordedBody {
///         media_type: "application/json".to_owned(),
///         text: r#"{"name": null}"#.to_owned(),
///     }),
///     ..Exchange::default()
/// };
/// traffic.add(&exchange, "calls.har, entry 1");
/// let report = traffic.finish();
/// let found = &report.deviations[0];
/// assert_eq!(found.kind, DeviationKind::NullValue);
/// assert_eq!(found.diagnostic.pointer, "/components/schemas/Pet/properties/name");
/// assert!(report.overlay.is_some_and(|it| it.contains("nullable: true")));
/// # Ok::<(), String>(())
/// ```
#[derive(Debug)]
pub struct Traffic<'a> {
    description: Description<'a>,
    config: Source<'a>,
    document: Document,
    api: Api,
    /// The description as it is written, with its overlays.
    root: Value,
    routes: Routes,
    /// The names of parameters with which the API authenticates, in lower case.
    credentials: Vec<String>,
    findings: Findings,
    counts: TrafficCounts,
}

/// What recorded exchanges say of a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrafficReport {
    /// The deviations, each once, in the order of their places in the texts.
    pub deviations: Vec<TrafficDeviation>,
    /// Which exchanges were compared.
    pub counts: TrafficCounts,
    /// An OpenAPI Overlay that corrects the description, for a review; none if there is nothing that it could correct.
    pub overlay: Option<String>,
}

impl<'a> Traffic<'a> {
    /// Reads a description and its configuration.
    ///
    /// # Errors
    ///
    /// Those of [`generate`](crate::generate).
    pub fn new(
        spec: impl Into<Description<'a>>,
        config: Source<'a>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let description = spec.into();
        let (document, _, config_read) = open(description, config)?;
        let (api, _) = lower::lower(&document, &config_read, &[])
            .map_err(|diagnostics| document.located(diagnostics, description, config))?;
        let root = parse(description)?;
        let schemes = api.profile.schemes.iter();
        let credentials = schemes.filter_map(|scheme| match &scheme.auth {
            Auth::Header(name) | Auth::Query(name) | Auth::Cookie(name) => {
                Some(name.to_ascii_lowercase())
            }
            Auth::Bearer | Auth::Basic | Auth::Http(_) => None,
        });
        let counts = TrafficCounts {
            operations: u64::try_from(api.operations().count()).unwrap_or(u64::MAX),
            ..TrafficCounts::default()
        };
        Ok(Self {
            description,
            config,
            routes: Routes::new(&api),
            credentials: credentials.collect(),
            findings: Findings::default(),
            counts,
            document,
            api,
            root,
        })
    }

    /// Adds the base URL of a server that the description doesn't have, such as that of a proxy.
    pub fn add_server(&mut self, url: &str) {
        self.routes.add_server(url);
    }

    /// Compares an exchange; `place` is what reports call it.
    pub fn add(&mut self, exchange: &Exchange, place: &str) {
        self.counts.exchanges += 1;
        // A request that was aborted or blocked has no response.
        if exchange.status < 100 {
            self.counts.without_response += 1;
            return;
        }
        let secrets = Secrets::of(exchange, &self.credentials);
        match self.routes.find(exchange) {
            Match::Operation(id) => self.compare(id, exchange, &secrets, place),
            Match::Unknown(path) => self.unknown_operation(&path, exchange, &secrets, place),
            Match::OtherHost(host) => self.other_host(&host),
        }
    }

    fn compare(&mut self, id: OperationId, exchange: &Exchange, secrets: &Secrets, place: &str) {
        let Some(operation) = operation(&self.api, id) else {
            return;
        };
        let mut scene = Scene {
            api: &self.api,
            places: Places { root: &self.root },
            operation,
            secrets,
            exchange: place,
            findings: &mut self.findings,
        };
        self.counts.bodies += scene.check(exchange);
        let bodies = [&exchange.request_body, &exchange.response_body];
        let is_uncompared = |it: &&RecordedBody| has_text(it) && is_xml(&it.essence());
        for _ in bodies.into_iter().flatten().filter(is_uncompared) {
            self.counts.xml_bodies += 1;
        }
        self.counts.compared += 1;
        self.counts.seen.insert(id);
    }

    fn other_host(&mut self, host: &str) {
        /// Recordings of browsers have many.
        const MOST: usize = 100;
        let hosts = &mut self.counts.other_hosts;
        let is_host = |it: char| it.is_ascii_alphanumeric() || ".-:[]_".contains(it);
        if host.len() <= 100
            && host.chars().all(is_host)
            && (hosts.len() < MOST || hosts.contains_key(host))
        {
            *hosts.entry(host.to_owned()).or_default() += 1;
        }
    }

    /// What was found.
    pub fn finish(self) -> TrafficReport {
        let title = format!("Corrections of {} from recorded traffic", self.api.title);
        let overlay = correct::overlay(&self.root, &self.findings, &title);
        let mut deviations = self.findings.reported();
        let diagnostics = deviations.iter().map(|it| it.diagnostic.clone());
        let placed = self.placed(diagnostics.collect());
        for (deviation, diagnostic) in deviations.iter_mut().zip(placed) {
            deviation.diagnostic = diagnostic;
        }
        deviations.sort_by_key(|it| {
            let diagnostic = &it.diagnostic;
            (
                diagnostic.origin,
                diagnostic.span.as_ref().map(|span| span.start),
                it.kind,
            )
        });
        let counts = TrafficCounts {
            called: u64::try_from(self.counts.seen.len()).unwrap_or(u64::MAX),
            unlisted: self.findings.dropped,
            ..self.counts
        };
        TrafficReport {
            deviations,
            counts,
            overlay,
        }
    }

    /// Looks up the places of diagnostics, in their order.
    fn placed(&self, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        self.document.attribute(&mut diagnostics);
        crate::document::locate(self.description, &mut diagnostics);
        diagnostics
    }

    /// The configuration that the description was read with.
    pub fn config(&self) -> Source<'a> {
        self.config
    }
}

fn operation(api: &Api, (resource, index): OperationId) -> Option<&Operation> {
    api.resources.get(resource)?.operations.get(index)
}
