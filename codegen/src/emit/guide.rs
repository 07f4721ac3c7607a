//! The guide on the front page: configuration, options, retries, testing and so on.

mod authentication;
mod lists;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Output};

use super::sample::Sampler;
use super::spelling::ident;
use super::{call_sample, features, first_call, needs};

/// The sections of the guide, each with an example that is compiled as a documentation test.
pub(super) fn sections(api: &Api) -> Result<String, String> {
    let mut text = String::new();
    for section in [
        configuration(api)?,
        custom_http_client(api)?,
        authentication::credentials(api)?,
        authentication::tokens(api)?,
        options(api)?,
        lists::pagination(api)?,
        lists::polling(api)?,
        retries(api)?,
        middleware(api)?,
        undocumented(api)?,
        blocking(api)?,
        testing(api)?,
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

/// The hidden first line of an example with `async` code.
const ASYNC: &str =
    "# async fn example(client: {library}::Client) -> Result<(), {library}::Error> {";

fn library(api: &Api) -> proc_macro2::Ident {
    ident(&api.package.library)
}

/// The request of the first example, not yet sent.
fn example_request(api: &Api) -> Option<(Sampler<'_>, TokenStream, String)> {
    let sampler = Sampler::new(api);
    let (resource, operation) = first_call::operation(api)?;
    let call = call_sample::unsent(&sampler, resource, operation)?;
    Some((sampler, call, features::hidden_gate(resource)))
}

/// How the client and its HTTP client are configured: a paragraph of the front page and the README.
pub(super) const CONFIGURATION: &str = "`Client::builder()` configures a client: timeouts, retries, \
     default headers and query parameters. The methods `proxy`, `add_root_certificate` and `identity` \
     configure the built-in HTTP client; `configure_http` gives access to every other setting of \
     `reqwest`.";

/// How an existing HTTP client is used: a paragraph of the front page and the README.
pub(super) const CUSTOM_HTTP_CLIENT: &str = "`http_client` makes the client use a `reqwest::Client` \
     that the program already has. With the feature `rustls`, `reqwest` panics when a client is built \
     before a default cryptography provider is installed: add the crate `rustls` with its feature \
     `ring`, and install its provider first.";

/// Statements that build a client with settings.
pub(super) fn configuration_statements(api: &Api) -> TokenStream {
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

/// Statements that build a client around an HTTP client.
pub(super) fn custom_http_client_statements(api: &Api) -> TokenStream {
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

/// The hidden first line of an example that returns errors of several types.
const ANY_ERROR: &str = "# fn example() -> Result<(), Box<dyn std::error::Error>> {";

fn configuration(api: &Api) -> Result<Option<String>, String> {
    let library = library(api);
    let from_env = if needs::environment(api) {
        " [`ClientBuilder::from_env`] reads the settings that aren't given explicitly from environment \
         variables."
    } else {
        ""
    };
    section(
        api,
        "Configuration",
        &format!("{CONFIGURATION}{from_env}"),
        ANY_ERROR,
        quote! {
            use std::time::Duration;
            use #library::{Client, reqwest};
        },
        &configuration_statements(api),
    )
}

fn custom_http_client(api: &Api) -> Result<Option<String>, String> {
    let library = library(api);
    let statements = custom_http_client_statements(api);
    section(
        api,
        "Custom HTTP client",
        CUSTOM_HTTP_CLIENT,
        &format!("# #[cfg(feature = \"rustls\")]\n{ANY_ERROR}"),
        // Imports stand inside of the function: without the feature they would be unused.
        quote!(),
        &quote! {
            use #library::{Client, reqwest};
            #statements
        },
    )
}

fn options(api: &Api) -> Result<Option<String>, String> {
    let Some((sampler, call, gate)) = example_request(api) else {
        return Ok(None);
    };
    let imports = sampler.imports(&[]);
    let paginated = if needs::pages(api) {
        ", and any paginated one by [`PagedRequest`]"
    } else {
        ""
    };
    let about = format!(
        "Every operation returns a request. Its setters have the names of the API's parameters, and \
         its `with_*` methods configure this one request. `with_header` and `with_query` override the \
         parameter and the client's default ([`ClientBuilder::header`], [`ClientBuilder::query`]) of \
         the same name; `with_no_header` removes a header, the one with the credential included.\n\n\
         `send` sends the request, and so does `.await` on the request itself. `send_with_response` \
         also returns status, headers and request ID; `send_raw` returns the body as received; \
         `send_streaming` returns the body as a stream of chunks. Generic code can accept any request \
         by the trait [`Request`]{paginated}."
    );
    section(
        api,
        "Per-request options",
        &about,
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
        "Requests are attempted up to three times, with exponential backoff and jitter. \
         Non-idempotent requests are retried only when the server cannot have processed them. \
         `max_retries` and `with_max_retries` change the number of retries; a [`RetryPolicy`] also \
         changes backoff and decision. The message of an error ends with the reason why it was not \
         retried. When the next backoff would exceed `total_timeout`, the error of the last attempt \
         is returned immediately.",
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

fn undocumented(api: &Api) -> Result<Option<String>, String> {
    let library = library(api);
    section(
        api,
        "Undocumented endpoints",
        "[`Client::request`] sends a request to any path of the same server, with the same \
         credentials, retries and errors as the documented operations.",
        ASYNC,
        quote!(use #library::serde_json::Value;),
        &quote! {
            let response: Value = client
                .request("POST", "/experiments")
                .with_query("dry_run", true)
                .json(&["first", "second"])
                .send()
                .await?;
            println!("{response}");
        },
    )
}

fn blocking(api: &Api) -> Result<Option<String>, String> {
    let Some((sampler, call, gate)) = example_request(api) else {
        return Ok(None);
    };
    let has_output = first_call::operation(api)
        .is_some_and(|(_, operation)| !matches!(operation.output, Output::None));
    // Imports stand inside of the function: without the feature they would be unused.
    let imports = sampler.imports(&[]);
    let statements = if has_output {
        quote! {
            #imports
            let response = #call.send_blocking()?;
            println!("{response:?}");
        }
    } else {
        quote!(#imports #call.send_blocking()?;)
    };
    let paginated = if needs::pages(api) {
        ", and `into_iter_blocking` to paginated ones"
    } else {
        ""
    };
    section(
        api,
        "Blocking client",
        &format!(
            "The feature `blocking` adds `send_blocking` to every request{paginated}. A blocking call \
             returns an error when it is made from async code; it never panics."
        ),
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
        "Middleware",
        "A [`Transport`] sends HTTP requests. Implement it to replace the HTTP client \
         ([`ClientBuilder::transport`]), or wrap the default one to observe or modify requests and \
         responses ([`ClientBuilder::wrap_transport`]).",
        "# fn example() -> Result<(), {library}::Error> {",
        quote! {
            use std::sync::Arc;
            use #library::{Client, TransportFuture, Transport, reqwest};
        },
        &quote! {
            struct Logged(Arc<dyn Transport>);
            impl Transport for Logged {
                fn send(&self, request: reqwest::Request) -> TransportFuture<'_> {
                    println!("{} {}", request.method(), request.url().path());
                    self.0.send(request)
                }
            }
            let client = #builder.wrap_transport(Logged).build()?;
            println!("{client:?}");
        },
    )
}

fn testing(api: &Api) -> Result<Option<String>, String> {
    let library = library(api);
    let credentials = call_sample::credentials(api);
    let client = quote!(Client::builder() #credentials);
    section(
        api,
        "Testing",
        "The feature `test-util` adds `MockTransport`, which returns scripted responses and asserts \
         on the requests that were sent. With Tokio's paused clock, retries and polling take no \
         time.",
        "# #[cfg(feature = \"test-util\")]\n\
         # async fn example() -> Result<(), {library}::Error> {",
        // The mock doesn't exist without the feature.
        quote!(),
        &quote! {
            use #library::{Client, MockResponse, MockTransport};

            let mock = MockTransport::new();
            mock.expect("GET", "/things").respond(MockResponse::new(503));
            mock.expect("GET", "/things").respond_json(200, &["first", "second"]);

            let client = #client
                .base_url("http://mock")
                .transport(mock.clone())
                .build()?;
            let response: Vec<String> = client.request("GET", "/things").send().await?;
            assert_eq!(response, ["first", "second"]);
            mock.assert_done();
        },
    )
}

/// Spans and events of the feature `tracing`. The lines are those of the runtime's own tests; they hold
/// nothing of the API, so that no text of a description gets into a block of code.
fn logging(api: &Api) -> String {
    let library = &api.package.library;
    format!(
        "\n\n# Logging\n\n\
         The feature `tracing` records a span per request and an event per failed attempt: `WARN` for \
         an attempt that is retried. A request that fails ends with one event, `WARN` for a client \
         error (4xx) and `ERROR` otherwise, also when a successful response can't be decoded. Spans \
         and events contain statuses, counts, times and JSON paths; credentials, values and bodies \
         are never logged. `tracing_subscriber::fmt().init()` prints, after the time:\n\n\
         ```text\n\
         WARN request{{operation=\"request\" method=\"GET\" path=/things}}: {library}: \
         request attempt failed, retrying attempt=1 error_kind=status status=503 backoff_ms=500\n\
         ERROR request{{operation=\"request\" method=\"GET\" path=/things status=200 attempts=2 \
         elapsed_ms=500}}: {library}: request failed error_kind=decode status=200 attempts=2 \
         json_path=items[3].status elapsed_ms=500\n\
         ```"
    )
}
