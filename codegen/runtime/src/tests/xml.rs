//! XML that is read and written by tables, and XML that isn't.

use serde_json::{Value, json};

use super::super::xml::{Element, Field, Kind, Object, to_json, to_xml};

const DC: &str = "http://purl.org/dc/elements/1.1/";

static OWNER: Object = Object::new(&[
    Field::element("id", Kind::Text).named("ID"),
    Field::element("friend", Kind::Object(&OWNER)),
]);

static OF_PET: Object = Object::new(&[
    Field::attribute("id", Kind::Number),
    Field::element("name", Kind::Text),
    Field::element("title", Kind::Text),
    Field::element("dc_title", Kind::Text)
        .named("title")
        .prefix("dc")
        .namespace(DC),
    Field::element("weight", Kind::Number).nullable(),
    Field::element("tame", Kind::Boolean),
    Field::element("owner", Kind::Object(&OWNER)),
    Field::items("nicknames", Kind::Text).named("nickname"),
    Field::items("owners", Kind::Object(&OWNER)).required(),
    Field::element("tags", Kind::List(&TAG)).named("Tags"),
    Field::element("extra", Kind::Map(&Kind::Number)),
]);

static TAG: Element = Element::new("Tag", Kind::Text).also("Tags");

static PET: Element = Element::new("Pet", Kind::Object(&OF_PET));

static OF_NOTE: Object = Object::new(&[
    Field::attribute("lang", Kind::Text).prefix("xml"),
    Field::text("body", Kind::Text).required(),
])
.rest(Kind::Any);

static NOTE: Element = Element::new("note", Kind::Object(&OF_NOTE))
    .prefix("n")
    .namespace("urn:note");

static OF_HTML: Object = Object::new(&[Field::cdata("html", Kind::Text)]);

static HTML: Element = Element::new("html", Kind::Object(&OF_HTML));

