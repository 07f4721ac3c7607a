//! The text of an overlay to its actions (OpenAPI Overlay Specification 1.1.0, section "Schema").

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::document::check::described;
use crate::document::locate::Places;
use crate::document::read;
use crate::json_path::JsonPath;
use crate::nearest::nearest;
use crate::pointer::push;
use crate::source::Source;

/// An overlay.
#[derive(Clone, Debug)]
pub(super) struct Overlay {
    /// Whether it is of version 1.0, which has no `copy` and updates no primitive values.
    pub(super) is_1_0: bool,
    pub(super) info: super::OverlayInfo,
    pub(super) actions: Vec<Action>,
}

/// A change, at all places that a path selects.
#[derive(Clone, Debug)]
pub(super) struct Action {
    /// JSON pointer of the action in the overlay.
    pub(super) pointer: String,
    pub(super) target: JsonPath,
    pub(super) change: Change,
}

#[derive(Clone, Debug)]
pub(super) enum Change {
    Update(Value),
    Copy(JsonPath),
    Remove,
    Nothing,
}

/// Most actions of an overlay: each can have something to be said of.
const MOST_ACTIONS: usize = 100_000;

/// For so many invalid paths the character is looked for in the text, which costs a walk over it.
const LOCATED: usize = 50;

const ROOT: [&str; 4] = ["overlay", "info", "extends", "actions"];
const INFO_1_0: [&str; 2] = ["title", "version"];
const INFO: [&str; 3] = ["title", "version", "description"];
const ACTION_1_0: [&str; 4] = ["target", "description", "update", "remove"];
const ACTION: [&str; 5] = ["target", "description", "update", "copy", "remove"];

/// Reads an overlay. Diagnostics are about `origin`, and not located.
///
/// # Errors
///
/// Everything that is wrong with it, as far as it can be seen without the description.
pub(super) fn read(
    source: Source<'_>,
    origin: Origin,
) -> Result<(Overlay, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (root, warnings) = read::read_overlay(source, origin)?;
    let mut reader = Reader {
        source,
        origin,
        is_1_0: false,
        is_wrong: false,
        invalid: 0,
        found: warnings,
    };
    let overlay = root.as_object().and_then(|root| reader.overlay(root));
    match overlay {
        Some(overlay) if !reader.is_wrong => Ok((overlay, reader.found)),
        _ => Err(reader.found),
    }
}

