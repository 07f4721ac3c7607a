//! Redirects that lead astray.

use crate::harness::{
    BATCH, COOKIE, KEY, assert_presentable, builder, client, error_of, get, new_batch, run, status,
};
use crate::server::{Script, Server};

const ALL: [u16; 5] = [301, 302, 303, 307, 308];

#[test]
fn a_redirect_in_a_circle_ends() {
    run(async {
        for to in ["/again", "", "?", "#x", "./", "x/"] {
            let server = Server::start(std::iter::repeat_n(Script::redirect(302, to), 100));
            let error = get(&client(&server)).await.expect_err("it never ends");
            assert!(error.is_status(), "{to}: {error}");
            assert_eq!((status(&error), error.attempts()), (Some(302), 1));
            assert!(server.connections() <= 12, "{}", server.connections());
        }
    });
}

#[test]
fn redirects_that_grow_end() {
    run(async {
        let long = format!("/{}", "x/".repeat(20_000));
        let scripts = (0..100).map(|n| Script::redirect(307, &format!("{long}{n}")));
        let server = Server::start(scripts);
        let error = get(&client(&server)).await.expect_err("it never ends");
        assert_eq!(status(&error), Some(307), "{error}");
        assert!(server.connections() <= 12, "{}", server.connections());
    });
}

#[test]
fn a_circle_is_not_walked_again_by_retries() {
    run(async {
        let server = Server::start(std::iter::repeat_n(Script::redirect(307, "/"), 100));
        let client = builder(&server).max_retries(3).build().expect("a client");
        let error = get(&client).await.expect_err("it never ends");
        assert_eq!(error.attempts(), 1, "{error}");
        assert!(server.connections() <= 12, "{}", server.connections());
    });
}

#[test]
fn the_timeout_is_for_the_try_with_all_its_redirects() {
    run(async {
        let short = std::time::Duration::from_millis(300);
        let server = Server::start([
            Script::redirect(302, "/a"),
            Script::redirect(302, "/b"),
            Script::new().stall(),
        ]);
        let client = builder(&server).timeout(short).build().expect("a client");
        let error = get(&client).await.expect_err("nobody responds");
        assert!(error.is_timeout(), "{error}");
        server.abandoned().await;
    });
}

/// All the ways to name another origin, of which a second server is one, in a `Location`.
fn elsewhere(here: u16, there: u16) -> Vec<String> {
    vec![
        format!("http://127.0.0.1:{there}/api/v2/batches/bat-1"),
        format!("//127.0.0.1:{there}/"),
        format!("///127.0.0.1:{there}/"),
        format!("\\\\127.0.0.1:{there}/"),
        format!("/\\127.0.0.1:{there}/"),
        format!("http:\\\\127.0.0.1:{there}"),
        format!("HTTP://127.0.0.1:{there}"),
        format!("ht\ttp://127.0.0.1:{there}"),
        format!("http://127.1:{there}/"),
        format!("http://2130706433:{there}/"),
        format!("http://0x7f.0.0.1:{there}/"),
        format!("http://localhost:{there}/"),
        format!("http://[::ffff:127.0.0.1]:{there}/"),
        format!("http://127.0.0.1:{here}@127.0.0.1:{there}/"),
        format!("http://user:password@127.0.0.1:{there}/"),
        format!("http://127.0.0.1:{there}#@127.0.0.1:{here}/"),
        format!("http://127.0.0.1:{there}\\@127.0.0.1:{here}/"),
        format!("http://localhost:{here}/"),
        format!("http://0.0.0.0:{here}/"),
        format!("https://127.0.0.1:{there}/"),
    ]
}

#[test]
fn nothing_reaches_another_origin() {
    run(async {
        let other = Server::start([]);
        for code in ALL {
            let server = Server::start([]);
            let client = client(&server);
            for to in elsewhere(server.port(), other.port()) {
                let before = server.connections();
                server.push(Script::redirect(code, &to));
                let error = get(&client).await.expect_err("it leads elsewhere");
                assert!(error.is_status(), "{to}: {error}");
                assert_eq!(status(&error), Some(code), "{to}: {error}");
                assert_eq!(server.connections(), before + 1, "{to}");
            }
        }
        assert_eq!(other.connections(), 0);
        assert_eq!(other.requests(), [""; 0]);
    });
}

#[test]
fn a_body_never_reaches_another_origin() {
    run(async {
        let other = Server::start([]);
        for code in ALL {
            let server = Server::start([]);
            let client = client(&server);
            for to in elsewhere(server.port(), other.port()) {
                server.push(Script::redirect(code, &to));
                let call = client.batches().create(new_batch()).session(COOKIE);
                let error = call.send().await.expect_err("it leads elsewhere");
                assert_presentable(&error);
                assert_eq!(status(&error), Some(code), "{to}: {error}");
            }
        }
        assert_eq!(other.connections(), 0);
    });
}

