//! The exact requests that go out.

use super::pets::{self, COOKIE, HEADER, IDEMPOTENT, KEY, Pet, Pets, QUERY, WITHOUT_AUTH};
use super::server::{Reply, Server};

const PET: &str = r#"{"name":"Rex"}"#;

fn listed() -> [Reply; 1] {
    [Reply::json(200, "[]")]
}

#[tokio::test]
async fn request_has_method_path_and_headers() {
    let server = Server::start([Reply::json(200, PET)]).await;
    let pet = Pets(pets::client(&server.url))
        .get("p-1")
        .send()
        .await
        .unwrap();
    assert_eq!(pet, Pet::new("Rex"));
    let request = server.request();
    assert_eq!(request.line, "GET /pets/p-1");
    let mut names: Vec<&str> = request
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "accept",
            "accept-encoding",
            "authorization",
            "host",
            "user-agent"
        ]
    );
    assert_eq!(request.header("accept").unwrap(), "application/json");
    assert_eq!(request.header("accept-encoding").unwrap(), "gzip");
    assert_eq!(
        request.header("authorization").unwrap(),
        format!("Bearer {KEY}")
    );
    assert_eq!(request.header("user-agent").unwrap(), "pets-rust/1.2.3");
    assert_eq!(request.body, "");
}

#[tokio::test]
async fn request_body_is_compact_json() {
    let server = Server::start([Reply::json(201, PET)]).await;
    let pet = Pet {
        name: "R\"é".to_owned(),
        tag: Some("x y".to_owned()),
    };
    Pets(pets::client(&server.url))
        .create(&pet)
        .send()
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(request.line, "POST /pets");
    assert_eq!(request.header("content-type").unwrap(), "application/json");
    assert_eq!(
        request.header("content-length").unwrap(),
        request.body.len().to_string()
    );
    assert_eq!(request.body, r#"{"name":"R\"é","tag":"x y"}"#);
}

#[tokio::test]
async fn operation_without_response_body_accepts_any() {
    let server = Server::start([Reply::with(204, &[], "")]).await;
    Pets(pets::client(&server.url))
        .delete("p-1")
        .send()
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(request.line, "DELETE /pets/p-1");
    assert_eq!(request.header("accept").unwrap(), "*/*");
}

#[tokio::test]
async fn query_is_in_documented_order() {
    let server = Server::start(listed()).await;
    let list = Pets(pets::client(&server.url))
        .list()
        .with_query("z z", "&")
        .with_query("page", 2);
    let list = list
        .filter(&[("a", "1"), ("b", "x y")])
        .list("tags", &["t&1", "t2"])
        .list("colors", &["r,d", "b"]);
    let list = list
        .list("places", &["x", "y"])
        .list("sizes", &["1", "2"])
        .kind("first")
        .kind("d+g é");
    list.send().await.unwrap();
    assert_eq!(
        server.request().line,
        "GET /pets?kind=d%2Bg%20%C3%A9&tags=t%261&tags=t2&colors=r%2Cd,b&sizes=1%202&places=x%7Cy\
         &filter%5Ba%5D=1&filter%5Bb%5D=x%20y&z%20z=%26&page=2"
    );
}

#[tokio::test]
async fn query_of_empty_arrays_and_strings() {
    let server = Server::start(listed()).await;
    let list = Pets(pets::client(&server.url)).list();
    let list = list
        .list("tags", &[])
        .list("colors", &[])
        .list("sizes", &[])
        .filter(&[])
        .kind("");
    list.send().await.unwrap();
    assert_eq!(server.request().line, "GET /pets?kind=");
}

#[tokio::test]
async fn header_parameters() {
    let server = Server::start(listed()).await;
    Pets(pets::client(&server.url))
        .list()
        .team("a, b")
        .send()
        .await
        .unwrap();
    assert_eq!(server.request().header("x-team").unwrap(), "a, b");
}

#[tokio::test]
async fn array_parameters_in_every_location() {
    let server = Server::start([Reply::json(200, "[]"), Reply::json(200, PET)]).await;
    let pets = Pets(pets::client(&server.url));
    let mut list = pets.list();
    list.0.call.header_list::<String>("X-Team", ["a", "b c"]);
    list.0.call.cookie_list::<String>("theme", ["d;", "e"]);
    list.send().await.unwrap();
    let mut get = pets.get("1");
    get.0.call.path_list::<String>("pet_id", ["a/b", "c,d"]);
    get.send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("x-team").unwrap(), "a,b c");
    assert_eq!(requests[0].header("cookie").unwrap(), "theme=d%3B; theme=e");
    assert_eq!(requests[1].line, "GET /pets/a%2Fb,c%2Cd");
}