struct Reader<'s> {
    source: Source<'s>,
    origin: Origin,
    is_1_0: bool,
    is_wrong: bool,
    /// How many paths are invalid.
    invalid: usize,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn error(&self, pointer: &str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.origin, pointer, message)
    }

    fn report(&mut self, error: Diagnostic) {
        self.is_wrong = true;
        self.found.push(error);
    }

    fn warn(&mut self, pointer: &str, message: &str, help: &str) {
        let warning = Diagnostic::warning(
            WarningCode::IgnoredOverlayPart,
            self.origin,
            pointer,
            message,
        );
        self.found.push(warning.help(help));
    }

    fn overlay(&mut self, root: &Map<String, Value>) -> Option<Overlay> {
        self.version(root)?;
        self.keys(root, &ROOT, "", "an overlay");
        let (info_keys, at): (&[&str], _) = if self.is_1_0 {
            (&INFO_1_0, "`info`")
        } else {
            (&INFO, "`info`")
        };
        let empty = Map::new();
        let info = match self.required(root, "info", "", "info: {title: Fixes, version: 1.0.0}") {
            Some(Value::Object(info)) => info,
            Some(other) => {
                self.wrong_type("/info", "info", "an object", other);
                &empty
            }
            None => &empty,
        };
        if root.get("info").is_some_and(Value::is_object) {
            self.keys(info, info_keys, "/info", at);
        }
        let has_info = root.get("info").is_some_and(Value::is_object);
        let text = |reader: &mut Self, key: &str, example: &str| {
            if has_info {
                reader.required(info, key, "/info", example).cloned()
            } else {
                None
            }
        };
        let title = text(self, "title", "title: Fixes");
        let version = text(self, "version", "version: 1.0.0");
        let info = super::OverlayInfo {
            title: self.text(title.as_ref(), "/info/title").unwrap_or_default(),
            version: self
                .text(version.as_ref(), "/info/version")
                .unwrap_or_default(),
            extends: self.text(root.get("extends"), "/extends"),
        };
        let actions = self.actions(root);
        Some(Overlay {
            is_1_0: self.is_1_0,
            info,
            actions,
        })
    }

    /// Checks that it is an overlay, of a version that is known.
    fn version(&mut self, root: &Map<String, Value>) -> Option<()> {
        let Some(version) = root.get("overlay") else {
            let error = self.not_an_overlay(root);
            self.report(error);
            return None;
        };
        // YAML makes a number of `1.1` without quotes.
        let text = match version {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            other => {
                self.wrong_type("/overlay", "overlay", "a version such as `1.1.0`", other);
                return None;
            }
        };
        let mut parts = text.split('.');
        let (Some("1"), Some(Ok(minor))) = (parts.next(), parts.next().map(str::parse::<u32>))
        else {
            let error = self.error("/overlay", format!("unknown Overlay version `{text}`"));
            self.report(error.label("expected 1.0.x or 1.1.x"));
            return None;
        };
        self.is_1_0 = minor == 0;
        if minor > 1 {
            let message = format!("Overlay 1.{minor} is read as 1.1");
            self.warn("/overlay", &message, "write `overlay: 1.1.0`");
        }
        Some(())
    }

    /// What a document without `overlay` is.
    fn not_an_overlay(&self, root: &Map<String, Value>) -> Diagnostic {
        const OTHERS: [(&str, &str); 4] = [
            ("openapi", "an OpenAPI description"),
            ("swagger", "a Swagger 2.0 description"),
            ("arazzo", "an Arazzo description"),
            ("asyncapi", "an AsyncAPI document"),
        ];
        let other = OTHERS.iter().find(|(key, _)| root.contains_key(*key));
        match other {
            Some((key, what)) => {
                let pointer = push("", key);
                let error = self.error(&pointer, format!("this is {what}, not an overlay"));
                error
                    .at_key()
                    .label("expected `overlay: 1.0.0` or `overlay: 1.1.0`")
                    .help("pass overlays as `overlays` or `--overlay`, and the description as `--spec`")
            }
            None => self
                .error("", "`overlay` is missing: this is not an overlay")
                .label("expected the key `overlay` with a version")
                .help("add a first line such as `overlay: 1.1.0`"),
        }
    }

    fn actions(&mut self, root: &Map<String, Value>) -> Vec<Action> {
        let example = "actions: [{target: $.info, update: {title: Pets}}]";
        let actions = match self.required(root, "actions", "", example) {
            Some(Value::Array(actions)) => actions,
            Some(other) => {
                self.wrong_type("/actions", "actions", "an array of actions", other);
                return Vec::new();
            }
            None => return Vec::new(),
        };
        if actions.len() > MOST_ACTIONS {
            let message = format!("`actions` has more than {MOST_ACTIONS} items");
            let error = self.error("/actions", message);
            self.report(error.at_key().help("select several values with one path"));
            return Vec::new();
        }
        if actions.is_empty() {
            let error = self.error("/actions", "`actions` is empty");
            self.report(error.at_key().help("add an action, or remove the overlay"));
        }
        let actions = actions.iter().enumerate();
        actions
            .filter_map(|(index, action)| {
                let pointer = format!("/actions/{index}");
                match action {
                    Value::Object(action) => self.action(action, pointer),
                    other => {
                        self.wrong_type(&pointer, "actions", "an array of actions", other);
                        None
                    }
                }
            })
            .collect()
    }

    fn action(&mut self, action: &Map<String, Value>, pointer: String) -> Option<Action> {
        let keys: &[&str] = if self.is_1_0 { &ACTION_1_0 } else { &ACTION };
        self.keys(action, keys, &pointer, "an action");
        let description = push(&pointer, "description");
        self.text(action.get("description"), &description);
        let target = self
            .required(action, "target", &pointer, "target: $.info")
            .cloned();
        let target = self.path(target.as_ref(), &push(&pointer, "target"));
        let change = self.change(action, &pointer);
        Some(Action {
            target: target?,
            change: change?,
            pointer,
        })
    }

    /// What an action does to its targets.
    fn change(&mut self, action: &Map<String, Value>, pointer: &str) -> Option<Change> {
        let copy = if self.is_1_0 {
            None
        } else {
            action.get("copy")
        };
        let copied = self.path(copy, &push(pointer, "copy"));
        let removes = match action.get("remove") {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(other) => {
                self.wrong_type(
                    &push(pointer, "remove"),
                    "remove",
                    "`true` or `false`",
                    other,
                );
                return None;
            }
        };
        let update = action.get("update");
        if update.is_some() && copy.is_some() {
            let error = self.error(
                &push(pointer, "copy"),
                "an action has either `update` or `copy`",
            );
            self.report(
                error
                    .at_key()
                    .help("remove one of them, or write two actions"),
            );
        }
        if removes && (update.is_some() || copy.is_some()) {
            let key = if update.is_some() { "update" } else { "copy" };
            let message = format!("`{key}` has no effect beside `remove: true`");
            self.warn(&push(pointer, key), &message, "remove one of them");
        }
        Some(match (removes, update, copy) {
            (true, ..) => Change::Remove,
            (false, Some(update), _) => Change::Update(update.clone()),
            (false, None, Some(_)) => Change::Copy(copied?),
            (false, None, None) if action.contains_key("copy") => return None,
            (false, None, None) => {
                let help = if self.is_1_0 {
                    "add `update`, or `remove: true`"
                } else {
                    "add `update`, `copy`, or `remove: true`"
                };
                self.warn(pointer, "this action changes nothing", help);
                Change::Nothing
            }
        })
    }

    /// Complains of keys that aren't known, extensions aside.
    fn keys(&mut self, object: &Map<String, Value>, known: &[&str], pointer: &str, what: &str) {
        for key in object.keys() {
            if known.contains(&key.as_str()) || key.starts_with("x-") {
                continue;
            }
            let is_newer = self.is_1_0
                && (ACTION.contains(&key.as_str()) && !pointer.is_empty())
                && (key == "copy" || pointer == "/info");
            let help = if is_newer {
                "it is a key of Overlay 1.1: write `overlay: 1.1.0`".to_owned()
            } else {
                match nearest(key, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the known keys are {}", super::listed(known)),
                }
            };
            let message = format!("unknown key `{}`", key.escape_debug());
            let error = self.error(&push(pointer, key), message).at_key();
            self.report(error.label(format!("not a key of {what}")).help(help));
        }
    }

    fn required<'v>(
        &mut self,
        object: &'v Map<String, Value>,
        key: &str,
        pointer: &str,
        example: &str,
    ) -> Option<&'v Value> {
        let found = object.get(key);
        if found.is_none() {
            let error = self.error(pointer, format!("`{key}` is missing"));
            let error = error.label(format!("needs `{key}`"));
            self.report(error.help(format!("add `{example}`")));
        }
        found
    }

    fn wrong_type(&mut self, pointer: &str, key: &str, wanted: &str, found: &Value) {
        let found = described(found);
        let error = self.error(pointer, format!("`{key}` must be {wanted}, but is {found}"));
        self.report(error.label(format!("this is {found}")));
    }

    /// A string, if there is one. A number is one too: YAML makes one of a version without quotes.
    fn text(&mut self, value: Option<&Value>, pointer: &str) -> Option<String> {
        match value? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            other => {
                let key = pointer.rsplit('/').next().unwrap_or_default().to_owned();
                self.wrong_type(pointer, &key, "a string", other);
                None
            }
        }
    }

    /// A path, if there is one.
    fn path(&mut self, value: Option<&Value>, pointer: &str) -> Option<JsonPath> {
        let Value::String(text) = value? else {
            let key = pointer.rsplit('/').next().unwrap_or_default().to_owned();
            self.wrong_type(pointer, &key, "a JSONPath such as `$.info`", value?);
            return None;
        };
        let invalid = match JsonPath::parse(text) {
            Ok(path) => return Some(path),
            Err(invalid) => invalid,
        };
        let position = text[..invalid.at].chars().count() + 1;
        let message = format!(
            "invalid JSONPath at character {position}: {}",
            invalid.message
        );
        let mut error = self.error(pointer, message);
        error.help = invalid.help;
        // Where the path is written without escapes, the character itself can be shown.
        self.invalid += 1;
        let places = (self.invalid <= LOCATED).then(|| Places::find(self.source, [pointer]));
        if let Some(span) = places.and_then(|places| places.scalar_span(pointer))
            && let Some(written) = self.source.text.get(span.clone())
            && let Some(before) = written.find(text.as_str())
        {
            let start = span.start + before + invalid.at;
            let sign = self.source.text[start..].chars().next();
            let end = start + sign.map_or(0, char::len_utf8);
            error.span = Some(if invalid.at < text.len() {
                start..end
            } else {
                span
            });
        }
        self.report(error);
        None
    }
}
