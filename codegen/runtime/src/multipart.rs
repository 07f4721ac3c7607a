//! Multipart request bodies: `multipart/form-data` (RFC 7578) and others.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde::Serialize;

use super::argument::Argument;
use super::call::{Call, Items};
use super::content::Content;
use super::decode::Decode;
use super::header;
use super::number;
use super::operation::{Parameter, Style};
use super::part_head::{Kind, head};
use super::query;
use super::random;
use super::request_builder::Builder;
use super::tree::Tree;
use super::upload::{Chain, Data, Upload};

/// The media type of forms.
const FORM_DATA: &str = "multipart/form-data";

/// The media type of related parts (RFC 2387).
const RELATED: &str = "multipart/related";

/// A form under construction: its parts in the order in which they were set.
#[derive(Clone, Default)]
pub struct Form {
    parts: Vec<Part>,
    /// Additional headers: the names of their parts, and their names and values.
    headers: Vec<(&'static str, &'static str, String)>,
    refused: Option<String>,
    /// Whether its parts are known by their order alone: names aren't sent.
    is_list: bool,
}

#[derive(Clone)]
struct Part {
    name: String,
    content: Upload,
}

impl Form {
    /// Creates a form without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a list of parts without names, to be set in their order.
    pub fn list() -> Self {
        Self {
            is_list: true,
            ..Self::default()
        }
    }

    /// Sets a file, with its own media type or else the documented one.
    pub fn file(&mut self, name: &'static str, media_type: &'static str, file: impl Into<Upload>) {
        self.files(name, media_type, [file]);
    }

    /// Sets the files of a field, a part for each (RFC 7578, 4.3).
    pub fn files<F: Into<Upload>>(
        &mut self,
        name: &'static str,
        media_type: &'static str,
        files: impl IntoIterator<Item = F>,
    ) {
        self.parts.retain(|part| part.name != name);
        for file in files {
            let mut content = file.into();
            if !self.is_list {
                content.file_name.get_or_insert_with(|| name.to_owned());
            }
            content
                .content_type
                .get_or_insert_with(|| media_type.to_owned());
            self.push(name, content);
        }
    }

    /// Adds a file beside the parts that are there.
    pub fn add_file(&mut self, name: impl Into<String>, file: impl Into<Upload>) {
        let (name, mut content) = (name.into(), file.into());
        content.file_name.get_or_insert_with(|| name.clone());
        let media_type = || "application/octet-stream".to_owned();
        content.content_type.get_or_insert_with(media_type);
        self.push(&name, content);
    }

    /// Adds a value beside the parts that are there: a part for each item of an array.
    pub fn add_value<T: Serialize + Decode>(&mut self, name: impl Into<String>, value: &T) {
        let name = name.into();
        if let Some(tree) = self.tree(&name, value) {
            self.push_tree(&name, None, tree);
        }
    }

    /// Sets a value: a part for each item of an array, an object as JSON, any other value as text.
    pub fn value<T: Serialize + Decode>(&mut self, name: &'static str, value: &T) {
        self.value_as(name, None, value);
    }

    /// Sets the values of a field, a part for each.
    pub fn values<T: Serialize + Decode>(&mut self, name: &'static str, values: impl Items<T>) {
        let values: Vec<T> = values.into_iter().map(Into::into).collect();
        self.value(name, &values);
    }

    /// Sets a value whose parts have the documented media type.
    pub fn value_of_type<T: Serialize + Decode>(
        &mut self,
        name: &'static str,
        media_type: &'static str,
        value: &T,
    ) {
        self.value_as(name, Some(media_type), value);
    }

    /// Sets a value as JSON, also a string, with the documented media type.
    pub fn json<T: Serialize + Decode>(
        &mut self,
        name: &'static str,
        media_type: &'static str,
        value: &T,
    ) {
        let Some(tree) = self.replace(name, value) else {
            return;
        };
        for item in tree.into_items() {
            let mut content = Upload::bytes(item.json());
            content.content_type = Some(media_type.to_owned());
            self.push(name, content);
        }
    }

    /// Sets a value that is serialized like a query parameter, without percent-encoding.
    pub fn in_style<T: Serialize + Decode>(&mut self, parameter: Parameter, value: &T) {
        let name = parameter.name;
        let argument = match self.replace(name, value) {
            None | Some(Tree::Null) => return,
            Some(tree) => Argument::in_style(parameter.style, tree),
        };
        let pairs = argument.and_then(|argument| query::pairs(&parameter, argument));
        match pairs {
            Ok(pairs) => {
                // Members may be parts of their own.
                self.parts
                    .retain(|part| pairs.iter().all(|(name, _)| part.name != *name));
                for (name, text) in pairs {
                    self.push(&name, Upload::bytes(text));
                }
            }
            Err(problem) => self.refuse(format!("`{name}` {problem}")),
        }
    }

    /// Sets a header of the parts of a field, which may be set before or after.
    pub fn header<T: Serialize + Decode>(
        &mut self,
        part: &'static str,
        name: &'static str,
        value: &T,
    ) {
        if T::HAS_FLOATS && !value.is_finite() {
            self.refuse(format!("`{name}` {}", number::NOT_FINITE));
        }
        let argument = Tree::of(value)
            .map_err(|error| error.to_string())
            .and_then(|tree| Argument::in_style(Style::Simple, tree));
        let text = argument.map(|argument| query::plain(&Parameter::header(name), &argument));
        match text.and_then(|text| header::parse(name, &text).map(|_| text)) {
            Ok(text) => {
                self.headers
                    .retain(|(of, known, _)| (*of, *known) != (part, name));
                self.headers.push((part, name, text));
            }
            Err(problem) => self.refuse(format!("the header `{name}` of `{part}`: {problem}")),
        }
    }

