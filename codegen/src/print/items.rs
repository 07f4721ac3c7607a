//! The layout of structs, enums and their impls.
//!
//! Most of a large crate consists of them, and they are all alike. The printer for any Rust parses its
//! tokens first, which takes several times as long as all that leads to them.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::functions::function;
use super::line::line;
use super::{push_items, push_part, words};

/// One step of indentation.
pub(super) const INDENT: &str = "    ";

/// Adds the text of a file's items to it.
///
/// # Errors
///
/// As [`super::file`].
pub(super) fn push(text: &mut String, tokens: TokenStream) -> Result<(), String> {
    // What is for the other printer, and what belongs to the next item.
    let (mut others, mut open) = (Vec::new(), Vec::new());
    for token in tokens {
        let ends = match &token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace && !is_import(&open),
            TokenTree::Punct(sign) => sign.as_char() == ';',
            _ => false,
        };
        open.push(token);
        if !ends {
            continue;
        }
        match item(&open) {
            Some(item) => {
                push_items(text, &mut others)?;
                push_part(text, &item);
                open.clear();
            }
            None => others.append(&mut open),
        }
    }
    others.append(&mut open);
    push_items(text, &mut others)
}

/// Whether tokens begin an import, beside the documentation of the file.
fn is_import(tokens: &[TokenTree]) -> bool {
    tokens.iter().any(|it| is_word(Some(it), "use"))
}

/// The text of an item, if it is of a kind that is laid out here.
fn item(tokens: &[TokenTree]) -> Option<String> {
    let mut text = String::new();
    let rest = attributes(tokens, "", &mut text);
    match rest {
        [head @ .., TokenTree::Group(group)] if is_word(head.first(), "impl") => {
            text.extend([&line(head), " {\n"]);
            let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
            Members::default().push(&tokens, &mut text)?;
        }
        [head @ .., TokenTree::Group(group)] if is_type(head) => {
            text.push_str(&line(head));
            if group.stream().is_empty() {
                text.push_str(" {");
            } else {
                text.push_str(" {\n");
                push_entries(&split(group.stream()), &mut text);
            }
        }
        [head @ .., TokenTree::Group(group), _] if is_type(head) => {
            let entries: Vec<_> = split(group.stream());
            if entries.iter().any(|it| is_attribute(it)) {
                text.extend([&line(head), "(\n"]);
                push_entries(&entries, &mut text);
                text.push_str(");\n");
            } else {
                let entries: Vec<String> = entries.iter().map(|it| line(it)).collect();
                text.extend([&line(head), "(", &entries.join(", "), ");\n"]);
            }
            return Some(text);
        }
        _ => return None,
    }
    text.push_str("}\n");
    Some(text)
}

/// Whether tokens are what stands before the fields of a struct or the variants of an enum.
fn is_type(head: &[TokenTree]) -> bool {
    let is = |word| is_word(head.get(1), word);
    is_word(head.first(), "pub") && head.len() == 3 && (is("struct") || is("enum"))
}

/// The fields of a struct, or the variants of an enum.
fn push_entries(entries: &[Vec<TokenTree>], text: &mut String) {
    for entry in entries {
        push_entry(entry, text);
    }
}

fn push_entry(entry: &[TokenTree], text: &mut String) {
    let entry = attributes(entry, INDENT, text);
    text.extend([INDENT, &line(entry), ",\n"]);
}

/// Adds a struct with named fields, which are made one after the other, as the members of [`push_impl`] are.
///
/// # Errors
///
/// A message for tokens that begin no struct.
pub(super) fn push_struct(
    text: &mut String,
    head: TokenStream,
    fields_made: impl Iterator<Item = TokenStream>,
) -> Result<(), String> {
    let head: Vec<TokenTree> = head.into_iter().collect();
    let mut begun = String::new();
    let head = attributes(&head, "", &mut begun);
    if !is_type(head) {
        return Err(format!("`{}` begins no struct", line(head)));
    }
    begun.extend([&line(head), " {"]);
    push_part(text, &begun);
    let mut fields_made = fields_made.peekable();
    if fields_made.peek().is_some() {
        text.push('\n');
    }
    for field in fields_made {
        let field: Vec<TokenTree> = field.into_iter().collect();
        push_entry(&field, text);
    }
    text.push_str("}\n");
    Ok(())
}

/// Whether an entry begins with an attribute.
fn is_attribute(entry: &[TokenTree]) -> bool {
    matches!(entry.first(), Some(TokenTree::Punct(it)) if it.as_char() == '#')
}

/// A member of an impl, or several.
pub(crate) enum Member {
    /// Constants and functions of any kind.
    Tokens(TokenStream),
    /// A function that is laid out already: of the setters of a large struct the tokens would take longer than all
    /// else.
    Setter {
        /// Its documentation, in lines.
        doc: String,
        is_deprecated: bool,
        /// Whether it has the attribute that says to use what it returns.
        is_must_use: bool,
        /// All of it on one line.
        function: String,
    },
}

