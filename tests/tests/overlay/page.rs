//! `codegen/OVERLAYS.md` says what is so: each of its rows and examples is applied.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::Texts;

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/OVERLAYS.md");
    fs::read_to_string(path).expect("the page is there")
}

fn result(texts: &Texts) -> Value {
    texts.read(|spec, _| {
        let found = codegen::parse(spec);
        found.unwrap_or_else(|errors| panic!("{}", texts.render(&errors)))
    })
}

/// What stands between backticks, in the first three cells of a row.
fn row(line: &str) -> Option<[&str; 3]> {
    let cells = line.strip_prefix("| `")?;
    let (action, rest) = cells.split_once("` | `")?;
    let (before, rest) = rest.split_once("` | `")?;
    let (after, _) = rest.split_once("` |")?;
    Some([action, before, after])
}

#[test]
fn each_action_does_what_its_row_says() {
    let page = page();
    let rows: Vec<_> = page.lines().filter_map(row).collect();
    assert!(rows.len() >= 16, "{} rows were found", rows.len());
    for [action, before, after] in rows {
        // Braces alone would be read as JSON.
        let text = |value: &str| format!("# YAML\n{value}");
        let changed = result(&Texts::new(text(before)).fixed(&format!("- {action}")));
        let wanted = result(&Texts::new(text(after)));
        assert_eq!(changed.to_string(), wanted.to_string(), "{action}");
    }
}

#[test]
fn the_example_gives_its_result() {
    let page = page();
    let blocks: Vec<&str> = page
        .split("```yaml\n")
        .skip(1)
        .filter_map(|block| Some(block.split_once("```")?.0))
        .collect();
    let [before, overlay, after] = blocks.as_slice() else {
        panic!("{} blocks of YAML were found", blocks.len());
    };
    let texts = Texts::new(*before).with(*overlay);
    assert_eq!(result(&texts), result(&Texts::new(*after)));
    let generated = texts
        .generate()
        .unwrap_or_else(|it| panic!("{}", texts.render(&it)));
    assert_eq!(generated.summary.operations, 2);
    assert!(
        generated
            .warnings
            .iter()
            .all(|it| it.origin == codegen::Origin::Spec)
    );
}
