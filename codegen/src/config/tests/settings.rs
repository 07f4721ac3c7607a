//! Settings of single operations, servers, credentials and waiters.

use std::time::Duration;

use super::super::{Credential, CredentialScheme, Parameter, Value};
use super::{PACKAGE, problems_after_package, read};

#[test]
fn credentials_have_a_name_and_a_variable() {
    let config = read(&format!(
        "{PACKAGE}[client]\nbase-url = \"https://example.com/v1\"\n[credentials.AppSecret]\n\
         name = \"secret\"\nenv = \"APP_SECRET\"\n"
    ));
    assert_eq!(
        config.client.base_url.as_deref(),
        Some("https://example.com/v1")
    );
    let secret = &config.credentials["AppSecret"];
    assert_eq!(secret.name.as_deref(), Some("secret"));
    assert_eq!(secret.env.as_deref(), Some("APP_SECRET"));
}

#[test]
fn operations_have_limits_and_parameters() {
    let config = read(&format!(
        "{PACKAGE}[operations.listPets]\ntimeout = 1.5\nmax-retries = 0\n\
         [operations.listPets.parameters]\nlimit = {{ name = \"most\", default = 20 }}\n\
         \"header:id\" = {{ skip = true }}\nratio.default = 1_0.5\nall.default = true\n\
         kind.default = \"cat\"\n"
    ));
    let operation = &config.operations["listPets"];
    assert_eq!(operation.timeout, Some(Duration::from_millis(1500)));
    assert_eq!(operation.max_retries, Some(0));
    let limit = Parameter {
        name: Some("most".to_owned()),
        default: Some(Value::Integer(20)),
        skip: false,
    };
    assert_eq!(operation.parameters["limit"], limit);
    assert!(operation.parameters["header:id"].skip);
    let default = |key: &str| operation.parameters[key].default.clone();
    assert_eq!(default("ratio"), Some(Value::Number("10.5".to_owned())));
    assert_eq!(default("all"), Some(Value::Boolean(true)));
    assert_eq!(default("kind"), Some(Value::Text("cat".to_owned())));
}

#[test]
fn limits_and_parameters_that_are_wrong() {
    let told = problems_after_package(
        "[operations.a]\ntimeout = 0\nmax-retries = -1\n\
         [operations.a.parameters]\nx = { skip = true, name = \"y\" }\ny = { default = [1] }\n\
         z = { default = inf }\nw = { nam = \"a\" }\n\
         [operations.b]\nskip = true\ntimeout = \"1s\"\n\
         [operations.c]\ntimeout = 1e300\nmax-retries = 5000\n",
    );
    let expected = [
        "/operations/a/timeout: `timeout` is 0 seconds",
        "/operations/a/max-retries: `max-retries` is -1",
        "/operations/a/parameters/x/name: `name` has no effect beside `skip`: nobody sets the parameter",
        "/operations/a/parameters/y/default: `default` must be a string, a number or a boolean, but is an array",
        "/operations/a/parameters/z/default: `default` must be a string, a number or a boolean, but is a float",
        "/operations/a/parameters/w/nam: unknown key `nam`",
        "/operations/b/timeout: `timeout` has no effect beside `skip`: there is no operation",
        "/operations/b/timeout: `timeout` must be a number of seconds, but is a string",
        "/operations/c/timeout: `timeout` is 1e300 seconds",
        "/operations/c/max-retries: `max-retries` is 5000",
    ];
    assert_eq!(told, expected);
}

