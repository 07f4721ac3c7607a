//! What holds for any text that a caller or a server comes up with.

use std::time::SystemTime;

use proptest::prelude::*;
use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};

use crate::runtime::argument::Argument;
use crate::runtime::operation::{Parameter, Style};
use crate::runtime::redact::Redactor;
use crate::runtime::{path, query, retry_after};

fn parsed(path_and_query: &str) -> Url {
    Url::parse(&format!("http://host{path_and_query}")).expect("a URL")
}

proptest! {
    #[test]
    fn a_path_value_arrives_as_it_was_in_its_own_segment(value in any::<String>()) {
        let parameter = Parameter::path("x");
        let argument = Argument::Text(value.clone());
        let mut path = String::new();
        let values: path::Values<'_> = &|_| Some((parameter, &argument));
        let expanded = path::expand(&mut path, "/a/{x}/b", values).map(|()| path);
        if matches!(value.as_str(), "" | "." | "..") {
            prop_assert!(expanded.is_err());
        } else {
            let url = parsed(&expanded.unwrap());
            let segments: Vec<&str> = url.path_segments().unwrap().collect();
            prop_assert_eq!(segments.len(), 3);
            let decoded = percent_encoding::percent_decode_str(segments[1]).decode_utf8().unwrap();
            prop_assert_eq!(decoded, value);
            prop_assert!(url.query().is_none() && url.fragment().is_none());
        }
    }

    #[test]
    fn query_pairs_arrive_as_they_were(pairs in prop::collection::vec(any::<(String, String)>(), 1..4)) {
        let parameter = Parameter::query("filter").style(Style::DeepObject);
        let mut text = String::new();
        query::push(&mut text, &parameter, &Argument::Object(pairs.clone()));
        let arrived: Vec<(String, String)> = parsed(&format!("/?{text}")).query_pairs().into_owned().collect();
        let sent: Vec<(String, String)> =
            pairs.into_iter().map(|(key, value)| (format!("filter[{key}]"), value)).collect();
        prop_assert_eq!(arrived, sent);
    }

    #[test]
    fn no_retry_after_makes_trouble(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        if let Ok(value) = HeaderValue::from_bytes(&bytes) {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, value)]);
            let _ = retry_after::read(&headers, SystemTime::now());
        }
    }

    #[test]
    fn a_shown_text_never_holds_the_secret(
        text in prop::collection::vec(prop_oneof!["[a-z ]{0,9}", Just("s3cr3t".to_owned()), "[0-9]"], 0..40),
        limit in 0_usize..60,
    ) {
        let mut redactor = Redactor::default();
        redactor.add("s3cr3t");
        let shown = redactor.show(text.concat().as_bytes(), limit);
        prop_assert!(!shown.contains("s3cr3t"));
        prop_assert!(shown.chars().count() <= limit + 4);
    }
}
