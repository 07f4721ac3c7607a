//! Lists of a description in YAML: what JSON has no form for.

use std::fmt::Write as _;

use super::List;

pub(super) fn lists() -> Vec<List> {
    vec![
        List::yaml("schemas in YAML", |length| {
            schemas(length, "", |it| {
                format!("S{it}: {{type: object, properties: {{p{it}: {{type: string}}}}}}")
            })
        }),
        List::yaml("anchors", |length| {
            schemas(length, "", |it| {
                format!("S{it}: &s{it} {{type: object, properties: {{p{it}: {{type: string}}}}}}")
            })
        }),
        List::yaml("aliases of one anchor", |length| {
            schemas(length, "x-a: &a {type: string}\n", |it| {
                format!("S{it}: {{type: object, properties: {{p{it}: *a}}}}")
            })
        }),
        List::yaml("aliases of an anchor each", |length| {
            schemas(length, "", |it| {
                format!(
                    "S{it}: {{type: object, properties: {{a: &s{it} {{type: string}}, b: *s{it}}}}}"
                )
            })
        }),
        List::yaml("merge keys", |length| {
            schemas(
                length,
                "x-a: &a {type: object, description: Some.}\n",
                |it| format!("S{it}: {{<<: *a, properties: {{p{it}: {{type: string}}}}}}"),
            )
        }),
        List::yaml("mappings of one merge key", |length| {
            let merged: Vec<String> = (0..length).map(|it| format!("*s{it}")).collect();
            let all = format!(
                "    All: {{<<: [{}], description: All.}}\n",
                merged.join(", ")
            );
            schemas(length, "", |it| {
                format!("S{it}: &s{it} {{type: object, x-a{it}: 1}}")
            }) + &all
        }),
    ]
}

/// A description of so many schemas, a line each, with lines of the root before them.
fn schemas(length: usize, root: &str, schema: impl Fn(usize) -> String) -> String {
    let mut text = format!(
        "openapi: 3.1.0\ninfo: {{title: Lists, version: \"1\"}}\nservers: [{{url: https://api.example.com}}]\n\
         {root}paths: {{}}\ncomponents:\n  schemas:\n"
    );
    for number in 0..length {
        // Writing to a string can't fail.
        let _ = writeln!(text, "    {}", schema(number));
    }
    text
}
