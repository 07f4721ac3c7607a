//! Names and texts that have caused harm somewhere.

use super::Maker;

/// Names, of which many fold to one, are taken, or mean something to a compiler or a disk.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "a", "A", "b", "pet", "Pet", "pets", "PET", "pet_", "pet-", "pet.", "Pet1", "Pet_1", "pet 1", "p",
    "type", "Type", "self", "Self", "SELF", "crate", "super", "_", "__", "-", "--", "1", "9lives", "-1",
    "fn", "async", "dyn", "gen", "try", "union", "macro_rules", "r#type", "'static", "str", "u8",
    "Result", "Option", "Some", "None", "Ok", "Err", "String", "Vec", "Box", "Error", "Client", "Default",
    "From", "Into", "Iterator", "Debug", "Clone", "Copy", "Send", "Sync", "Drop", "Fn", "Response",
    "Request", "Body", "Value", "serde", "serde_json", "std", "core", "alloc", "reqwest", "tokio", "DateTime",
    "Date", "Bytes", "HashMap", "BTreeMap", "UnknownValue", "unknown_fields", "unknown", "Unknown", "new",
    "new_", "builder", "send", "send_raw", "into_stream", "into_pages", "with_timeout", "with_query",
    "with_no_header", "client",
    "Endpoint", "get", "list", "create", "delete", "id", "ID", "Id", "iD", "body", "path", "query", "json",
    "lib", "main", "mod", "mod.rs", "con", "CON", "aux", "nul", "com1", "runtime", "types", "src", "build",
    "../x", "../../etc/passwd", "/abs", "a/b", "a\\b", ".", "..", "...", ".hidden", "~", "C:\\x", "",
    " ", "  ", "\t", "\n", "\r\n", "\0", "\u{7f}", "\u{202e}", "\u{200b}", "\u{feff}", "\u{2028}",
    "é", "É", "ß", "ẞ", "İ", "ı", "ﬁ", "你好", "日本", "🦀", "e\u{301}", "Ⅷ", "½", "ª", "\u{1d538}", "ǆ",
    "a\"b", "a'b", "`", "```", "*/", "/*", "//", "///", "]]", "#", "\"#", "r#\"", "{}", "{", "}", "{0}", "${x}",
    "$ref", "#/", "~0", "~1", "%", "%2e", "%00", "<b>", "&amp;", "a,b", "a;b", "a=b", "a&b", "a?b", "a:b", "@",
    "[]", "a[]", "a[b]", "filter[x]", "+1", "-1", "+", "<=", "true", "null", "NaN", "1e3", "0x1", "1.10",
    "x-y", "X-Request-Id", "Content-Type", "Accept", "Authorization", "cookie", "Host", "User-Agent",
    "next", "next_page_token", "page", "page_token", "cursor", "offset", "limit", "items", "data", "has_more",
    "total", "status", "kind", "ctx", "input", "loc", "msg", "detail", "HTTPValidationError", "aB", "AB", "a_b",
    "a-b", "a b", "a.b", "a__b", "_a", "a_", "XMLHttpRequest", "v1", "V1", "v1.0", "OAuth2", "i18n",
];

/// Texts that end what they stand in, or become something else.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "", "A pet.", "Ends in\ntwo lines\n", "*/ panic!() /*", "\"; panic!(); \"", "\"#\"##", "\\", "\\\"", "]]",
    "```\nfn main() { panic!() }\n```", "```rust\nopen", "~~~\nx", "    indented()\n", "\tindented()\n",
    "> ```\n> x", "- a\n\n      code\n", "1. ```\n   x", "[link](javascript:alert(1))", "[`Client`]", "[a]: x",
    "<script>alert(1)</script>", "<b", "</div>", "<!-- ", "&lt;", "<https://x>", "![i](x)", "#![feature(x)]",
    "# Heading", "#[doc = include_str!(\"/etc/passwd\")]", "{}", "{0}", "${x}", "%s", "\0", "\u{7}", "\u{1b}[31m",
    "\u{202e}desrever", "\u{200b}", "\u{feff}", "\u{2028}", "\r", "a\rb", "\r\n", "  ", "\n\n\n", "|a|b|\n|-|-|\n|c|d|",
    "***", "___", "`", "``", "` `` `", "$x$", "\\[x\\]", "[x", "](", "![", "é\u{301}", "🦀", "///", "//!", "''' \"\"\"",
    "a very long line of words that has to be broken somewhere, for it is longer than what a page of code can hold at once",
    "[^1]\n\n[^1]: x", "<details><summary>x</summary>\n\ny</details>", "- [ ] x", "a  \nb", "*a", "**a*", "_a", "=\n=", "a\n===",
];

impl Maker<'_> {
    /// A name: mostly one of the known ones, sometimes two of them, or one that is made up.
    pub fn name(&mut self) -> String {
        let name = self.pick(NAMES);
        match self.below(24) {
            22 => format!("{name}{}", self.pick(NAMES)),
            23 => self.input.arbitrary().unwrap_or_default(),
            _ => name.to_owned(),
        }
    }

    /// A name that can stand below `components` (OpenAPI 3.1.1, section 4.8.7).
    pub fn component_name(&mut self) -> String {
        let name = self.name();
        let is_fit = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_');
        if !name.is_empty() && name.chars().all(is_fit) || self.once_in(24) {
            name
        } else {
            self.pick(&["Thing", "thing", "Other", "Node", "Leaf"])
                .to_owned()
        }
    }

    /// A text for people.
    pub fn text(&mut self) -> String {
        let text = self.pick(TEXTS);
        match self.below(16) {
            14 => format!("{text}{}", self.pick(TEXTS)),
            15 => self.input.arbitrary().unwrap_or_default(),
            _ => text.to_owned(),
        }
    }
}
