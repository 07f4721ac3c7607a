//! Changes of a configuration that leave all other lines as they are.

use toml_edit::{DocumentMut, Item, Key, Value};

use super::statements::{Statement, outside_of_quotes, statements};
use crate::line_ends;

/// The text with what a pointer names commented out, and why; none if it names nothing that can be.
pub(super) fn commented_out(text: &str, pointer: &str, reason: &str) -> Option<String> {
    let path = whole(tokens(pointer));
    let all = statements(text);
    let meant: Vec<&Statement> = all.iter().filter(|it| it.path.starts_with(&path)).collect();
    if let [first, ..] = meant.as_slice() {
        let mut lines = String::with_capacity(text.len() + 80);
        let mut at = 0;
        for statement in &meant {
            lines.push_str(&text[at..statement.lines.start]);
            if statement.lines.start == first.lines.start {
                lines.push_str(&comment(reason));
            }
            for line in text[statement.lines.clone()].split_inclusive('\n') {
                lines.push_str("# ");
                lines.push_str(line);
            }
            at = statement.lines.end;
        }
        lines.push_str(&text[at..]);
        return Some(line_ends::like(text, &lines));
    }
    let mut around = all
        .iter()
        .filter(|it| !it.is_header && path.starts_with(&it.path));
    let around = around.next()?;
    without_item(text, around, &path, reason)
}

/// What is to be commented out where this is wrong: a waiter is nothing without its operation.
fn whole(mut path: Vec<String>) -> Vec<String> {
    if path.first().is_some_and(|it| it == "waiters") {
        path.truncate(2);
    }
    path
}

/// The line that says why.
fn comment(reason: &str) -> String {
    let plain: String = reason
        .chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .collect();
    format!("# {plain}\n")
}

/// The text without an item of an array or a key of an inline table, in one statement.
fn without_item(text: &str, around: &Statement, path: &[String], reason: &str) -> Option<String> {
    let lines = &text[around.lines.clone()];
    let mut document: DocumentMut = lines.parse().ok()?;
    let rest = &path[around.path.len()..];
    let mut item = document.as_item_mut();
    while let Item::Table(table) = item {
        item = table.iter_mut().next()?.1;
    }
    let (last, parents) = rest.split_last()?;
    let mut value = item.as_value_mut()?;
    for key in parents {
        value = match value {
            Value::Array(items) => items.get_mut(key.parse().ok()?)?,
            Value::InlineTable(table) => table.get_mut(key)?,
            _ => return None,
        };
    }
    let (removed, is_empty) = match value {
        Value::Array(items) => {
            let index: usize = last.parse().ok()?;
            if index >= items.len() {
                return None;
            }
            let removed = items.remove(index).to_string();
            // What stood before the first item stands before the next one now.
            (removed.trim().to_owned(), items.is_empty())
        }
        Value::InlineTable(table) => {
            let removed = table.remove(last)?.to_string();
            let key = Key::new(last.clone());
            (format!("{key} = {}", removed.trim()), table.is_empty())
        }
        _ => return None,
    };
    if is_empty {
        let path = around.path.iter();
        let pointer = path.fold(String::new(), |pointer, key| pointer + "/" + &escaped(key));
        return commented_out(text, &pointer, reason);
    }
    let removed: Vec<&str> = removed.split(['\n', '\r']).map(str::trim).collect();
    let kept = document.to_string();
    let whole = format!(
        "{}{}# {}\n{kept}{}",
        &text[..around.lines.start],
        comment(reason),
        removed.join(" "),
        &text[around.lines.end..]
    );
    Some(line_ends::like(text, &whole))
}

/// The tokens of a JSON pointer.
pub(super) fn tokens(pointer: &str) -> Vec<String> {
    let tokens = pointer.split('/').skip(1);
    tokens
        .map(|it| it.replace("~1", "/").replace("~0", "~"))
        .collect()
}

