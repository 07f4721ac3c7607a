//! The names that an API can't have, held against what the runtime and the emitted crates really have:
//! a method that is added to the runtime, private or not, is seen here before a user's crate fails to
//! compile over it.

#[path = "support/fixture.rs"]
mod fixture;
#[path = "support/runtime.rs"]
mod runtime;

use std::collections::{BTreeMap, BTreeSet};

use codegen::names::reserved;
use fixture::Fixture;
use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, File, ImplItem, Item, Type, UseTree};

type Names = BTreeSet<String>;

/// What derives put beside the methods of a type.
const DERIVED: [(&str, &[&str]); 4] = [
    ("Clone", &["clone"]),
    ("Debug", &["fmt"]),
    ("Default", &["default"]),
    ("PartialEq", &["eq", "ne"]),
];

fn parsed() -> Vec<File> {
    let files = runtime::files().into_iter();
    files
        .map(|(path, text)| {
            syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
        })
        .collect()
}

/// The macros of the runtime: what each is made of.
fn macros(files: &[File]) -> BTreeMap<String, TokenStream> {
    let items = files.iter().flat_map(|file| &file.items);
    items
        .filter_map(|item| match item {
            Item::Macro(item) => Some((item.ident.as_ref()?.to_string(), item.mac.tokens.clone())),
            _ => None,
        })
        .collect()
}

/// Every token, also those within others.
fn flat(tokens: TokenStream) -> Vec<TokenTree> {
    let mut all = Vec::new();
    for token in tokens {
        let inner = match &token {
            TokenTree::Group(group) => flat(group.stream()),
            _ => Vec::new(),
        };
        all.push(token);
        all.extend(inner);
    }
    all
}

/// What comes behind each `fn`.
fn functions(tokens: &TokenStream) -> Names {
    let tokens: Vec<String> = flat(tokens.clone())
        .iter()
        .map(ToString::to_string)
        .collect();
    let pairs = tokens.windows(2).filter(|pair| pair[0] == "fn");
    pairs.map(|pair| pair[1].clone()).collect()
}

fn named(ty: &Type) -> Option<String> {
    match ty {
        // One with a path is of another crate, such as the HTTP client.
        Type::Path(path) if path.path.segments.len() == 1 => {
            Some(path.path.segments.last()?.ident.to_string())
        }
        _ => None,
    }
}

