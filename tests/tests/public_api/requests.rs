//! What users see of a request struct beside its setters: the methods and impls that macros of the
//! runtime add.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use syn::Item;

/// The items that a call of one of those macros stands for; `path` is that of the macro.
pub fn expand(path: &[String], call: &TokenStream) -> Option<Vec<Item>> {
    let tokens: Vec<TokenTree> = call.clone().into_iter().collect();
    let name = tokens.first()?.to_string();
    let (module, kind) = match path {
        [.., module, kind] => (module.as_str(), kind.as_str()),
        _ => return None,
    };
    let text = match (module, kind) {
        ("requests", "request") => table(&name, &tokens),
        ("paging", "methods") => {
            let (page, item) = split_at_comma(&text(&tokens[3..]));
            let item = item.trim_start_matches("of ").to_owned();
            paged(&name, &page, &item)
        }
        ("client_methods", "methods") => clients(),
        ("environment", "methods") => methods("environment.rs", &name, &[("builder", &name)]),
        ("events", "methods") => methods("events.rs", &name, &[("event", &text(&tokens[2..]))]),
        ("waiting", "methods") => methods("waiting.rs", &name, &[("output", &text(&tokens[3..]))]),
        ("waiting_defaults", "methods") => {
            // The type of a response, and behind it two lines of documentation.
            let (called, docs) = tokens[3..].split_at(tokens.len() - 7);
            let given = [
                ("output", text(called)),
                ("interval", docs[1].to_string()),
                ("timeout", docs[3].to_string()),
            ];
            let given = given
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            methods("waiting_defaults.rs", &name, &given)
        }
        _ => return None,
    };
    Some(parsed(&text).items)
}

/// The items of `requests::request! { .. }`.
fn table(name: &str, tokens: &[TokenTree]) -> String {
    let end = tokens.iter().position(|token| is(token, ';'));
    let head = &tokens[..end.expect("a table has a head")];
    let output = output(head);
    let mut items = format!("impl requests::Request for {name} {{ type Output = {output}; }}");
    items += &methods("requests/methods.rs", name, &[("output", &output)]);
    if let Some(pages) = behind(head, "pages") {
        let item = match pages.strip_prefix("of ") {
            Some(rest) => rest,
            None => pages.split_once(':').expect("what pages are of").1,
        };
        let (item, _) = split_at_comma(item);
        let _ = write!(
            items,
            "impl paging::PagedRequest for {name} {{ type Item = {item}; }}"
        );
        items += &paged(name, &output, &item);
    }
    items
}

fn paged(name: &str, page: &str, item: &str) -> String {
    methods("paging.rs", name, &[("page", page), ("item", item)])
}

/// The items that all clients and their builders have.
fn clients() -> String {
    let given = [("client", "Client"), ("builder", "ClientBuilder")];
    methods("client_methods.rs", "Client", &given)
}

/// What emitted crates add to the client of the runtime.
pub fn of_clients() -> Vec<Item> {
    let builder = [("builder", "ClientBuilder")];
    let environment = methods("environment.rs", "ClientBuilder", &builder);
    parsed(&(clients() + &environment)).items
}

/// What the macro `methods` of a file of the runtime adds to a struct.
fn methods(file: &str, name: &str, given: &[(&str, &str)]) -> String {
    let body = macro_of(file, "methods");
    let mut written = body.to_string();
    for shared in ["options", "raw"] {
        let call = format!("requests :: {shared} ! () ;");
        if written.contains(&call) {
            let body = macro_of("requests/methods.rs", shared).to_string();
            written = written.replace(&call, &body);
        }
    }
    let fixed = [("request", name), ("poller", name), ("crate", "crate")];
    for (variable, value) in fixed.iter().chain(given) {
        written = written.replace(&format!("$ {variable}"), value);
    }
    let written: TokenStream = written.parse().expect("the macro has items");
    // Not every edition has it in its prelude. A comma before the end is there for the layout.
    let mut written = ungated(written).to_string();
    for (layout, plain) in [
        (":: std :: future :: ", ""),
        ("> , >", "> >"),
        (">, >", "> >"),
        (">,>", "> >"),
        ("> ,>", "> >"),
    ] {
        written = written.replace(layout, plain);
    }
    written
}