#[tokio::test]
async fn cookies_are_joined() {
    let server = Server::start(listed()).await;
    let list = Pets(pets::client(&server.url))
        .list()
        .with_header("Cookie", "own=1");
    list.theme("d;a\"r k,é")
        .session("s%3Aabc=")
        .send()
        .await
        .unwrap();
    assert_eq!(
        server.request().header("cookie").unwrap(),
        "own=1; session=s%3Aabc=; theme=d%3Ba%22r%20k%2C%C3%A9"
    );
}

#[tokio::test]
async fn credential_is_sent_as_its_scheme_says() {
    let server = Server::start((0..4).map(|_| Reply::json(200, PET))).await;
    for profile in [&HEADER, &QUERY, &COOKIE, &WITHOUT_AUTH] {
        let client = pets::settings(profile, &server.url).build().unwrap();
        Pets(client)
            .get("1")
            .with_query("q", "2")
            .send()
            .await
            .unwrap();
    }
    let requests = server.requests();
    assert!(
        requests
            .iter()
            .all(|request| request.header("authorization").is_none())
    );
    assert_eq!(requests[0].header("x-api-key").unwrap(), KEY);
    assert_eq!(requests[1].line, format!("GET /pets/1?key={KEY}&q=2"));
    assert_eq!(requests[2].header("cookie").unwrap(), format!("sid={KEY}"));
    assert_eq!(requests[3].line, "GET /pets/1?q=2");
}

#[tokio::test]
async fn headers_of_the_request_take_precedence() {
    let server = Server::start((0..2).map(|_| Reply::json(200, PET))).await;
    let client = pets::settings(&pets::BEARER, &server.url);
    let client = client
        .header("User-Agent", "mine/1")
        .header("x-a", "1")
        .header("accept", "text/plain");
    let pets = Pets(client.build().unwrap());
    pets.get("1").send().await.unwrap();
    pets.get("1")
        .with_header("X-A", "2")
        .with_header("x-a", "3")
        .with_header("Authorization", "mine")
        .send()
        .await
        .unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("user-agent").unwrap(), "mine/1");
    assert_eq!(requests[0].header("x-a").unwrap(), "1");
    assert_eq!(requests[0].header("accept").unwrap(), "text/plain");
    assert_eq!(requests[1].header("x-a").unwrap(), "3");
    assert_eq!(requests[1].header("authorization").unwrap(), "mine");
}

#[tokio::test]
async fn base_url_with_a_path() {
    let server = Server::start((0..3).map(|_| Reply::json(200, PET))).await;
    for prefix in ["/v1/x y", "/v1/", "/"] {
        Pets(pets::client(&format!("{}{prefix}", server.url)))
            .get("1")
            .send()
            .await
            .unwrap();
    }
    let lines: Vec<String> = server
        .requests()
        .into_iter()
        .map(|request| request.line)
        .collect();
    assert_eq!(
        lines,
        ["GET /v1/x%20y/pets/1", "GET /v1/pets/1", "GET /pets/1"]
    );
}

#[tokio::test]
async fn path_parameters_stay_one_segment() {
    let cases = [
        ("a/b?c#d", "a%2Fb%3Fc%23d"),
        ("../x", "..%2Fx"),
        ("é", "%C3%A9"),
        ("%2e", "%252e"),
        ("%2e%2e", "%252e%252e"),
        ("...", "..."),
        (" ", "%20"),
        ("a\\b\t\n", "a%5Cb%09%0A"),
        ("-._~!$&'()*+,;=:@", "-._~!$&'()*+,;=:@"),
        ("{pet_id}", "%7Bpet_id%7D"),
        ("\"<>`|^[]", "%22%3C%3E%60%7C%5E%5B%5D"),
    ];
    let server = Server::start(cases.map(|_| Reply::json(200, PET))).await;
    let pets = Pets(pets::client(&server.url));
    for (value, _) in cases {
        pets.get(value).send().await.unwrap();
    }
    for ((_, expected), request) in cases.iter().zip(server.requests()) {
        assert_eq!(request.line, format!("GET /pets/{expected}"));
    }
}

#[tokio::test]
async fn idempotency_key_is_the_same_for_all_attempts() {
    let failure = || Reply::json(500, "{}");
    let server = Server::start([
        failure(),
        failure(),
        Reply::json(201, PET),
        Reply::json(201, PET),
    ])
    .await;
    let pets = Pets(pets::settings(&IDEMPOTENT, &server.url).build().unwrap());
    pets.create(&Pet::new("Rex")).send().await.unwrap();
    pets.create(&Pet::new("Rex"))
        .with_header("idempotency-key", "mine")
        .send()
        .await
        .unwrap();
    let keys: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.header("idempotency-key").unwrap())
        .collect();
    assert_eq!(keys[0].len(), 36);
    assert_eq!(keys[0], keys[1]);
    assert_eq!(keys[0], keys[2]);
    assert_eq!(keys[3], "mine");
}
