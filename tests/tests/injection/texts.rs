//! The texts that are put everywhere.

/// Texts that end, begin or mean something in Rust, Markdown, HTML, TOML, JSON, URLs or a terminal.
pub const HOSTILE: &[&str] = &[
    "\"",
    "\\",
    "\\\"",
    "'",
    "\"#",
    "\"##",
    "r#\"",
    "\n",
    "\r",
    "a\rb",
    "a\r\nb",
    "*/",
    "/*",
    "*/ mod evil; /*",
    "// x\nmod evil;",
    "]]",
    "]\nmod evil;\n#[allow(x)]",
    "#![feature(x)]",
    "#[path = \"/etc/passwd\"] mod x;",
    "include!(\"/etc/passwd\")",
    "\"; std::process::abort(); \"",
    "\"); std::process::abort(); (\"",
    "}; fn main() { panic!() } //",
    "${}",
    "$x",
    "{}",
    "{0}",
    "{evil}",
    "{{evil}}",
    "}{",
    "%s%n",
    "\0",
    "\u{1b}[31mred",
    "\u{7f}",
    "\u{85}",
    "\u{202e}evil\u{202c}",
    "\u{2066}evil\u{2069}",
    "a\u{200b}b",
    "a\u{200d}b",
    "a\u{fe0f}b",
    "\u{3164}",
    "\u{feff}",
    "a\u{2028}b\u{2029}c",
    "\u{e0041}",
    "```rust\npanic!()\n```",
    "```\npanic!()\n```",
    "said\n```should_panic\npanic!()\n```\nso",
    "````\n```\npanic!()\n```\n````",
    "~~~\npanic!()\n~~~",
    "~~~~\n```\n\n<script>alert(1)</script>\n~~~~",
    "```rust\npanic!()",
    "x\n\n    panic!(\"indented\")\n",
    "\tpanic!(\"tab\")",
    "- item\n\n      panic!()\n",
    "- ```rust\n  <script>alert(1)</script>\n\n  panic!()\n  ```",
    "> ```rust\n> panic!()\n> ```",
    "1. one\n\n   ```rust\n   panic!()\n   ```",
    "\\```rust\npanic!()\n\\```",
    "&#32;&#32;&#32;&#32;panic!()",
    "&#9;panic!()",
    "a&#13;b&#x202e;c&#8203;d&#xFEFF;e",
    "a&#10;&#10;```rust&#10;panic!()&#10;```",
    "# fn main() {}\nfn x() {}",
    "# Heading\n## Another\nSetext\n======",
    "[link](javascript:alert(1))",
    "[link](<javascript:alert(1)>)",
    "[link][ref]\n\n[ref]: javascript:alert(1)",
    "![image](javascript:alert(1))",
    "<javascript:alert(1)>",
    "[link](data:text/html,<script>alert(1)</script>)",
    "[link](http://example.com \"title\\\" onmouseover=alert(1)\")",
    "http://example.com/\"onmouseover=alert(1)",
    "[`Client`](crate::Client) [`evil`] [evil]",
    "[^1]\n\n[^1]: a footnote <b>x</b>",
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href='http://x\"onmouseover=alert(1)'>x</a>",
    "<code><script>alert(1)</script></code>",
    "<p><b>x</b></p><style>*{}</style>",
    "`<script>alert(1)</script>",
    "x` <script>alert(1)</script> `y",
    "``x` <script>alert(1)</script> ``",
    "<!--",
    "<!-- x -->",
    "-->",
    "<![CDATA[x]]>",
    "<?php x ?>",
    "&lt;script&gt;",
    "&amp;lt;script&amp;gt;",
    "| a | b |\n|---|---|\n| `x | <b>y</b> |",
    "***",
    "~~strike~~ **bold _both_** $math$ H~2~O",
    "\"\"\"",
    "'''",
    "\"\n[dependencies]\nevil = \"1\"\n",
    "'''\n[dependencies]\nevil = '1'\n",
    "= 1 # comment",
    "../../../etc/passwd",
    "C:\\evil",
    "https://evil.example.com/?a=b#c",
    "type",
    "self",
    "Self",
    "crate",
    "super",
    "_",
    "__",
    "async",
    "gen",
    "union",
    "macro_rules",
    "static",
    "true",
    "Option",
    "Result",
    "Vec",
    "String",
    "Box",
    "Some",
    "None",
    "Ok",
    "Err",
    "Default",
    "Clone",
    "Into",
    "Send",
    "Sync",
    "Debug",
    "Error",
    "Client",
    "Request",
    "BTreeMap",
    "DateTime",
    "std",
    "core",
    "alloc",
    "serde",
    "serde_json",
    "reqwest",
    "tokio",
    "types",
    "tables",
    "requests",
    "runtime",
    "client",
    "servers",
    "prelude",
    "main",
    "lib",
    "mod",
    "test",
    "con",
    "new",
    "send",
    "with_timeout",
    "value",
    "parts",
    "UnknownValue",
    "\u{1f480}",
    "\u{2764}\u{fe0f}",
    "\u{65e5}\u{672c}\u{8a9e}",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
    "e\u{301}",
    "\u{e9}",
    "?!.,;:",
    "1",
    "2fa",
    "-1",
    "",
    " ",
    "  a  ",
];

/// Ordinary words between which hostile texts stand in made ones.
const BETWEEN: &[&str] = &["", " ", "\n", "\n\n", "A word ", ". ", ": ", "\n- ", "x"];

/// Numbers that look random and are the same in every run (Steele and others, "Fast Splittable
/// Pseudorandom Number Generators", `SplitMix64`).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let mixed = mixed ^ (mixed >> 31);
        let limit = u64::try_from(limit).expect("no list is that long");
        usize::try_from(mixed % limit).expect("it is below a length")
    }

    pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// Several hostile texts with words or nothing between them; some are long.
    pub fn text(&mut self) -> String {
        let mut text = String::new();
        if self.below(3) == 0 {
            text.push_str(&"many words ".repeat(self.below(9)));
        }
        for _ in 0..=self.below(3) {
            text.push_str(self.pick(HOSTILE));
            text.push_str(self.pick(BETWEEN));
        }
        text
    }
}
