//! What the crate can do beyond a plain call, shown on its front page.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Auth, Output, Scheme};

use super::sample::Sampler;
use super::spelling::ident;
use super::{call_sample, features, first_call, needs};

/// The sections, each with an example that is compiled as a documentation test.
pub(super) fn sections(api: &Api) -> Result<String, String> {
    let mut text = String::new();
    for section in [
        settings(api)?,
        own_http_client(api)?,
        options(api)?,
        retries(api)?,
        tokens(api)?,
        undocumented(api)?,
        blocking(api)?,
        middleware(api)?,
        fakes(api)?,
    ]
    .into_iter()
    .flatten()
    {
        text.push_str(&section);
    }
    text.push_str(&logging(api));
    Ok(text)
}

/// A section with its example.
fn section(
    api: &Api,
    heading: &str,
    about: &str,
    opening: &str,
    imports: TokenStream,
    statements: &TokenStream,
) -> Result<Option<String>, String> {
    let imports = crate::print::items(imports)?;
    let body = crate::print::statements(statements)?;
    let opening = opening.replace("{library}", api.package.library.as_str());
    let imports = if imports.is_empty() {
        imports
    } else {
        format!("{imports}\n\n")
    };
    Ok(Some(format!(
        "\n\n# {heading}\n\n{about}\n\n```no_run\n{imports}{opening}\n{body}\n# Ok(())\n# }}\n```"
    )))
}

/// How an example begins that is async.
const ASYNC: &str =
    "# async fn example(client: {library}::Client) -> Result<(), {library}::Error> {";

fn library(api: &Api) -> proc_macro2::Ident {
    ident(&api.package.library)
}

/// A call that needs the least, up to where it is sent.
fn a_call(api: &Api) -> Option<(Sampler<'_>, TokenStream, String)> {
    let sampler = Sampler::new(api);
    let (resource, operation) = first_call::operation(api)?;
    let call = call_sample::unsent(&sampler, resource, operation)?;
    Some((sampler, call, features::hidden_gate(resource)))
}

/// What is said of the HTTP client, on the front page and in the README.
pub(super) const SETTINGS: &str = "`Client::builder()` takes what holds for all calls. The HTTP client \
     that is made for you goes through a `proxy`, trusts a certificate by `add_root_certificate`, shows \
     one by `identity`, and has any other setting of `reqwest` changed by `configure_http`.";

/// What is said of an HTTP client of one's own.
pub(super) const OWN_HTTP_CLIENT: &str = "A `reqwest::Client` that a program has already is given with \
     `http_client`. With the feature `rustls`, `reqwest` makes none before the program has chosen a \
     provider of cryptography, and panics: add the crate `rustls` with its feature `ring`, and install \
     it first.";

/// Statements that make a client with settings.
pub(super) fn settings_statements(api: &Api) -> TokenStream {
    let builder = call_sample::builder(api);
    quote! {
        let client = #builder
            .user_agent("my-app/1.0")
            .connect_timeout(Duration::from_secs(5))
            .proxy(reqwest::Proxy::all("http://proxy.example.com:3128")?)
            .configure_http(|http| http.pool_max_idle_per_host(4))
            .build()?;
        println!("{client:?}");
    }
}

/// Statements that make a client around an HTTP client.
pub(super) fn own_http_client_statements(api: &Api) -> TokenStream {
    let builder = call_sample::builder(api);
    quote! {
        rustls::crypto::ring::default_provider().install_default().ok();
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let client = #builder.http_client(http).build()?;
        println!("{client:?}");
    }
}

/// How an example begins that meets errors of two kinds.
const ANY_ERROR: &str = "# fn example() -> Result<(), Box<dyn std::error::Error>> {";

fn settings(api: &Api) -> Result<Option<String>, String> {
    let library = library(api);
    let from_env = if needs::environment(api) {
        " [`ClientBuilder::from_env`] reads the environment for what isn't set otherwise."
    } else {
        ""
    };
    section(
        api,
        "Settings of the client",
        &format!("{SETTINGS}{from_env}"),
        ANY_ERROR,
        quote! {
            use std::time::Duration;
            use #library::{Client, reqwest};
        },
        &settings_statements(api),
    )
}

