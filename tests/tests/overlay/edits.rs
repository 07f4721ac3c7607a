//! What overlays make of a crate, and of the comparison of two descriptions.

use codegen::{Document, Origin, Step, configuration, parse, survey};

use crate::{PETS, Texts, overlay};

fn files(texts: &Texts) -> Vec<(String, String)> {
    let generated = texts.generate();
    let generated = generated.unwrap_or_else(|errors| panic!("{}", texts.render(&errors)));
    let files = generated.files.into_iter();
    files.map(|file| (file.path, file.text)).collect()
}

fn text(texts: &Texts) -> String {
    files(texts).into_iter().map(|(_, text)| text).collect()
}

/// A text after a replacement, which has to be one.
fn replaced(old: &str, new: &str) -> Texts {
    assert!(PETS.contains(old), "{old}");
    Texts::new(PETS.replacen(old, new, 1))
}

#[test]
fn an_edit_of_the_description_and_the_same_edit_by_an_overlay_give_the_same_bytes() {
    let operation =
        "  /owners:\n    get: {tags: [owners], responses: {'204': {description: None.}}}\n";
    for (edited, actions) in [
        (
            replaced("age: {type: integer}", "age: {type: number}"),
            "- target: $.components.schemas.Pet.properties.age\n  update: {type: number}",
        ),
        (
            replaced("        age: {type: integer}\n", ""),
            "- target: $..properties.age\n  remove: true",
        ),
        (
            replaced("components:\n", &format!("{operation}components:\n")),
            "- target: $.paths\n  update:\n    /owners:\n      get: {tags: [owners], responses: {'204': {description: None.}}}",
        ),
        (
            replaced(
                "        - {name: limit, in: query, schema: {type: integer}}\n",
                "",
            ),
            "- target: $..parameters[?@.name=='limit']\n  remove: true",
        ),
        (
            replaced("/pets:", "/animals:"),
            "- target: $.paths\n  update: {/animals: {}}\n- target: $.paths['/animals']\n  copy: $.paths['/pets']\n- target: $.paths['/pets']\n  remove: true",
        ),
        (
            replaced(
                "example.com'}]",
                "example.com'}, {url: 'https://b.example.com', description: B}]",
            ),
            "- target: $.servers\n  update: {url: 'https://b.example.com', description: B}",
        ),
        (
            replaced(
                "components:\n",
                "security: [{key: []}]\ncomponents:\n  securitySchemes: {key: {type: http, scheme: bearer}}\n",
            ),
            "- target: $\n  update:\n    security: [{key: []}]\n    components: {securitySchemes: {key: {type: http, scheme: bearer}}}",
        ),
        (
            replaced("version: '1'", "version: '1.10'"),
            "- target: $.info\n  update: {version: 1.10}",
        ),
        (
            replaced(
                "id: {type: string}",
                "id: {type: [string, 'null'], const: a}",
            ),
            "- target: $.components.schemas.Pet.properties.id.type\n  remove: true\n- target: $.components.schemas.Pet.properties.id\n  update: {type: [string, 'null'], const: a}",
        ),
    ] {
        assert_eq!(
            files(&edited),
            files(&Texts::new(PETS).fixed(actions)),
            "{actions}"
        );
    }
}

#[test]
fn anchors_and_merge_keys_of_an_overlay_are_its_own() {
    let overlay = "overlay: 1.1.0\ninfo: {title: A, version: '1'}\nx-page: &page {name: page, in: query, schema: {type: integer}}\n\
        actions:\n  - target: $.paths['/pets'].get.parameters\n    update: [*page, {<<: *page, name: size}]\n";
    let made = text(&Texts::new(PETS).with(overlay));
    assert!(made.contains("fn page(") && made.contains("fn size("));
}

#[test]
fn an_overlay_of_nothing_changes_nothing() {
    let plain = files(&Texts::new(PETS));
    assert_eq!(
        plain,
        files(&Texts::new(PETS).fixed("- target: $.info\n  update: {}"))
    );
    let version = files(&Texts::new(PETS.replace("'1'", "1.10")));
    let same =
        Texts::new(PETS.replace("'1'", "1.10")).fixed("- target: $.info\n  update: {x-a: 1}");
    assert_eq!(version, files(&same));
}

#[test]
fn a_comparison_is_of_results_and_places_are_in_the_texts() {
    let old = Texts::new(PETS);
    let new = Texts::new(PETS).fixed(
        "- target: $.paths['/pets'].get.parameters[0]\n  remove: true\n\
         - target: $.components.schemas.Pet.properties\n  update: {name: {type: string}}\n\
         - target: $.components.schemas.Pet.properties.age.type\n  update: string",
    );
    let found = old.read(|old, config| {
        new.read(|new, _| codegen::diff((old, config), (new, config)).expect("both are sound"))
    });
    let place = |name: &str| {
        let change = found.changes.iter().find(|it| it.name.contains(name));
        change
            .unwrap_or_else(|| panic!("{name}: {found:?}"))
            .clone()
    };
    let added = place("Pet.name").new.expect("it is new");
    assert_eq!((added.origin, added.line), (Origin::Overlay(0), 7));
    assert_eq!(added.pointer, "/actions/1/update/name");
    assert_eq!(
        place("trace").old.map(|it| (it.origin, it.line)),
        Some((Origin::Spec, 10))
    );
    assert_eq!(found.step(), Step::Major);
    let same = new.read(|new, config| codegen::diff((new, config), (new, config)));
    assert_eq!(same.map(|it| it.changes), Ok(Vec::new()));
}

#[test]
fn all_that_takes_a_description_takes_its_overlays() {
    let texts = Texts::new(PETS)
        .with(overlay(
            "1.0.0",
            "- target: $.paths['/pets'].get\n  update: {operationId: findPets}",
        ))
        .fixed("- target: $.components.schemas.Pet.properties.age.type\n  update: string");
    texts.read(|spec, config| {
        let written = configuration(spec, Some("pets")).expect("it is sound");
        assert!(written.contains("findPets"), "{written}");
        assert_eq!(codegen::check(spec, config), Ok(Vec::new()));
        let value = parse(spec).expect("it is sound");
        assert_eq!(value["paths"]["/pets"]["get"]["operationId"], "findPets");
        let found = survey(spec, config).expect("it is sound");
        let age = found.schemas.iter().find(|it| it.pointer.ends_with("/age"));
        assert_eq!(age.map(|it| &*it.rust), Some("String"));
        let only = codegen::generate_only(spec, config, &["findPets".to_owned()]);
        assert!(only.is_ok_and(|it| it.summary.operations == 1));
        let (document, _) = Document::read(spec).expect("it is sound");
        assert_eq!(document.overlays().len(), 2);
        assert_eq!(document.overlays()[0].title, "Fixes");
        let (origin, pointer) = document.origin("/paths/~1pets/get/responses");
        assert_eq!(
            (origin, &*pointer),
            (Origin::Spec, "/paths/~1pets/get/responses")
        );
        let mut places = [codegen::Diagnostic::error(
            Origin::Spec,
            "/components/schemas/Pet/properties/age/type",
            "",
        )];
        codegen::locate(spec, &mut places);
        assert_eq!(places[0].origin, Origin::Overlay(1));
    });
}