#[test]
fn servers_have_a_url_and_at_most_one_is_the_default() {
    let config = read(&format!(
        "{PACKAGE}[[servers]]\nurl = \"https://eu.example.com/\"\nname = \"eu\"\n\
         [[servers]]\nurl = \"https://us.example.com\"\ndefault = true\n"
    ));
    assert_eq!(config.servers[0].url, "https://eu.example.com");
    assert_eq!(config.servers[0].name, Some("eu".to_owned()));
    assert!(config.servers[1].default);
    let told = problems_after_package(
        "[client]\nbase-url = \"https://a.example\"\n\
         [[servers]]\nurl = \"https://b.example\"\ndefault = true\nname = \"b\"\n\
         [[servers]]\nurl = \"https://b.example/\"\n\
         [[servers]]\nurl = \"https://{region}.example\"\n\
         [[servers]]\nname = \"d\"\n",
    );
    let expected = [
        "/servers/0/default: both this server and `base-url` of `[client]` are the default",
        "/servers/0/name: `name` has no effect beside `default`: the constant of the default server is `DEFAULT`",
        "/servers/1/url: duplicate server `https://b.example`",
        "/servers/2/url: `url` must be the URL of a server, but `https://{region}.example` has a variable",
        "/servers/3: `url` is missing",
    ];
    assert_eq!(told, expected);
    let told = problems_after_package(
        "[[servers]]\nurl = \"https://a.example\"\ndefault = true\n\
         [[servers]]\nurl = \"https://b.example\"\ndefault = true\n",
    );
    let expected = ["/servers/1/default: both this server and another server are the default"];
    assert_eq!(told, expected);
}

#[test]
fn credentials_say_how_they_are_sent() {
    let config = read(&format!(
        "{PACKAGE}[credentials.Key]\nscheme = \"header\"\nparameter = \"X-Key\"\n\
         operations = [\"getPet\"]\n"
    ));
    let key = Credential {
        scheme: Some(CredentialScheme::Header),
        parameter: Some("X-Key".to_owned()),
        operations: vec!["getPet".to_owned()],
        ..Credential::default()
    };
    assert_eq!(config.credentials["Key"], key);
    let told = problems_after_package(
        "[credentials.A]\nparameter = \"X-Key\"\noperations = [\"a\"]\n\
         [credentials.B]\nscheme = \"header\"\noperations = []\n\
         [credentials.C]\nscheme = \"bearer\"\nparameter = \"X-Key\"\n\
         [credentials.D]\nscheme = \"heder\"\n\
         [credentials.E]\nscheme = \"header\"\nparameter = \"Authorization\"\n\
         [credentials.F]\nscheme = \"cookie\"\nparameter = \"a=b\"\n",
    );
    let expected = [
        "/credentials/A/parameter: `parameter` has no effect without `scheme`",
        "/credentials/A/operations: `operations` has no effect without `scheme`",
        "/credentials/B: `parameter` is missing",
        "/credentials/B/operations: `operations` is empty",
        "/credentials/C/parameter: `parameter` has no effect on the scheme `bearer`",
        "/credentials/D/scheme: invalid value `heder` for `scheme`",
        "/credentials/E/parameter: `parameter` must be a header name, but `Authorization` is a standard \
         header with another meaning",
        "/credentials/F/parameter: `parameter` must be the name of a cookie, but `a=b` contains a \
         character that is invalid in the name of a cookie",
    ];
    assert_eq!(told, expected);
}

#[test]
fn waiters_have_an_interval_and_a_timeout() {
    let config = read(&format!(
        "{PACKAGE}[[waiters]]\noperation = \"getPet\"\nfield = \"state\"\ndone = [\"well\"]\n\
         interval = 0.25\ntimeout = 600\n"
    ));
    assert_eq!(config.waiters[0].interval, Some(Duration::from_millis(250)));
    assert_eq!(config.waiters[0].timeout, Some(Duration::from_secs(600)));
}

#[test]
fn a_skipped_field_has_nothing_else() {
    let told = problems_after_package(
        "[types.Pet.fields.a]\nskip = true\nname = \"b\"\nrequired = false\n",
    );
    let expected = [
        "/types/Pet/fields/a/name: `name` has no effect beside `skip`: there is no field",
        "/types/Pet/fields/a/required: `required` has no effect beside `skip`: there is no field",
    ];
    assert_eq!(told, expected);
}

#[test]
fn the_example_in_the_documentation_is_right() {
    let text = include_str!("../mod.rs");
    let lines = text.lines().filter_map(|line| line.strip_prefix("//!"));
    let example = lines.skip_while(|line| *line != " ```toml").skip(1);
    let example: Vec<&str> = example.take_while(|line| *line != " ```").collect();
    assert!(example.len() > 100);
    let mut example = example.join("\n");
    // What stands in each other's way is there all the same, to be documented.
    for other in [
        "base-url = \"https://pets.example.com\"",
        "done = \"paging.is_last\"",
    ] {
        assert!(example.contains(other), "{other}");
        example = example.replace(other, "");
    }
    read(&example);
}