fn read(xml: &str, root: &Element) -> Value {
    let (json, _) = to_json(xml.as_bytes(), &[root]).unwrap_or_else(|it| panic!("{it}"));
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn refused(xml: impl AsRef<[u8]>) -> (String, String) {
    let problem = to_json(xml.as_ref(), &[&PET]).expect_err("it is refused");
    (problem.path, problem.reason)
}

/// What is written of a value, behind the declaration.
fn written(value: &Value, root: &Element) -> String {
    let xml = to_xml(value, root).unwrap_or_else(|it| panic!("{it}"));
    let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    xml.strip_prefix(declaration)
        .expect("it comes first")
        .to_owned()
}

#[test]
fn xml_is_read_by_its_table() {
    let xml = "<?xml version='1.0' encoding='utf-8'?>\n\
        <!-- a pet --><Pet id='007' xmlns:x='http://purl.org/dc/elements/1.1/'>\n\
          <name> Fé &amp; &#x46;<![CDATA[<o>]]></name><x:title>b</x:title><title>a</title>\n\
          <tame> 1 </tame><weight>+1.50</weight><unknown><deep/></unknown>\n\
          <nickname>one</nickname><owner><ID/></owner><nickname>007</nickname>\n\
          <Tags><Tag>x</Tag><Other/><Tags>y</Tags><Tag/></Tags><extra><a>1</a></extra>\n\
        </Pet>";
    let expected = json!({
        "id": "007",
        "name": " Fé & F<o>",
        "title": "a",
        "dc_title": "b",
        "weight": 1.5,
        "tame": true,
        "owner": {"id": ""},
        "nicknames": ["one", "007"],
        "owners": [],
        "tags": ["x", "y", ""],
        "extra": {"a": 1},
    });
    assert_eq!(read(xml, &PET), expected);
}

#[test]
fn xml_of_numbers_keeps_their_digits() {
    let json = to_json(
        b"<Pet><weight>1.500000000000000000000</weight></Pet>",
        &[&PET],
    );
    let (json, _) = json.expect("it is well-formed");
    assert!(
        json.contains(r#""weight":1.500000000000000000000"#),
        "{json}"
    );
}

#[test]
fn xml_that_is_missing_or_nil_is_as_in_json() {
    let nil = "<Pet xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>\
        <weight xsi:nil='true'/><name/></Pet>";
    let expected = json!({"name": "", "weight": null, "owners": []});
    assert_eq!(read(nil, &PET), expected);
    assert_eq!(read("<Pet/>", &PET), json!({"owners": []}));
    assert_eq!(
        read("<Pet><tame/></Pet>", &PET),
        json!({"tame": null, "owners": []})
    );
}

#[test]
fn xml_of_other_namespaces_is_matched_by_local_names_where_none_is_described() {
    let s3 = "<Pet xmlns='http://s3.amazonaws.com/doc/2006-03-01/'><name>a</name></Pet>";
    assert_eq!(read(s3, &PET), json!({"name": "a", "owners": []}));
    let prefixed = "<p:Pet xmlns:p='urn:p'><p:name>a</p:name></p:Pet>";
    assert_eq!(read(prefixed, &PET), json!({"name": "a", "owners": []}));
}

#[test]
fn xml_that_nothing_describes_is_kept_where_other_properties_are() {
    let xml = "<note xml:lang='en' z='1'>hi<a>1</a><b c='2'>x<d/></b><a>2</a></note>";
    let expected = json!({
        "lang": "en",
        "body": "hi",
        "a": ["1", "2"],
        "b": {"@c": "2", "#text": "x", "d": ""},
    });
    assert_eq!(read(xml, &NOTE), expected);
    assert_eq!(read("<note/>", &NOTE), json!({"body": ""}));
}

#[test]
fn xml_is_written_by_its_table() {
    let pet = json!({
        "id": 7,
        "name": "a<b>&\"c\"\r\n",
        "dc_title": "b",
        "weight": null,
        "tame": false,
        "owner": {"id": "1", "friend": {}},
        "nicknames": ["x", "y"],
        "owners": [],
        "tags": [],
        "extra": {"k": 1},
    });
    let expected = format!(
        "<Pet xmlns:dc=\"{DC}\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" id=\"7\">\
         <name>a&lt;b&gt;&amp;\"c\"&#13;\n</name><dc:title>b</dc:title><weight xsi:nil=\"true\"/>\
         <tame>false</tame><owner><ID>1</ID><friend/></owner><nickname>x</nickname>\
         <nickname>y</nickname><Tags/><extra><k>1</k></extra></Pet>"
    );
    assert_eq!(written(&pet, &PET), expected);
}

#[test]
fn xml_that_is_written_is_read_as_the_same() {
    let pet = json!({
        "id": 7, "name": " a\t<&>\r\n\u{85}'\"", "title": "", "dc_title": "]]>", "weight": null,
        "owner": {"id": "", "friend": {"id": "é"}}, "nicknames": ["", "1"], "owners": [{}, {"id": "1"}],
        "tags": ["a"], "extra": {"b": 2, "c": 1000.5},
    });
    let xml = to_xml(&pet, &PET).expect("it can be written");
    assert_eq!(read(&xml, &PET), pet);
    let note =
        json!({"lang": "\n \"", "body": "a", "b": {"@c": "2", "#text": "x"}, "d": ["1", "2"]});
    let xml = to_xml(&note, &NOTE).expect("it can be written");
    assert!(
        xml.contains("<n:note xmlns:n=\"urn:note\" xml:lang"),
        "{xml}"
    );
    assert_eq!(read(&xml, &NOTE), note);
    let html = json!({"html": "<p>]]></p>"});
    let xml = to_xml(&html, &HTML).expect("it can be written");
    assert!(
        xml.contains("<html><![CDATA[<p>]]]]><![CDATA[></p>]]></html>"),
        "{xml}"
    );
    assert_eq!(read(&xml, &HTML), html);
}

#[test]
fn xml_cannot_be_written_of_what_it_cannot_have() {
    let refused = |value: Value| to_xml(&value, &PET).expect_err("it is refused").reason;
    assert_eq!(
        refused(json!({"name": "\u{0}"})),
        "the character U+0000 can't be in XML"
    );
    assert_eq!(refused(json!({"odd": 1})), "nothing describes `odd` in XML");
    let name = "`a b` can't be the name of an element";
    assert_eq!(refused(json!({"extra": {"a b": 1}})), name);
    assert!(refused(json!({"extra": {"x><y": 1}})).contains("can't be the name"));
}

#[test]
fn hostile_xml_entities_are_refused() {
    let bomb = "<!DOCTYPE Pet [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><Pet><name>&b;</name></Pet>";
    assert_eq!(
        refused(bomb).1,
        "a document type declaration isn't accepted"
    );
    let file = "<!DOCTYPE Pet SYSTEM 'file:///etc/passwd'><Pet/>";
    assert_eq!(
        refused(file).1,
        "a document type declaration isn't accepted"
    );
    let (path, reason) = refused("<Pet><name>&passwd;</name></Pet>");
    assert_eq!(path, "Pet/name");
    assert_eq!(reason, "an entity isn't one of the five of XML");
    refused("<Pet id='&passwd;'/>");
    refused("<Pet><name>&#0;</name></Pet>");
    refused("<Pet><name>&#x110000;</name></Pet>");
}

#[test]
fn hostile_xml_is_limited() {
    let deep = format!("<Pet>{}", "<a>".repeat(10_000));
    assert_eq!(refused(deep).1, "elements are nested more than 100 deep");
    let attributes: Vec<String> = (0..200_000).map(|index| format!(" a{index}=''")).collect();
    let attributes = attributes.concat();
    let reason = "an element has more than 256 attributes";
    assert_eq!(refused(format!("<Pet{attributes}/>")).1, reason);
    let declarations: Vec<String> = (0..300)
        .map(|index| format!(" xmlns:a{index}='u'"))
        .collect();
    let declarations = declarations.concat();
    assert_eq!(refused(format!("<Pet{declarations}/>")).1, reason);
    let many = format!("<Pet>{}</Pet>", "<a/>".repeat(1_000_001));
    assert_eq!(refused(many).1, "there are more than 1000000 elements");
}

#[test]
fn xml_that_is_not_well_formed_is_refused() {
    assert_eq!(refused("").1, "there is no element");
    assert_eq!(
        refused("{\"name\": \"a\"}").1,
        "there is text outside of the root element"
    );
    assert_eq!(
        refused("<Pet><name>a</name>").1,
        "the document ends within an element"
    );
    assert!(refused("<Pet>\n<name>a</Pet>").1.contains("(line 2)"));
    refused("<Pet><name");
    refused("<Pet id=1/>");
    refused("<Pet id='1' id='2'/>");
    refused("<Pet></Pet></Pet>");
    assert_eq!(refused("<Pet/><Pet/>").1, "there is a second root element");
    assert_eq!(
        refused("<Error/>").1,
        "the root element is `Error`, not `Pet`"
    );
    assert!(refused(b"<Pet>\xff</Pet>").1.contains("invalid utf-8"));
    assert_eq!(
        refused(b"\xff\xfe<\0P\0").1,
        "it is UTF-16, and only UTF-8 is supported"
    );
    let latin = "<?xml version='1.0' encoding='ISO-8859-1'?><Pet/>";
    assert_eq!(
        refused(latin).1,
        "its encoding isn't UTF-8, and only that is supported"
    );
    let marked = "\u{feff}<Pet/>";
    assert_eq!(read(marked, &PET), json!({"owners": []}));
}

#[test]
fn xml_of_another_root_is_read_where_only_a_component_names_it() {
    static INFERRED: Element = Element::new("Pet", Kind::Object(&OF_PET)).inferred();
    let read = |xml: &str| to_json(xml.as_bytes(), &[&INFERRED]).map_err(|it| it.reason);
    let (json, other) = read("<Animal><name>a</name></Animal>").expect("it has a field of a pet");
    assert_eq!(
        (&*json, other),
        (r#"{"name":"a","owners":[]}"#, Some("Pet"))
    );
    assert_eq!(
        read("<Pet><name>a</name></Pet>").map(|(_, other)| other),
        Ok(None)
    );
    let refused = Err("the root element is `Error`, not `Pet`".to_owned());
    assert_eq!(read("<Error><Code>1</Code></Error>"), refused);
    assert_eq!(read("<Error/>"), refused);
}
