//! What overlays do to a description in several files, and URIs that nothing is read for.

use super::*;

#[test]
fn uris_that_nothing_is_read_for_stay_relative_to_the_document() {
    let text = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {$ref: p/a.yaml}}\ncomponents: {links: {l: \
                {operationRef: 'p/a.yaml#/get'}, m: {operationRef: 'p/b.yaml#/get'}}}\n";
    let files = [(
        "p/a.yaml",
        "get:
  responses:
    '200':
      description: D.
      links: {a: {operationRef: '#/get'}, b: {operationRef: '../x.yaml#/get'}, c: {operationRef: '../api.yaml#/paths/~1a/get'}}
      content: {text/plain: {examples: {e: {externalValue: e.txt}, f: {externalValue: 'https://a.example/f'}}}}
",
    )];
    let found = joined(text, &files);
    let response = &found["paths"]["/a"]["get"]["responses"]["200"];
    let links = ["a", "b", "c"].map(|name| &response["links"][name]["operationRef"]);
    let own = "#/paths/~1a/get";
    assert_eq!(links, [own, "x.yaml#/get", own]);
    let examples = &response["content"]["text/plain"]["examples"];
    assert_eq!(examples["e"]["externalValue"], "p/e.txt");
    assert_eq!(examples["f"]["externalValue"], "https://a.example/f");
    let links = &found["components"]["links"];
    assert_eq!(links["l"]["operationRef"], own);
    assert_eq!(links["m"]["operationRef"], "p/b.yaml#/get");
}

#[test]
fn overlays_change_the_joined_document_and_what_they_add_is_joined() {
    let text = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {$ref: a.yaml}}\n";
    let overlay = "overlay: 1.1.0\ninfo: {title: O, version: '1'}\nactions:\n\
        - {target: \"$.paths['/a'].get\", update: {summary: S.}}\n\
        - {target: $.components.schemas.pet.properties.gone, remove: true}\n\
        - {target: $.components.schemas.pet, update: {properties: {more: {$ref: s/more.yaml}}}}\n";
    let files = [
        (
            "a.yaml",
            "get: {responses: {'200': {description: D., content: {j/j: {schema: {$ref: s/pet.yaml}}}}}}",
        ),
        (
            "s/pet.yaml",
            "properties: {gone: {$ref: gone.yaml}, kept: {type: strin}, lost: {$ref: lost.yaml}}",
        ),
        ("s/more.yaml", "type: object"),
        ("s/lost.yaml", "type: string"),
    ];
    let overlays = [Source {
        name: "o.yaml",
        text: overlay,
    }];
    let read = |files: &[(&'static str, &str)]| {
        let resolver = resolver(files);
        let description = Description {
            overlays: &overlays,
            ..description(text, &resolver)
        };
        Given::again(description).map(|given| (given.value, given.origins))
    };
    let (value, origins) = read(&files).unwrap();
    assert_eq!(value["paths"]["/a"]["get"]["summary"], "S.");
    let pet = &value["components"]["schemas"]["pet"]["properties"];
    assert_eq!(pet["more"]["$ref"], "#/components/schemas/more");
    assert_eq!(pet["lost"]["$ref"], "#/components/schemas/lost");
    let kept = origins.find("/components/schemas/pet/properties/kept/type", false);
    assert_eq!(
        (kept.origin, &*kept.pointer),
        (Origin::File(1), "/properties/kept/type")
    );
    let more = origins.find("/components/schemas/pet/properties/more", false);
    assert_eq!(more.origin, Origin::Overlay(0));
    // What stays and can't be followed is reported where it is written.
    let resolver = resolver(&files[..3]);
    let found = bundle(Description {
        overlays: &overlays,
        ..description(text, &resolver)
    });
    let found = found.unwrap_err();
    let places: Vec<(Origin, &str, &str)> = found
        .iter()
        .map(|it| (it.origin, &*it.pointer, &*it.message))
        .collect();
    assert_eq!(
        places,
        [(
            Origin::File(1),
            "/properties/lost/$ref",
            "no such file: `s/lost.yaml`"
        )]
    );
}
