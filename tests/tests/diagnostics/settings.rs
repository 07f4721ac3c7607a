//! Settings of `sdk.toml` that the description has nothing for, that clash, or that do nothing.

use crate::cases::{configured, configured_with_warnings};

const SPEC: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: 'https://api.example.com', description: Production}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: id, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer}}
        - {name: sort, in: query, required: true, schema: {type: string, enum: [name, age]}}
        - {name: tags, in: query, schema: {type: array, items: {type: string}}}
        - {name: fixed, in: query, required: true, schema: {type: string, enum: [one]}}
        - {name: X-Project, in: header, schema: {type: string}}
      responses: {'200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
    put:
      operationId: putPet
      tags: [pets]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      security: [{token: []}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'204': {description: Done.}}
  /pets: {get: {operationId: listPets, tags: [pets], responses: {'204': {description: None.}}}}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        nick: {type: string}
        state: {type: string, enum: [well, ill]}
        counts: {$ref: '#/components/schemas/Counts'}
    Counts: {type: object, properties: {odd: {type: string}}, additionalProperties: {type: integer}}
    Owner: {type: object, properties: {name: {type: string}}}
    Beast: {type: object, properties: {owner: {$ref: '#/components/schemas/Owner'}}}
";

/// A sound package, then this.
macro_rules! after_package {
    ($rest:literal) => {
        concat!("[package]\nname = \"pets\"\nversion = \"0.1.0\"\n\n", $rest)
    };
}

#[test]
fn parameters_that_do_not_suit_the_operation() {
    let cases = [
        (
            "a name of two",
            after_package!("[operations.getPet.parameters]\nid.name = \"pet\"\n"),
        ),
        (
            "defaults of other types",
            after_package!(
                "[operations.getPet.parameters]\nlimit.default = \"two\"\nsort.default = \"nam\"\n\
                 tags.default = \"a\"\nX-Project.default = 7\n\"path:id\".default = \"..\"\n"
            ),
        ),
        (
            "required ones that are skipped",
            after_package!(
                "[operations.getPet.parameters]\nsort.skip = true\n\"path:id\".skip = true\n"
            ),
        ),
        (
            "one that has one value",
            after_package!("[operations.getPet.parameters]\nfixed.default = \"one\"\n"),
        ),
        (
            "names that clash",
            after_package!(
                "[operations.getPet.parameters]\nlimit.name = \"tags\"\nsort.name = \"send\"\n\
                 X-Project.name = \"kind\"\n\"query:id\".name = \"kind\"\n"
            ),
        ),
        (
            "one of the client",
            after_package!(
                "[client.parameters]\nX-Project = \"p\"\n\n\
                 [operations.getPet.parameters]\nX-Project.skip = true\n"
            ),
        ),
        (
            "two entries for one",
            after_package!(
                "[operations.getPet.parameters]\nlimit.default = 2\n\"query:limit\".skip = true\n"
            ),
        ),
    ];
    insta::assert_snapshot!(configured(SPEC, &cases));
}

#[test]
fn fields_that_can_not_be_skipped() {
    let cases = [
        (
            "one that requests require",
            after_package!("[types.Pet.fields.name]\nskip = true\n"),
        ),
        (
            "one that would be taken for another",
            after_package!("[types.Counts.fields.odd]\nskip = true\n"),
        ),
    ];
    insta::assert_snapshot!(configured(SPEC, &cases));
}

#[test]
fn servers_and_credentials_that_the_description_has() {
    let cases = [
        (
            "a server of the description",
            after_package!("[[servers]]\nurl = \"https://api.example.com/\"\n"),
        ),
        (
            "one of the description as the default",
            after_package!("[[servers]]\nurl = \"https://api.example.com\"\ndefault = true\n"),
        ),
        (
            "names that clash",
            after_package!(
                "[[servers]]\nurl = \"https://a.example\"\ndefault = true\n\n\
                 [[servers]]\nurl = \"https://b.example\"\nname = \"production\"\n\n\
                 [[servers]]\nurl = \"https://c.example\"\nname = \"default\"\n"
            ),
        ),
        (
            "a scheme of the description",
            after_package!("[credentials.token]\nscheme = \"bearer\"\n"),
        ),
        (
            "operations that take others, or none",
            after_package!(
                "[operations.listPets]\nskip = true\n\n\
                 [credentials.Key]\nscheme = \"bearer\"\n\
                 operations = [\"getPt\", \"putPet\", \"listPets\", \"GET /pets/{id}\"]\n"
            ),
        ),
    ];
    insta::assert_snapshot!(configured(SPEC, &cases));
}

#[test]
fn keys_that_clash_or_do_nothing() {
    let cases = [
        (
            "two operations of one name",
            after_package!(
                "[operations.getPet]\nname = \"find\"\n\n[operations.listPets]\nname = \"find\"\n"
            ),
        ),
        (
            "a type called as another schema",
            after_package!("[types.Pet]\nname = \"Owner\"\n"),
        ),
        (
            "two types of one name",
            after_package!("[types.Pet]\nname = \"Animal\"\n\n[types.Beast]\nname = \"animal\"\n"),
        ),
        (
            "fields and values that clash",
            after_package!(
                "[types.Pet.fields]\nnick.name = \"name\"\n\n\
                 [types.\"/components/schemas/Pet/properties/state\".values]\nwell.name = \"Ill\"\n\
                 ill.name = \"UnknownValue\"\n"
            ),
        ),
        (
            "a waiter for a skipped operation",
            after_package!(
                "[operations.getPet]\nskip = true\n\n[[waiters]]\noperation = \"getPet\"\n\
                 field = \"state\"\ndone = [\"well\"]\n"
            ),
        ),
        (
            "a waiter of no resource, and misspelt names",
            after_package!(
                "[[waiters]]\nresource = \"cats\"\noperation = \"getPet\"\nfield = \"state\"\n\
                 done = [\"wel\"]\n\n[[waiters]]\nname = \"other\"\noperation = \"getPt\"\n\
                 field = \"state\"\ndone = [\"well\"]\n\n[[waiters]]\nname = \"third\"\n\
                 operation = \"getPet\"\nfield = \"stat\"\ndone = [\"well\"]\n"
            ),
        ),
    ];
    insta::assert_snapshot!(configured(SPEC, &cases));
}

#[test]
fn keys_that_are_told_and_do_no_harm() {
    let cases = [
        (
            "a name that another operation would have",
            after_package!("[operations.getPet]\nname = \"list\"\n"),
        ),
        (
            "settings of the client without effect",
            after_package!(
                "[client]\napi-key-env = \"KEY\"\nbase-url = \"https://api.example.com\"\n\n\
                 [credentials.token]\nenv = \"TOKEN\"\n"
            ),
        ),
        (
            "two waiters of one name",
            after_package!(
                "[[waiters]]\noperation = \"getPet\"\nfield = \"state\"\ndone = [\"well\"]\n\n\
                 [[waiters]]\noperation = \"getPet\"\nfield = \"state\"\ndone = [\"ill\"]\n"
            ),
        ),
    ];
    let without_server = SPEC.replace(
        "servers: [{url: 'https://api.example.com', description: Production}]\n",
        "",
    );
    let only_server = [(
        "the name of the only server",
        after_package!("[[servers]]\nurl = \"https://a.example\"\nname = \"main\"\n"),
    )];
    let said = configured_with_warnings(SPEC, &cases);
    let more = configured_with_warnings(&without_server, &only_server);
    insta::assert_snapshot!(format!("{said}{more}"));
}

#[test]
fn settings_of_what_the_description_does_not_have() {
    let cases = [
        (
            "a name of none",
            after_package!("[operations.getPet.parameters]\nlimt.default = 2\n"),
        ),
        (
            "an operation without any",
            after_package!("[operations.listPets.parameters]\nlimit.default = 2\n"),
        ),
        (
            "one that isn't there",
            after_package!("[types.Pet.fields.nik]\nskip = true\n"),
        ),
        (
            "a scheme that nobody knows",
            after_package!("[credentials.secret]\nname = \"key\"\n"),
        ),
        (
            "a scheme that is misspelt",
            after_package!("[credentials.tokn]\nname = \"key\"\n"),
        ),
        (
            "misspelt names",
            after_package!(
                "[resources.pet]\nname = \"all\"\n\n[operations.lstPets]\nskip = true\n\n\
                 [types.Onwer]\nname = \"Person\"\n\n[types.Pet.fields.nam]\nname = \"label\"\n\n\
                 [types.\"/components/schemas/Pet/properties/state\".values.wel]\nname = \"Fine\"\n"
            ),
        ),
    ];
    insta::assert_snapshot!(configured_with_warnings(SPEC, &cases));
}
