use crate::runtime::Nullable;

#[test]
fn converts_from_what_it_holds() {
    assert_eq!(Nullable::from(3), Nullable::Value(3));
    assert_eq!(
        Nullable::<String>::from("x"),
        Nullable::Value("x".to_owned())
    );
    assert_eq!(Nullable::<i64>::from(None), Nullable::Null);
    assert_eq!(Option::from(Nullable::Value(3)), Some(3));
    assert_eq!(Nullable::<i64>::Null.into_option(), None);
    assert_eq!(
        Nullable::Value("x".to_owned())
            .as_ref()
            .into_option()
            .map(String::as_str),
        Some("x")
    );
    assert!(Nullable::<i64>::Null.is_null());
}

#[test]
fn is_null_or_the_value_in_json() {
    let json = serde_json::to_string(&[Nullable::Null, Nullable::Value(3)]).expect("json");
    assert_eq!(json, "[null,3]");
    let values: Vec<Nullable<i64>> = serde_json::from_str(&json).expect("values");
    assert_eq!(values, [Nullable::Null, Nullable::Value(3)]);
}