/// Adds an impl whose members are made one after the other, so that the tokens of only one of them are
/// held at a time.
///
/// # Errors
///
/// A message for a member that is neither a constant nor a function.
pub(super) fn push_impl(
    text: &mut String,
    head: TokenStream,
    members_made: impl Iterator<Item = Member>,
) -> Result<(), String> {
    let head: Vec<TokenTree> = head.into_iter().collect();
    let head = line(&head);
    push_part(text, &format!("{head} {{\n"));
    let mut members = Members::default();
    for member in members_made {
        match member {
            Member::Tokens(tokens) => {
                let tokens: Vec<TokenTree> = tokens.into_iter().collect();
                let pushed = members.push(&tokens, text);
                pushed.ok_or_else(|| format!("a member of `{head}` has no layout"))?;
            }
            Member::Setter {
                doc,
                is_deprecated,
                is_must_use,
                function,
            } => {
                members.begin(true, text);
                for line in doc.lines() {
                    text.extend([INDENT, "/// ", line, "\n"]);
                }
                if is_deprecated {
                    text.extend([INDENT, "#[deprecated]\n"]);
                }
                let must_use = if is_must_use { "#[must_use] " } else { "" };
                text.extend([INDENT, must_use, &function, "\n"]);
            }
        }
    }
    text.push_str("}\n");
    Ok(())
}

/// The constants and functions of an impl: those that are short like fields stand close to each other.
#[derive(Default)]
struct Members {
    /// Whether there is one already, and whether that is short.
    last: Option<bool>,
}

impl Members {
    fn push(&mut self, tokens: &[TokenTree], text: &mut String) -> Option<()> {
        let ends = |token: &TokenTree| match token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(sign) => sign.as_char() == ';',
            _ => false,
        };
        for tokens in tokens.split_inclusive(ends) {
            let mut member = String::new();
            let tokens = attributes(tokens, INDENT, &mut member);
            let has_paragraphs = member.contains("///\n");
            let (last, head) = tokens.split_last()?;
            let is_line = match last {
                TokenTree::Group(body) => function(head, body, &mut member)?,
                _ => {
                    member.extend([INDENT, &line(head), ";\n"]);
                    true
                }
            };
            self.begin(is_line && !has_paragraphs, text);
            text.push_str(&member);
        }
        Some(())
    }

    /// Begins a member behind those before it.
    fn begin(&mut self, is_short: bool, text: &mut String) {
        if self.last.is_some_and(|last| !(last && is_short)) {
            text.push('\n');
        }
        self.last = Some(is_short);
    }
}

/// Writes the attributes that tokens begin with, and returns the others.
fn attributes<'t>(tokens: &'t [TokenTree], indent: &str, text: &mut String) -> &'t [TokenTree] {
    let mut rest = tokens;
    while let [
        TokenTree::Punct(hash),
        TokenTree::Group(attribute),
        more @ ..,
    ] = rest
        && hash.as_char() == '#'
    {
        let inner: Vec<TokenTree> = attribute.stream().into_iter().collect();
        match comment(&inner) {
            Some(comment) => text.extend([indent, "///", &comment, "\n"]),
            None => text.extend([indent, "#[", &line(&inner), "]\n"]),
        }
        rest = more;
    }
    rest
}

/// The words of an attribute that is documentation, if they can stand in a comment.
pub(super) fn comment(attribute: &[TokenTree]) -> Option<String> {
    let [
        TokenTree::Ident(doc),
        TokenTree::Punct(_),
        TokenTree::Literal(text),
    ] = attribute
    else {
        return None;
    };
    let text = words(text).filter(|_| doc == "doc")?;
    let is_comment = (text.is_empty() || text.starts_with(' ')) && !text.contains(['\n', '\r']);
    is_comment.then_some(text)
}

/// The entries between commas that separate no arguments of generic types.
pub(super) fn split(entries: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut split = vec![Vec::new()];
    let mut depth = 0_usize;
    for token in entries {
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                '<' => depth += 1,
                '>' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    split.push(Vec::new());
                    continue;
                }
                _ => {}
            }
        }
        if let Some(entry) = split.last_mut() {
            entry.push(token);
        }
    }
    split.retain(|entry| !entry.is_empty());
    split
}

fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(it)) if it == word)
}

#[cfg(test)]
mod tests {
    use quote::quote;

    /// The text of tokens, which is the same by the printer for any Rust.
    fn text(tokens: proc_macro2::TokenStream) -> String {
        let mut file = crate::print::MARK.to_owned();
        super::push(&mut file, tokens).expect("items");
        syn::parse_file(&file).expect("items");
        file.strip_prefix(crate::print::MARK)
            .expect("a file")
            .to_owned()
    }

