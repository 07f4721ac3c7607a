//! How the pages of lists follow each other.

use super::*;

#[test]
fn how_pages_go_on() {
    let config = read(&format!(
        "{PACKAGE}[operations.listPets.pages]\nby = \"page\"\nparameter = \"page[number]\"\nitems = \"\"\n\
         more = \"meta.more\"\nfirst = 0\ntotal-pages = \"meta.pages\"\n\
         [operations.listCats.pages]\nnext = \"@odata.nextLink\"\n"
    ));
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        config.operations["listPets"].pages,
        Some(Pages {
            by: Some(By::Page),
            parameter: text("page[number]"),
            items: text(""),
            more: text("meta.more"),
            first: Some(0),
            total: text("meta.pages"),
            ..Pages::NOTHING
        })
    );
    assert_eq!(
        config.operations["listCats"].pages,
        Some(Pages {
            next: text("@odata.nextLink"),
            ..Pages::NOTHING
        })
    );
}

#[test]
fn two_keys_for_the_end_of_a_list_are_an_error() {
    for table in ["[pages]", "[operations.listPets.pages]"] {
        let text = format!("{PACKAGE}{table}\nmore = \"has_more\"\ndone = \"done\"\n");
        let problems = Config::read(Source {
            name: "sdk.toml",
            text: &text,
        });
        let problems = problems.expect_err("one of the two has no effect");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].message.contains("`done` has no effect"));
    }
}