fn escaped(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// Whether a table has a key.
pub(super) fn has(text: &str, table: &str, key: &str) -> bool {
    let statements = statements(text);
    let mut paths = statements.iter().map(|it| it.path.as_slice());
    paths.any(|path| matches!(path, [first, second, ..] if first == table && second == key))
}

/// The text with another name of a key below a table, wherever it is part of a header or of a dotted key.
pub(super) fn renamed(text: &str, table: &str, old: &str, new: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for statement in statements(text) {
        let is_meant =
            matches!(&*statement.path, [first, second, ..] if first == table && second == old);
        let lines = &text[statement.lines.clone()];
        if is_meant && let Some(changed) = with_other_key(lines, &statement, old, new) {
            out.push_str(&text[at..statement.lines.start]);
            out.push_str(&changed);
            at = statement.lines.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

/// A statement with another key, if it has the key itself.
fn with_other_key(lines: &str, statement: &Statement, old: &str, new: &str) -> Option<String> {
    let (from, to) = if statement.is_header {
        let from = lines.find('[')? + 1;
        (from, from + outside_of_quotes(&lines[from..], ']')?)
    } else {
        (0, outside_of_quotes(lines, '=')?)
    };
    let keys = Key::parse(&lines[from..to]).ok()?;
    // The rest of the path is that of the table around it.
    let outer = statement.path.len().checked_sub(keys.len());
    let own = 1_usize.checked_sub(outer.filter(|_| !statement.is_header).unwrap_or(0))?;
    if keys.get(own)?.get() != old {
        return None;
    }
    let written: Vec<String> = keys
        .iter()
        .enumerate()
        .map(|(index, key)| {
            let written = if index == own {
                Key::new(new).to_string()
            } else {
                key.to_string()
            };
            written.trim().to_owned()
        })
        .collect();
    let gap = if statement.is_header { "" } else { " " };
    Some(format!(
        "{}{}{gap}{}",
        &lines[..from],
        written.join("."),
        &lines[to..]
    ))
}

/// The text with another operation wherever a value names one.
pub(super) fn with_other_values(text: &str, old: &str, new: &str) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let mut has_changed = false;
    let mut replace = |value: Option<&mut Value>| {
        if let Some(value) = value
            && value.as_str() == Some(old)
        {
            let decor = value.decor().clone();
            *value = Value::from(new);
            *value.decor_mut() = decor;
            has_changed = true;
        }
    };
    let root = document.as_table_mut();
    if let Some(docs) = root.get_mut("docs").and_then(Item::as_table_like_mut) {
        replace(docs.get_mut("first-call").and_then(Item::as_value_mut));
    }
    if let Some(only) = root.get_mut("only").and_then(Item::as_array_mut) {
        only.iter_mut().for_each(|it| replace(Some(it)));
    }
    if let Some(waiters) = root
        .get_mut("waiters")
        .and_then(Item::as_array_of_tables_mut)
    {
        for waiter in waiters.iter_mut() {
            for key in ["operation", "start"] {
                replace(waiter.get_mut(key).and_then(Item::as_value_mut));
            }
        }
    }
    if let Some(credentials) = root
        .get_mut("credentials")
        .and_then(Item::as_table_like_mut)
    {
        for (_, credential) in credentials.iter_mut() {
            let operations = credential.as_table_like_mut();
            let operations = operations.and_then(|it| it.get_mut("operations"));
            if let Some(operations) = operations.and_then(Item::as_array_mut) {
                operations.iter_mut().for_each(|it| replace(Some(it)));
            }
        }
    }
    has_changed.then(|| line_ends::like(text, &document.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[package]\nname = \"pets\"\n\n# Reads one.\n[operations.getPet]\nname = \"get\" # short\n\n\
                        [operations.getPet.parameters]\nlimit.default = 2\n\n[operations.\"PUT /pets\"]\nskip = true\n\n\
                        [[waiters]]\noperation = \"getPet\"\nfield = \"a\"\n\n[[waiters]]\noperation = \"other\"\n";

    fn out(pointer: &str) -> String {
        commented_out(TEXT, pointer, "it is gone").expect("something to comment out")
    }

    #[test]
    fn a_table_is_commented_out_with_all_below_it() {
        let text = out("/operations/getPet");
        assert!(
            text.contains(
                "# Reads one.\n# it is gone\n# [operations.getPet]\n\
                 # name = \"get\" # short\n\n# [operations.getPet.parameters]\n# limit.default = 2\n\n[operations.\"PUT"
            ),
            "{text}"
        );
        let text = out("/operations/PUT ~1pets");
        assert!(
            text.contains("# [operations.\"PUT /pets\"]\n# skip = true\n"),
            "{text}"
        );
    }

    #[test]
    fn a_key_is_commented_out_alone_and_a_waiter_as_a_whole() {
        let text = out("/operations/getPet/parameters/limit");
        assert!(
            text.contains("parameters]\n# it is gone\n# limit.default = 2\n"),
            "{text}"
        );
        let text = out("/waiters/1/operation");
        assert!(
            text.ends_with(
                "field = \"a\"\n\n# it is gone\n# [[waiters]]\n# operation = \"other\"\n"
            ),
            "{text}"
        );
        assert_eq!(commented_out(TEXT, "/waiters/2", ""), None);
        assert_eq!(commented_out(TEXT, "/types/Pet", ""), None);
    }

    #[test]
    fn an_item_of_a_list_goes_and_the_last_one_takes_the_list_along() {
        let text = "only = [\"a\", \"b\"] # some\n[types.Pet]\nfields = { a = { skip = true }, b = { name = \"c\" } }\n";
        let some = commented_out(text, "/only/0", "no `a`").unwrap();
        assert!(some.starts_with("# no `a`\n# \"a\"\nonly = ["), "{some}");
        assert!(some.contains("\"b\"] # some\n"), "{some}");
        let none = commented_out(&some, "/only/0", "no `b`").unwrap();
        assert!(none.contains("# only = ["), "{none}");
        let fields = commented_out(text, "/types/Pet/fields/a", "no `a`").unwrap();
        assert!(
            fields.contains("# a = { skip = true }\nfields = {"),
            "{fields}"
        );
        assert!(fields.parse::<DocumentMut>().is_ok(), "{fields}");
    }

    #[test]
    fn an_operation_is_followed_wherever_it_is_named() {
        let text = renamed(TEXT, "operations", "getPet", "GET /a");
        assert!(text.contains("[operations.\"GET /a\"]\nname = \"get\" # short\n\n[operations.\"GET /a\".parameters]\n"), "{text}");
        let text = renamed(TEXT, "operations", "PUT /pets", "putPets");
        assert!(
            text.contains("[operations.putPets]\nskip = true\n"),
            "{text}"
        );
        let dotted = "[operations]\ngetPet.name = \"get\"\nother.skip = true\n";
        assert_eq!(
            renamed(dotted, "operations", "getPet", "readPet"),
            "[operations]\nreadPet.name = \"get\"\nother.skip = true\n"
        );
        let text = with_other_values(TEXT, "getPet", "readPet").unwrap();
        assert!(text.contains("operation = \"readPet\"\nfield"), "{text}");
        assert_eq!(with_other_values(TEXT, "nobody", "somebody"), None);
    }

    #[test]
    fn line_ends_stay() {
        let text = "[types.A]\r\nname = \"B\"\r\n";
        let out = commented_out(text, "/types/A", "gone").unwrap();
        assert_eq!(out, "# gone\r\n# [types.A]\r\n# name = \"B\"\r\n");
    }
}
