//! Keys that can't be sent are refused when the client is built.

use llama_cloud::Client;

#[test]
fn a_missing_key_is_an_error_that_says_how_to_give_one() {
    let error = Client::builder().build().expect_err("there is no key");
    assert!(error.is_invalid_input());
    let text = error.to_string();
    assert!(text.contains("api_key"), "{text}");
    assert!(text.contains("LLAMA_CLOUD_API_KEY"), "{text}");
}

#[test]
fn a_blank_or_unsendable_key_is_an_error_that_does_not_show_it() {
    for key in [
        "",
        " ",
        "\t\n",
        "llx-topsecret\n",
        "llx-topsecret\r\nx: y",
        "llx-topsecret\0",
        "llx-topsecret-é",
        " llx-topsecret",
        "llx-topsecret ",
    ] {
        let error = Client::new(key).expect_err("the key can't be sent");
        assert!(error.is_invalid_input(), "{key:?}: {error}");
        assert!(error.to_string().contains("key"), "{key:?}: {error}");
        for shown in [error.to_string(), format!("{error:?}")] {
            assert!(!shown.contains("topsecret"), "{shown}");
        }
    }
}

#[test]
fn a_key_of_any_characters_that_a_header_takes_is_taken() {
    for key in ["x", "a b", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "0"] {
        if let Err(error) = Client::new(key) {
            panic!("{key:?}: {error}");
        }
    }
}