    #[test]
    fn a_struct_with_its_constructor() {
        let items = quote! {
            #![doc = " Things."]
            use crate::{Date, DateTime};
            use crate::runtime::tables;
            #[doc = " A thing."]
            #[derive(Clone, Debug, PartialEq)]
            #[deprecated]
            pub struct A {
                pub id: String,
                #[doc = " Its kind,"]
                #[doc = " in a word."]
                pub type_: ::std::option::Option<BTreeMap<String, Vec<super::Kind>>>,
            }
            impl A {
                pub const ALL: &'static [Self] = <Self as tables::OpenEnum>::VALUES;
                #[doc = " Creates an `A`."]
                #[must_use]
                pub fn new(id: impl Into<String>, tags: impl IntoIterator<Item = impl Into<String>>) -> Self {
                    Self { id: id.into(), tags: tags.into_iter().map(Into::into).collect(), ..tables::defaults() }
                }
                #[must_use]
                pub fn type_(mut self, type_: impl ::std::convert::Into<BTreeMap<String, Vec<super::Kind>>>) -> Self {
                    self.type_ = Some(Box::new(type_.into()));
                    self
                }
                pub fn text(&self,) -> &str { Self { only: self.only } }
                pub fn send(&self, argument_with_a_long_name: impl Into<String>, body: types::Body) -> Send {
                    Send(requests::call::<Send>(&self.client).path::<String>("argument_with_a_long_name", argument_with_a_long_name).json(&body))
                }
            }
            impl Default for A { fn default() -> Self { Self::new() } }
        };
        insta::assert_snapshot!(text(items), @r#"
        //! Things.

        use crate::{Date, DateTime};
        use crate::runtime::tables;

        /// A thing.
        #[derive(Clone, Debug, PartialEq)]
        #[deprecated]
        pub struct A {
            pub id: String,
            /// Its kind,
            /// in a word.
            pub type_: ::std::option::Option<BTreeMap<String, Vec<super::Kind>>>,
        }

        impl A {
            pub const ALL: &'static [Self] = <Self as tables::OpenEnum>::VALUES;

            /// Creates an `A`.
            #[must_use]
            pub fn new(id: impl Into<String>, tags: impl IntoIterator<Item = impl Into<String>>) -> Self {
                Self {
                    id: id.into(),
                    tags: tags.into_iter().map(Into::into).collect(),
                    ..tables::defaults()
                }
            }

            #[must_use] pub fn type_(mut self, type_: impl ::std::convert::Into<BTreeMap<String, Vec<super::Kind>>>) -> Self { self.type_ = Some(Box::new(type_.into())); self }
            pub fn text(&self) -> &str { Self { only: self.only } }

            pub fn send(&self, argument_with_a_long_name: impl Into<String>, body: types::Body) -> Send {
                Send(
                    requests::call::<Send>(&self.client)
                        .path::<String>("argument_with_a_long_name", argument_with_a_long_name)
                        .json(&body),
                )
            }
        }

        impl Default for A {
            fn default() -> Self { Self::new() }
        }
        "#);
    }

    #[test]
    fn what_is_made_piece_by_piece_is_as_what_is_made_at_once() {
        let field = quote!(#[doc = " Its name."] pub name: Option<String>);
        let setter = quote! {
            #[doc = " Sets [`name`](Self::name)."]
            #[deprecated]
            #[must_use]
            pub fn name(mut self, value: impl ::std::convert::Into<String>) -> Self { self.name = Some(value.into()); self }
        };
        let new = quote!(
            pub fn new() -> Self {
                Self::default()
            }
        );
        let mut pieces = crate::print::Items::new();
        let one = [field.clone()].into_iter();
        let head = quote!(#[derive(Default)] pub struct A);
        pieces.push_struct(head, one).expect("a struct");
        let none = std::iter::empty();
        pieces
            .push_struct(quote!(pub struct B), none)
            .expect("a struct");
        let function = "pub fn name(mut self, value: impl ::std::convert::Into<String>) -> Self { self.name = Some(value.into()); self }";
        let setter_made = super::Member::Setter {
            doc: "Sets [`name`](Self::name).".to_owned(),
            is_deprecated: true,
            is_must_use: true,
            function: function.to_owned(),
        };
        let members = [super::Member::Tokens(new.clone()), setter_made].into_iter();
        pieces.push_impl(quote!(impl A), members).expect("an impl");
        let whole = text(quote! {
            #[derive(Default)]
            pub struct A { #field, }
            pub struct B {}
            impl A { #new #setter }
        });
        let pieces = pieces.below(quote!()).expect("items");
        assert_eq!(pieces.strip_prefix(crate::print::MARK), Some(&*whole));
        assert!(whole.contains("    #[must_use] pub fn name(mut self, "));
    }

    #[test]
    fn enums_and_structs_around_a_value() {
        let items = quote! {
            #[doc = " B."]
            pub enum B {
                #[doc = " One."]
                One,
                Two(Box<BTreeMap<String, B>>),
            }
            pub struct C(#[doc = " The value."] pub Vec<BTreeMap<String, C>>,);
            pub struct D {}
            pub struct F(pub(crate) requests::Builder, pub(crate) Options<types::A>);
            pub type E = Vec<C>;
        };
        insta::assert_snapshot!(text(items), @r#"
        /// B.
        pub enum B {
            /// One.
            One,
            Two(Box<BTreeMap<String, B>>),
        }

        pub struct C(
            /// The value.
            pub Vec<BTreeMap<String, C>>,
        );

        pub struct D {}

        pub struct F(pub(crate) requests::Builder, pub(crate) Options<types::A>);

        pub type E = Vec<C>;
        "#);
    }
}