/// The methods of a type of the runtime, of all its blocks, macros in them and traits.
fn methods(files: &[File], of: &str) -> Names {
    let macros = macros(files);
    let mut found = Names::new();
    for item in files.iter().flat_map(|file| &file.items) {
        match item {
            Item::Struct(item) if item.ident == of => found.extend(derived(&item.attrs)),
            Item::Impl(item) if named(&item.self_ty).as_deref() == Some(of) => {
                for item in &item.items {
                    match item {
                        ImplItem::Fn(method) => drop(found.insert(method.sig.ident.to_string())),
                        ImplItem::Macro(call) => {
                            let name = call
                                .mac
                                .path
                                .segments
                                .last()
                                .expect("a path")
                                .ident
                                .to_string();
                            // A macro that only hands on items gets them there.
                            let handed_on = functions(&call.mac.tokens);
                            let own = macros.get(&name).map(functions).unwrap_or_default();
                            assert!(!handed_on.is_empty() || !own.is_empty(), "{name}");
                            let names: Names = handed_on.into_iter().chain(own).collect();
                            assert!(
                                !names.contains("$"),
                                "`{of}` has methods whose names `{name}!` is given"
                            );
                            found.extend(names);
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    assert!(!found.is_empty(), "`{of}` isn't found");
    found
}

fn derived(attributes: &[Attribute]) -> Vec<String> {
    let derives = attributes.iter().filter(|it| it.path().is_ident("derive"));
    let text: String = derives.map(|it| quote::quote!(#it).to_string()).collect();
    let words: Vec<&str> = text.split(|it: char| !it.is_alphanumeric()).collect();
    let known = DERIVED.iter().filter(|(derive, _)| words.contains(derive));
    known
        .flat_map(|(_, names)| names.iter().map(|&it| it.to_owned()))
        .collect()
}

fn is_option(name: &str) -> bool {
    reserved::OPTIONS
        .iter()
        .any(|prefix| name.starts_with(prefix))
}

/// All that is there is on the list, and what is on the list is there.
fn holds(list: &str, reserved: &[&str], there: &Names) {
    let missing: Vec<&String> = there
        .iter()
        .filter(|name| !reserved.contains(&name.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "add {missing:?} to `names::reserved::{list}`"
    );
    let stale: Vec<&&str> = reserved
        .iter()
        .filter(|name| !there.contains(**name))
        .collect();
    assert!(
        stale.is_empty(),
        "take {stale:?} out of `names::reserved::{list}`"
    );
}

/// The crates of all fixtures: path and text of each file that isn't the runtime's.
fn emitted() -> Vec<(String, File)> {
    let mut files = Vec::new();
    for name in fixture::names() {
        for file in Fixture::read(&name).generate().files {
            let is_code = file.path.starts_with("src/");
            if is_code && !file.path.starts_with("src/runtime/") {
                let path = format!("{name}/{}", file.path);
                let parsed = syn::parse_file(&file.text);
                files.push((path, parsed.expect("emitted code is Rust")));
            }
        }
    }
    files
}

/// What the runtime's macros put beside what is emitted of the client and its builder.
fn of_clients() -> Vec<File> {
    let files = runtime::files().into_iter();
    let files = files.filter(|(path, _)| {
        let names = ["/client_methods.rs", "/environment.rs"];
        names.iter().any(|name| path.ends_with(name))
    });
    let bodies = files.flat_map(|(path, text)| {
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        macros(&[file]).into_values().map(body).collect::<Vec<_>>()
    });
    let found: Vec<File> = bodies.collect();
    assert_eq!(found.len(), 3);
    found
}

/// What a macro of one rule expands to, with the names that emitted crates give it.
fn body(rule: TokenStream) -> File {
    let groups = rule.into_iter().filter_map(|token| match token {
        TokenTree::Group(group) => Some(group.stream()),
        _ => None,
    });
    let text = groups.last().expect("a body").to_string();
    let text = text
        .replace("$ client", "Client")
        .replace("$ builder", "ClientBuilder")
        .replace("$ crate", "crate");
    syn::parse_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The methods of an emitted crate's own blocks of the client.
fn emitted_methods(files: &[(String, File)], of: &str) -> Names {
    let items = files.iter().flat_map(|(_, file)| &file.items);
    let blocks = items.filter_map(|item| match item {
        Item::Impl(item) if named(&item.self_ty).as_deref() == Some(of) => Some(item),
        _ => None,
    });
    blocks
        .flat_map(|block| &block.items)
        .filter_map(|item| match item {
            ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
            _ => None,
        })
        .collect()
}

#[test]
fn no_credential_is_called_like_a_method_of_the_builder() {
    let mut there = methods(&of_clients(), "ClientBuilder");
    there.insert("clone".to_owned());
    holds("BUILDER_METHODS", reserved::BUILDER_METHODS, &there);
}

#[test]
fn no_resource_is_called_like_a_method_of_the_client() {
    let mut there = methods(&of_clients(), "Client");
    there.insert("clone".to_owned());
    let emitted = emitted_methods(&emitted(), "Client");
    for always in [
        "builder",
        "from_env",
        "new",
        "set_api_key",
        "set_basic_auth",
    ] {
        assert!(emitted.contains(always), "{always}");
        there.insert(always.to_owned());
    }
    holds("CLIENT_METHODS", reserved::CLIENT_METHODS, &there);
}

/// The methods that macros in these files of the runtime, and derives, add to a request struct; `send`
/// is emitted. Those of the caller's options have names of their own.
fn methods_of_requests(files: &[&str], derives: &[&str]) -> Names {
    let mut there = Names::from(["send".to_owned()]);
    for (path, text) in runtime::files() {
        if files.iter().any(|file| path.ends_with(file)) {
            let file = syn::parse_file(&text).expect("a file of the runtime");
            for item in file.items {
                match item {
                    Item::Macro(it) if it.ident.as_ref().is_some_and(|it| it == "leading") => {}
                    Item::Macro(it) => there.extend(functions(&it.mac.tokens)),
                    _ => {}
                }
            }
        }
    }
    assert!(there.contains("with_timeout"), "{there:?}");
    // Of the trait that a table implements, whose functions are called by its name.
    let of_traits = ["count", "items"];
    there.retain(|name| !is_option(name) || name == "send");
    there.retain(|name| !of_traits.contains(&name.as_str()));
    let known = DERIVED
        .iter()
        .filter(|(derive, _)| derives.contains(derive));
    there.extend(known.flat_map(|(_, names)| names.iter().map(|&it| it.to_owned())));
    there
}

#[test]
fn no_parameter_is_called_like_a_method_of_a_request() {
    let files = ["/requests/methods.rs", "/paging.rs", "/events.rs"];
    let there = methods_of_requests(&files, &["Clone", "Debug"]);
    holds("REQUEST_METHODS", reserved::REQUEST_METHODS, &there);
}

#[test]
fn no_parameter_is_called_like_a_method_of_a_wait() {
    let files = ["/requests/methods.rs", "/waiting.rs"];
    let there = methods_of_requests(&files, &["Debug"]);
    holds("WAIT_METHODS", reserved::WAIT_METHODS, &there);
}

#[test]
fn no_field_has_a_setter_that_is_called_like_a_method_of_its_struct() {
    let macros = macros(&parsed());
    // Methods of traits that nobody imports are in the macro of its table, beside those of `Serialize`.
    let mut there = functions(&macros["object"]);
    let of_traits = ["blank", "deserialize", "put"];
    there.retain(|name| !of_traits.contains(&name.as_str()));
    assert!(there.contains("serialize"));
    there.extend(constructors());
    let derives = ["clone", "fmt", "eq", "ne"];
    there.extend(derives.map(str::to_owned));
    holds("STRUCT_METHODS", reserved::STRUCT_METHODS, &there);
}

/// The functions of emitted types that take no value of theirs.
fn constructors() -> Names {
    let files = emitted();
    let of_types = files.iter().filter(|(path, _)| path.contains("src/types/"));
    let items = of_types.flat_map(|(_, file)| &file.items);
    let blocks = items.filter_map(|item| match item {
        Item::Impl(item) => Some(item),
        _ => None,
    });
    let functions = blocks
        .flat_map(|block| &block.items)
        .filter_map(|item| match item {
            ImplItem::Fn(function) if function.sig.receiver().is_none() => {
                Some(function.sig.ident.to_string())
            }
            _ => None,
        });
    let found: Names = functions.collect();
    for name in ["new", "default"] {
        assert!(found.contains(name), "{name}");
    }
    found
}

#[test]
fn no_feature_of_a_resource_is_called_like_one_of_the_runtime() {
    // What emitted crates have of the runtime's manifest.
    let manifest = std::fs::read_to_string(runtime::root().join("emitted.toml"));
    let manifest: toml::Table = manifest.expect("a manifest").parse().expect("TOML");
    let there = manifest["features"].as_table().expect("features");
    let there = there.keys().cloned().collect();
    holds("FEATURES", reserved::FEATURES, &there);
}

/// The names that `use` brings in, each at the end of a path.
fn leaves(tree: &UseTree, found: &mut Names) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, found),
        UseTree::Name(name) => drop(found.insert(name.ident.to_string())),
        UseTree::Rename(rename) => drop(found.insert(rename.rename.to_string())),
        UseTree::Glob(_) => {}
        UseTree::Group(group) => group.items.iter().for_each(|it| leaves(it, found)),
    }
}

fn is_type(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
}

#[test]
fn no_module_is_called_like_what_stands_at_the_root() {
    let mut there = Names::new();
    for (path, file) in emitted()
        .iter()
        .filter(|(path, _)| path.ends_with("src/lib.rs"))
    {
        for item in &file.items {
            match item {
                // Private ones are the same in each crate, and public ones stand for an API's resources,
                // servers, types and webhooks; the latter give way to the others.
                Item::Mod(item) if matches!(item.vis, syn::Visibility::Inherited) => {
                    there.insert(item.ident.to_string());
                }
                Item::Use(item) => leaves(&item.tree, &mut there),
                Item::Mod(_) => {}
                other => panic!("{path}: {}", quote::quote!(#other)),
            }
        }
    }
    there.retain(|name| !is_type(name));
    there.extend(["servers", "types"].map(str::to_owned));
    holds("MODULES", reserved::MODULES, &there);
}

/// Whether a module of tables imports the structs of its resource, whose names are those of the API:
/// `use crate::pets::{Get, List};`.
fn is_of_the_resource(path: &str, tree: &UseTree) -> bool {
    let UseTree::Path(root) = tree else {
        return false;
    };
    path.contains("/wire/requests/")
        && matches!(&*root.tree, UseTree::Path(module) if module.ident != "runtime")
}

#[test]
fn nothing_in_a_resource_is_called_like_what_its_module_imports() {
    const OTHERS: [&str; 5] = [
        "src/client.rs",
        "src/lib.rs",
        "src/servers.rs",
        "src/wire/external.rs",
        "src/wire/xml.rs",
    ];
    // Of types that aren't generated: their paths begin at the root where a resource is called so.
    const EXTERNAL: [&str; 2] = ["url", "uuid"];
    let mut there = Names::new();
    for (path, file) in &emitted() {
        // The requests of the server, whose module gives way where a resource is called so.
        let is_of_webhooks = path.contains("/webhook");
        if is_of_webhooks || path.contains("/types/") || OTHERS.iter().any(|it| path.ends_with(it))
        {
            continue;
        }
        for item in &file.items {
            if let Item::Use(item) = item
                && !is_of_the_resource(path, &item.tree)
            {
                leaves(&item.tree, &mut there);
            }
        }
        let own = file.items.iter().filter_map(|item| match item {
            Item::Mod(item) => Some(item.ident.to_string()),
            _ => None,
        });
        let own: Names = own.collect();
        let mut named = beginnings(quote::quote!(#file));
        named.retain(|name| {
            let name = name.as_str();
            !own.contains(name)
                && !reserved::PRIMITIVES.contains(&name)
                && !EXTERNAL.contains(&name)
        });
        there.extend(named);
    }
    let (types, mut modules): (Names, Names) = there.into_iter().partition(|name| is_type(name));
    let unlisted: Vec<&String> = types
        .iter()
        .filter(|name| !reserved::IMPORTED.contains(&name.as_str()))
        .collect();
    assert!(
        unlisted.is_empty(),
        "add {unlisted:?} to `names::reserved::IMPORTED`"
    );
    let macros = macros(&parsed());
    for name in OF_RESOURCES {
        modules.extend(beginnings(macros[name].clone()));
    }
    holds("IMPORTED_MODULES", reserved::IMPORTED_MODULES, &modules);
}

/// Macros that modules of resources are made of: names in them are found where they are called.
const OF_RESOURCES: [&str; 12] = [
    "accept",
    "leading",
    "options",
    "output",
    "paged",
    "pages",
    "paging",
    "raw",
    "redirects",
    "request",
    "security",
    "server",
];

/// The modules and crates that paths begin with.
fn beginnings(tokens: TokenStream) -> Names {
    let tokens: Vec<String> = flat(tokens)
        .iter()
        .map(|token| match token {
            TokenTree::Group(_) => "(".to_owned(),
            other => other.to_string(),
        })
        .collect();
    let paths = tokens.windows(4).filter(|window| {
        let is_path = window[2] == ":" && window[3] == ":";
        is_path && ![":", ".", "$"].contains(&window[0].as_str())
    });
    let names = paths.map(|window| window[1].clone());
    let is_name = |name: &String| name.starts_with(|it: char| it.is_ascii_lowercase());
    names
        .filter(|name| is_name(name) && !["crate", "self", "super"].contains(&name.as_str()))
        .collect()
}