    /// Removes the parts of a field, and returns the tree of its new value.
    fn replace<T: Serialize + Decode>(&mut self, name: &str, value: &T) -> Option<Tree> {
        self.parts.retain(|part| part.name != name);
        self.tree(name, value)
    }

    fn tree<T: Serialize + Decode>(&mut self, name: &str, value: &T) -> Option<Tree> {
        if T::HAS_FLOATS && !value.is_finite() {
            self.refuse(format!("`{name}` {}", number::NOT_FINITE));
        }
        match Tree::of(value) {
            Ok(tree) => Some(tree),
            Err(error) => {
                self.refuse(format!(
                    "`{name}` can't be serialized as a form field: {error}"
                ));
                None
            }
        }
    }

    fn value_as<T: Serialize + Decode>(
        &mut self,
        name: &'static str,
        media_type: Option<&'static str>,
        value: &T,
    ) {
        if let Some(tree) = self.replace(name, value) {
            self.push_tree(name, media_type, tree);
        }
    }

    fn push_tree(&mut self, name: &str, media_type: Option<&'static str>, value: Tree) {
        for item in value.into_items() {
            let mut content = Upload::bytes(item.text());
            let json = item.is_nested().then_some("application/json");
            content.content_type = media_type.or(json).map(str::to_owned);
            self.push(name, content);
        }
    }

    /// Adds a part, and rejects invalid headers.
    fn push(&mut self, name: &str, content: Upload) {
        if let Some(Err(problem)) = content.content_type.as_deref().map(header::value) {
            self.refuse(format!("the media type of `{name}` {problem}"));
        }
        for (header, value) in &content.headers {
            match header::parse(header, value) {
                // Of two different values, each reader may use another one.
                Ok((header, _)) if header == CONTENT_DISPOSITION || header == CONTENT_TYPE => {
                    self.refuse(format!(
                        "the header `{header}` of `{name}` can't be set: it is derived from the part's name, \
                         `file_name` and `content_type`"
                    ));
                }
                Ok(_) => {}
                Err(message) => self.refuse(message),
            }
        }
        self.parts.push(Part {
            name: name.to_owned(),
            content,
        });
    }

    fn refuse(&mut self, message: String) {
        self.refused.get_or_insert(message);
    }
}

/// Shows the names of the parts, not their contents.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.parts.iter().map(|part| &part.name);
        f.debug_set().entries(names).finish()
    }
}

impl Call {
    /// Sets a form whose parts are the members of `body`.
    pub fn multipart_of<T: Serialize + ?Sized>(&mut self, body: &T) {
        let mut form = Form::new();
        match Tree::of(body) {
            Ok(Tree::Object(members)) => {
                for (name, value) in members {
                    form.push_tree(&name, None, value);
                }
            }
            Ok(_) => {
                form.refuse("the body is not an object, so it can't be sent as a form".to_owned());
            }
            Err(error) => form.refuse(format!("the body can't be serialized as a form: {error}")),
        }
        self.multipart(form);
    }

    /// Sets a form as the body.
    pub(crate) fn multipart(&mut self, form: Form) {
        self.multipart_as(FORM_DATA, form);
    }

    /// Sets a body of any `multipart` media type.
    pub(crate) fn multipart_as(&mut self, media_type: &str, form: Form) {
        if let Some(message) = form.refused {
            self.refuse(message);
            return;
        }
        // The content was created before these 122 random bits, so it can't contain them.
        let boundary = random::uuid();
        let is_related = media_type.starts_with(RELATED);
        let mut full = format!("{media_type}; boundary={boundary}");
        if is_related {
            full.push_str(&type_of_root(form.parts.first()));
        }
        let kind = match (form.is_list, is_related) {
            (true, _) => Kind::List,
            (false, true) => Kind::Related,
            (false, false) => Kind::Form,
        };
        let mut parts = Vec::with_capacity(2 * form.parts.len() + 1);
        for mut part in form.parts {
            for (of, name, value) in &form.headers {
                let given = &mut part.content.headers;
                if *of == part.name && !given.iter().any(|(it, _)| it.eq_ignore_ascii_case(name)) {
                    given.push(((*name).to_owned(), value.clone()));
                }
            }
            let head = head(&boundary, &part.name, &part.content, kind);
            let line = if parts.is_empty() { "" } else { "\r\n" };
            let head = format!("{line}{head}");
            parts.push(Data::Bytes(Bytes::from(head)));
            parts.push(part.content.data);
        }
        let line = if parts.is_empty() { "" } else { "\r\n" };
        let end = format!("{line}--{boundary}--\r\n");
        parts.push(Data::Bytes(Bytes::from(end)));
        self.set_body(
            Content::Source(Arc::new(Chain(parts))),
            header::value(&full),
        );
    }
}

/// The `type` parameter, which is the media type of the first part (RFC 2387 section 3.1).
fn type_of_root(root: Option<&Part>) -> String {
    let own = root.and_then(|root| root.content.content_type.as_deref());
    let mut text = "; type=\"".to_owned();
    for character in own.unwrap_or("text/plain").chars() {
        if matches!(character, '"' | '\\') {
            text.push('\\');
        }
        text.push(character);
    }
    text.push('"');
    text
}

impl Builder {
    /// As the call's.
    pub fn multipart_of<T: Serialize + Decode>(mut self, body: &T) -> Self {
        self.call.check_floats("the form", body);
        self.call.multipart_of::<T>(body);
        self
    }

    /// See [`Call`].
    pub fn multipart_as(mut self, media_type: &'static str, form: Form) -> Self {
        self.call.multipart_as(media_type, form);
        self
    }

    /// See [`Call`].
    pub fn multipart(mut self, form: Form) -> Self {
        self.call.multipart(form);
        self
    }
}