/// Tokens with the items that a macro of a feature hands on, in its place, as those of a copy have their feature.
fn ungated(tokens: TokenStream) -> TokenStream {
    let mut written: Vec<TokenTree> = Vec::new();
    for token in tokens {
        let TokenTree::Group(group) = token else {
            written.push(token);
            continue;
        };
        let inner = ungated(group.stream());
        let gate = match written.as_slice() {
            [.., TokenTree::Ident(name), TokenTree::Punct(mark)] if mark.as_char() == '!' => {
                gate(&name.to_string())
            }
            _ => None,
        };
        let Some(gate) = gate else {
            written.push(Group::new(group.delimiter(), inner).into());
            continue;
        };
        written.pop();
        // The path of the macro.
        while matches!(written.last(), Some(TokenTree::Ident(_)))
            || matches!(written.last(), Some(TokenTree::Punct(it)) if it.as_char() == ':')
        {
            written.pop();
        }
        for token in inner {
            if matches!(&token, TokenTree::Ident(name) if name == "pub") {
                written.extend(gate.clone());
            }
            written.push(token);
        }
    }
    written.into_iter().collect()
}

/// What items have that a macro of this name hands on.
fn gate(name: &str) -> Option<TokenStream> {
    let gate = match name {
        "blocking" => "#[cfg(feature = \"blocking\")]",
        "tls" => {
            "#[cfg(any(feature = \"rustls\", feature = \"native-tls\", feature = \"aws-lc\"))]"
        }
        _ => return None,
    };
    Some(gate.parse().expect("it is an attribute"))
}

/// What a macro of the runtime with a single rule stands for.
fn macro_of(file: &str, name: &str) -> TokenStream {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/runtime/src");
    let text = fs::read_to_string(runtime.join(file)).expect("a file of the runtime");
    let found = parsed(&text).items.into_iter().find_map(|item| match item {
        // Macros of the runtime have names of their own, and shorter ones in their modules.
        Item::Macro(item) if item.ident.as_ref().is_some_and(|it| is_called(it, name)) => {
            Some(item)
        }
        _ => None,
    });
    let found = found.unwrap_or_else(|| panic!("{file} has a macro `{name}`"));
    let groups = found
        .mac
        .tokens
        .into_iter()
        .filter_map(|token| match token {
            TokenTree::Group(group) => Some(group),
            _ => None,
        });
    let groups: Vec<Group> = groups.collect();
    groups.last().expect("a rule").stream()
}

fn is_called(ident: &Ident, name: &str) -> bool {
    ident == name || ident.to_string().ends_with(&format!("_{name}"))
}

fn parsed(text: &str) -> syn::File {
    syn::parse_file(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The type that stands behind the arrow.
fn output(head: &[TokenTree]) -> String {
    let arrow = head
        .windows(2)
        .position(|two| is(&two[0], '-') && is(&two[1], '>'));
    let response = &head[arrow.expect("a table says what is returned") + 2..];
    let inner = response.get(1).map(inner).unwrap_or_default();
    match response[0].to_string().as_str() {
        "nothing" => "()".to_owned(),
        "text" => "String".to_owned(),
        "bytes" => "bytes::Bytes".to_owned(),
        "optional" => format!("Option<{inner}>"),
        _ => inner,
    }
}

/// What stands in parentheses behind a word.
fn behind(head: &[TokenTree], word: &str) -> Option<String> {
    let found = head.windows(2).find(|two| two[0].to_string() == word)?;
    Some(inner(&found[1]).replace(" :: ", "::"))
}

/// What stands before the first comma that isn't within a generic type, and what behind it.
fn split_at_comma(text: &str) -> (String, String) {
    let mut depth = 0_i32;
    for (at, sign) in text.char_indices() {
        match sign {
            '<' => depth += 1,
            '>' => depth -= 1,
            ',' if depth == 0 => {
                return (
                    text[..at].trim().to_owned(),
                    text[at + 1..].trim().to_owned(),
                );
            }
            _ => {}
        }
    }
    (text.trim().to_owned(), String::new())
}

fn text(tokens: &[TokenTree]) -> String {
    let tokens: TokenStream = tokens.iter().cloned().collect();
    tokens.to_string()
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn inner(token: &TokenTree) -> String {
    match token {
        TokenTree::Group(group) => group.stream().to_string(),
        _ => String::new(),
    }
}