fn own_http_client(api: &Api) -> Result<Option<String>, String> {
    let library = library(api);
    let statements = own_http_client_statements(api);
    section(
        api,
        "An HTTP client of your own",
        OWN_HTTP_CLIENT,
        &format!("# #[cfg(feature = \"rustls\")]\n{ANY_ERROR}"),
        // Without the feature they would be there for nothing.
        quote!(),
        &quote! {
            use #library::{Client, reqwest};
            #statements
        },
    )
}

fn options(api: &Api) -> Result<Option<String>, String> {
    let Some((sampler, call, gate)) = a_call(api) else {
        return Ok(None);
    };
    let imports = sampler.imports(&[]);
    section(
        api,
        "Options of a call",
        "Methods that start with `with_` are for one call, whatever the API. What `with_header` and \
         `with_query` give is sent in the place of all that the API's parameter or the client \
         ([`ClientBuilder::header`], [`ClientBuilder::query`]) has under that name; \
         `with_no_header` takes a header out, the credential's too. `send_with_response` gives \
         status, headers and the like beside the response; `send_raw` the body as it came; \
         `send_streaming` the body piece by piece.",
        &format!("{gate}{ASYNC}"),
        quote!(use std::time::Duration; #imports),
        &quote! {
            let response = #call
                .with_timeout(Duration::from_secs(5))
                .with_max_retries(0)
                .with_header("x-team", "search")
                .send_with_response()
                .await?;
            println!("{} {:?}", response.status(), response.request_id());
        },
    )
}

fn retries(api: &Api) -> Result<Option<String>, String> {
    let library = library(api);
    let builder = call_sample::builder(api);
    section(
        api,
        "Retries",
        "A call is tried up to three times, and one that isn't safe to repeat only where the server \
         surely didn't carry it out: see [`RetryPolicy`], which is a value to look at, to change, \
         and to replace. An error ends with the reason why there was no other attempt, such as \
         \"not retried: the server may have processed the request\" or \"retries exhausted\". Where the next wait doesn't fit into `total_timeout`, the error is that of the last \
         attempt, at once.",
        "# fn example() -> Result<(), {library}::Error> {",
        quote!(use #library::{AttemptOutcome, Client, RetryDecision, RetryPolicy};),
        &quote! {
            let max = 3;
            let mut policy = RetryPolicy::default().decide_with(move |policy, failed| {
                let status = match failed.outcome {
                    AttemptOutcome::Status(status, _) => status.as_u16(),
                    _ => 0,
                };
                if status == 404 && failed.attempt < max {
                    RetryDecision::Retry
                } else {
                    policy.default_decision(failed)
                }
            });
            policy.max_retries = 4;
            let client = #builder.retry_policy(policy).build()?;
            println!("{client:?}");
        },
    )
}

fn tokens(api: &Api) -> Result<Option<String>, String> {
    let bearer = |scheme: &&Scheme| scheme.auth == Auth::Bearer;
    let schemes = &api.profile.schemes;
    // The one that a provider's tokens are for.
    let Some(scheme) = schemes.iter().find(bearer).or(schemes.first()) else {
        return Ok(None);
    };
    let setter = format!("set_{}", scheme.name);
    let library = library(api);
    let builder = call_sample::bare_builder(api);
    section(
        api,
        "Tokens that expire, keys that change",
        &format!(
            "A provider is asked for a token before the first call, after the token's time, and once \
             after the server refused it. [`Client::{setter}`] changes the key of a client in use."
        ),
        "# fn example() -> Result<(), {library}::Error> {",
        quote! {
            use std::time::Duration;
            use #library::{Client, Token};
        },
        &quote! {
            async fn fetch() -> Result<Token, std::env::VarError> {
                let text = std::env::var("TOKEN")?;
                Ok(Token::new(text).expires_in(Duration::from_secs(3500)))
            }
            let client = #builder.token_provider(fetch).build()?;
            println!("{client:?}");
        },
    )
}

fn undocumented(api: &Api) -> Result<Option<String>, String> {
    let library = library(api);
    section(
        api,
        "What has no method here",
        "[`Client::request`] calls any path of the same server, with the credentials, retries and \
         errors of all other calls.",
        ASYNC,
        quote!(use #library::serde_json::Value;),
        &quote! {
            let answer: Value = client
                .request("POST", "/experiments")
                .with_query("dry_run", true)
                .json(&["first", "second"])
                .send()
                .await?;
            println!("{answer}");
        },
    )
}

fn blocking(api: &Api) -> Result<Option<String>, String> {
    let Some((sampler, call, gate)) = a_call(api) else {
        return Ok(None);
    };
    let answered = first_call::operation(api)
        .is_some_and(|(_, operation)| !matches!(operation.output, Output::None));
    // Without the feature they would be there for nothing.
    let imports = sampler.imports(&[]);
    let statements = if answered {
        quote! {
            #imports
            let answer = #call.send_blocking()?;
            println!("{answer:?}");
        }
    } else {
        quote!(#imports #call.send_blocking()?;)
    };
    section(
        api,
        "Without async",
        "With the feature `blocking` the same requests end in `send_blocking`, and lists in \
         `into_iter_blocking`. In async code they are an error, never a panic.",
        &format!(
            "# #[cfg(feature = \"blocking\")]\n{gate}\
             # fn example(client: {{library}}::Client) -> Result<(), {{library}}::Error> {{"
        ),
        quote!(),
        &statements,
    )
}

fn middleware(api: &Api) -> Result<Option<String>, String> {
    let library = library(api);
    let builder = call_sample::builder(api);
    section(
        api,
        "In between",
        "A [`Transport`] carries requests; one of yours can be put in its place, or around it, to \
         watch or to change what goes by.",
        "# fn example() -> Result<(), {library}::Error> {",
        quote! {
            use std::sync::Arc;
            use #library::{Client, TransportFuture, Transport, reqwest};
        },
        &quote! {
            struct Watch(Arc<dyn Transport>);
            impl Transport for Watch {
                fn send(&self, request: reqwest::Request) -> TransportFuture<'_> {
                    println!("{} {}", request.method(), request.url().path());
                    self.0.send(request)
                }
            }
            let client = #builder.wrap_transport(Watch).build()?;
            println!("{client:?}");
        },
    )
}

fn fakes(api: &Api) -> Result<Option<String>, String> {
    let library = library(api);
    let credentials = call_sample::credentials(api);
    let client = quote!(Client::builder() #credentials);
    section(
        api,
        "In tests",
        "With the feature `test-util`, `MockTransport` stands for the server: it checks what is \
         sent, and answers from a list. On Tokio's paused clock retries and waits take no time.",
        "# #[cfg(feature = \"test-util\")]\n\
         # async fn example() -> Result<(), {library}::Error> {",
        // They are not there without the feature.
        quote!(),
        &quote! {
            use #library::{Client, MockResponse, MockTransport};

            let fake = MockTransport::new();
            fake.expect("GET", "/things").respond(MockResponse::new(503));
            fake.expect("GET", "/things").respond_json(200, &["first", "second"]);

            let client = #client
                .base_url("http://fake")
                .transport(fake.clone())
                .build()?;
            let answer: Vec<String> = client.request("GET", "/things").send().await?;
            assert_eq!(answer, ["first", "second"]);
            fake.assert_done();
        },
    )
}

/// What a program's logs show of calls. The lines are those of the runtime's own tests; nothing of the
/// API is in them, so that no text of a description gets into a block of code.
fn logging(api: &Api) -> String {
    let library = &api.package.library;
    format!(
        "\n\n# Logging\n\n\
         With the feature `tracing` each call is a span. An attempt that is followed by another one is \
         a warning; a call that fails ends with one event, `WARN` where the server refused the \
         request (4xx), else `ERROR`, also where a successful response can't be read. They hold \
         statuses, counts, times and the path in the JSON, never a key, a value or a body. \
         `tracing_subscriber::fmt().init()` prints, after the time:\n\n\
         ```text\n\
         WARN request{{operation=\"request\" method=\"GET\" path=/things}}: {library}: \
         request attempt failed, retrying attempt=1 error_kind=status status=503 backoff_ms=500\n\
         ERROR request{{operation=\"request\" method=\"GET\" path=/things status=200 attempts=2 \
         elapsed_ms=500}}: {library}: request failed error_kind=decode status=200 attempts=2 \
         json_path=items[3].status elapsed_ms=500\n\
         ```"
    )
}