#[test]
fn another_origin_at_the_end_of_some_redirects_gets_nothing() {
    run(async {
        let other = Server::start([]);
        let server = Server::start([
            Script::redirect(302, "/a"),
            Script::redirect(307, "/b"),
            Script::redirect(308, &other.url()),
        ]);
        let error = get(&client(&server)).await.expect_err("it leads elsewhere");
        assert_eq!(status(&error), Some(308), "{error}");
        assert_eq!((server.connections(), other.connections()), (3, 0));
    });
}

#[test]
fn another_scheme_is_not_gone_to() {
    run(async {
        let server = Server::start([]);
        let client = client(&server);
        let port = server.port();
        for to in [
            format!("https://127.0.0.1:{port}/"),
            format!("ftp://127.0.0.1:{port}/"),
            format!("ws://127.0.0.1:{port}/"),
            "file:///etc/passwd".to_owned(),
            "data:application/json,{}".to_owned(),
            "javascript:alert(1)".to_owned(),
            "mailto:a@example.com".to_owned(),
            "about:blank".to_owned(),
            format!("blob:http://127.0.0.1:{port}/x"),
        ] {
            let before = server.connections();
            server.push(Script::redirect(307, &to));
            let error = get(&client).await.expect_err("it leads elsewhere");
            assert!(error.is_status(), "{to}: {error}");
            assert_eq!(server.connections(), before + 1, "{to}");
        }
    });
}

#[test]
fn a_redirect_without_a_location_is_an_error() {
    run(async {
        for code in ALL.into_iter().chain([300, 304, 305, 306, 399]) {
            let error = error_of(Script::response(code, &[], "somewhere")).await;
            assert!(error.is_status(), "{error}");
            assert_eq!(status(&error), Some(code));
        }
    });
}

#[test]
fn a_location_that_is_garbage_is_an_error() {
    run(async {
        for to in [
            "http://",
            "http://[",
            "http://[::1",
            "http://127.0.0.1:99999/",
            "http://127.0.0.1:-1/",
            "http://127.0.0.1:port/",
            "http://exa mple.com/",
            "http://%00/",
            "http://1.2.3.4.5.6/",
            "//",
            "http:///",
        ] {
            let error = error_of(Script::redirect(302, to)).await;
            assert!(error.is_status(), "{to}: {error}");
            assert_eq!(status(&error), Some(302), "{to}: {error}");
        }
    });
}

#[test]
fn a_location_that_is_not_utf8_stays_here() {
    run(async {
        let head = b"HTTP/1.1 307 No\r\ncontent-length: 0\r\nconnection: close\r\nlocation: /\xff\xfe\r\n\r\n";
        let server = Server::start([Script::raw(head), Script::json(200, BATCH)]);
        if let Err(error) = get(&client(&server)).await {
            assert_eq!(status(&error), Some(307), "{error}");
        }
        for request in server.requests() {
            assert!(request.is_ascii(), "{request}");
        }
    });
}

#[test]
fn two_locations_lead_nowhere_else() {
    run(async {
        let other = Server::start([]);
        let to = other.url();
        for headers in [
            [("location", "/here"), ("location", &*to)],
            [("location", &*to), ("location", "/here")],
        ] {
            let scripts = [
                Script::response(302, &headers, ""),
                Script::json(200, BATCH),
            ];
            let server = Server::start(scripts);
            if let Err(error) = get(&client(&server)).await {
                assert_eq!(status(&error), Some(302), "{error}");
            }
        }
        assert_eq!(other.connections(), 0);
    });
}

#[test]
fn a_redirect_does_not_smuggle_a_header_or_a_request() {
    run(async {
        let to = "/x%0d%0ax-evil:%201%0d%0a?y=\t z#\u{e9}";
        let server = Server::start([Script::redirect(307, to), Script::json(200, BATCH)]);
        get(&client(&server)).await.expect("a batch");
        let requests = server.requests();
        assert_eq!(requests.len(), 2);
        assert!(!requests[1].contains("\r\nx-evil"), "{requests:?}");
        let headers = |request: &str| request.split_once("\r\n").map(|it| it.1.to_owned());
        assert_eq!(headers(&requests[0]), headers(&requests[1]));
    });
}

#[test]
fn no_other_header_leads_elsewhere() {
    run(async {
        let other = Server::start([]);
        let url = other.url();
        let refresh = format!("0; url={url}");
        let service = format!("h2=\":{}\"", other.port());
        let headers = [
            ("location", &*url),
            ("content-location", &url),
            ("refresh", &refresh),
            ("alt-svc", &service),
            ("link", &url),
        ];
        for code in [200, 201, 300, 304, 401, 500] {
            let server = Server::start([Script::response(code, &headers, BATCH)]);
            if let Err(error) = get(&client(&server)).await {
                assert_eq!(status(&error), Some(code), "{error}");
            }
            assert!(server.requests()[0].contains(KEY));
        }
        assert_eq!(other.connections(), 0);
    });
}
