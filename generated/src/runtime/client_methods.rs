//! The methods that the client of every API and its builder have, and their `Debug`.
//!
//! `Client` and `ClientBuilder` are plain structs of the crate of an API: its own code may add methods to
//! them, and constructors, credentials and resources stand beside them. What all clients have in common
//! acts on the one field of both, `core`.

#![allow(
    unused_imports,
    unused_macros,
    reason = "only an API has a client to give methods to"
)]

pub(crate) use std::sync::Arc;
pub(crate) use std::time::Duration;

pub(crate) use ::reqwest;

pub(crate) use super::cause::Cause;
pub(crate) use super::credential::Token;
pub(crate) use super::custom::CustomRequest;
pub(crate) use super::error::Error;
pub(crate) use super::reading::Reading;
pub(crate) use super::retry::RetryPolicy;
pub(crate) use super::transport::Transport;

/// The settings of a builder that take TLS, where the runtime has it, as `requests::blocking`.
#[cfg(any(feature = "rustls", feature = "native-tls", feature = "aws-lc"))]
macro_rules! tls {
    ($($item:item)*) => {
        $(#[cfg(any(feature = "rustls", feature = "native-tls", feature = "aws-lc"))] $item)*
    };
}

#[cfg(not(any(feature = "rustls", feature = "native-tls", feature = "aws-lc")))]
macro_rules! tls {
    ($($item:item)*) => {};
}

pub(crate) use tls;

/// What a client and its builder have beside what the API's description says.
macro_rules! client_methods {
    ($client:ident, $builder:ident) => {
        impl $client {
            /// Creates a request to an endpoint that this crate has no method for. Credentials,
            /// retries, timeouts and errors are the same as for other requests.
            ///
            /// `path` is appended to the base URL, with a slash between them. It may have a query, and
            /// is sent as it is: percent-encode values in it. An absolute URL is accepted if it has the
            /// base URL's origin, because credentials are sent nowhere else. A path that can't be sent,
            /// or would be sent differently (`..`, `\`, `#`), makes sending fail with
            /// [`Error::is_invalid_input`](super::Error::is_invalid_input).
            pub fn request<M>(
                &self,
                method: M,
                path: impl AsRef<str>,
            ) -> $crate::runtime::client_methods::CustomRequest
            where
                M: TryInto<$crate::runtime::client_methods::reqwest::Method>,
            {
                self.core.request(method, path)
            }
        }

        /// Shows no credentials and no header values.
        impl ::std::fmt::Debug for $client {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.core, f)
            }
        }

        impl $builder {
            /// Sets the base URL of the server, with or without a path, such as
            /// `https://example.com/v1`.
            pub fn base_url(self, base_url: impl Into<String>) -> Self {
                Self {
                    core: self.core.base_url(base_url),
                }
            }

            /// Sets the timeout of one attempt, from connecting to the end of the response body: 60
            /// seconds by default. `Duration::MAX` disables it.
            pub fn timeout(self, timeout: $crate::runtime::client_methods::Duration) -> Self {
                Self {
                    core: self.core.timeout(timeout),
                }
            }

            /// Sets the timeout of a request with all its attempts and backoffs. There is none by
            /// default.
            pub fn total_timeout(self, timeout: $crate::runtime::client_methods::Duration) -> Self {
                Self {
                    core: self.core.total_timeout(timeout),
                }
            }

            /// Sets the maximum number of retries after transient failures: 2 by default, 0
            /// disables retries.
            pub fn max_retries(self, retries: u32) -> Self {
                Self {
                    core: self.core.max_retries(retries),
                }
            }

            /// Sets the retry policy, including its
            /// [`max_retries`](super::RetryPolicy::max_retries).
            pub fn retry_policy(
                self,
                policy: $crate::runtime::client_methods::RetryPolicy,
            ) -> Self {
                Self {
                    core: self.core.retry_policy(policy),
                }
            }

            /// Sets a header of all requests, replacing a header of the same name. For a single
            /// request it can be replaced with `with_header` and removed with `with_no_header`.
            pub fn header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                Self {
                    core: self.core.header(name, value),
                }
            }

            /// Sets a query parameter of all requests, replacing a parameter of the same name. A
            /// request that sets this parameter itself sends its own values only.
            pub fn query(self, name: impl Into<String>, value: impl ::std::fmt::Display) -> Self {
                Self {
                    core: self.core.query(name, value),
                }
            }

            /// Sets the `User-Agent` of all requests, replacing this crate's own. Shorthand for
            /// [`header`](Self::header).
            pub fn user_agent(self, name: impl AsRef<str>) -> Self {
                Self {
                    core: self.core.user_agent(name),
                }
            }

            /// Sends requests with a custom HTTP client, for example one that is shared with other
            /// parts of the program.
            ///
            /// A proxy, certificates and other settings don't need a custom client: see
            /// [`configure_http`](Self::configure_http) and [`proxy`](Self::proxy). Combined with a
            /// custom client they would have no effect, so [`build`](Self::build) returns an error.
            ///
            /// Build the client with `redirect(reqwest::redirect::Policy::none())`: this crate
            /// follows redirects itself, and only to the same origin. If the custom client follows
            /// a redirect to another origin, credentials may have been sent there, and the request
            /// fails.
            ///
            /// Also build it with `retry(reqwest::retry::never())`. By default `reqwest` retries a
            /// request that a server didn't process over HTTP/2 up to two times, which neither
            /// [`max_retries`](Self::max_retries) nor [`Error::attempts`](super::Error::attempts)
            /// takes into account. This crate retries such a request itself, whatever its method.
            ///
            /// With this crate's feature `rustls`, and no other TLS backend of `reqwest` enabled,
            /// building a `reqwest` client needs a `CryptoProvider`; without one `reqwest` panics.
            /// With `rustls` among the program's dependencies:
            ///
            #[cfg_attr(feature = "rustls", doc = "```")]
            #[cfg_attr(not(feature = "rustls"), doc = "```ignore")]
            /// // It fails if a provider is already installed, which is as good.
            /// let _ = rustls::crypto::ring::default_provider().install_default();
            /// let http = reqwest::Client::builder()
            ///     .redirect(reqwest::redirect::Policy::none())
            ///     .build()?;
            /// # drop(http);
            /// # Ok::<(), reqwest::Error>(())
            /// ```
            pub fn http_client(
                self,
                client: $crate::runtime::client_methods::reqwest::Client,
            ) -> Self {
                Self {
                    core: self.core.http_client(client),
                }
            }

            /// Sends requests with a custom transport instead of an HTTP client.
            pub fn transport(
                self,
                transport: impl $crate::runtime::client_methods::Transport,
            ) -> Self {
                Self {
                    core: self.core.transport(transport),
                }
            }

            /// Wraps the transport in another one, such as middleware that observes or modifies
            /// requests and responses. A second wrapper wraps the first.
            pub fn wrap_transport<T: $crate::runtime::client_methods::Transport>(
                self,
                wrap: impl Fn(
                    $crate::runtime::client_methods::Arc<
                        dyn $crate::runtime::client_methods::Transport,
                    >,
                ) -> T
                + Send
                + Sync
                + 'static,
            ) -> Self {
                Self {
                    core: self.core.wrap_transport(wrap),
                }
            }

            /// Sets how strictly responses are checked against the API description:
            /// [`Reading::Lenient`](super::Reading::Lenient), unless this crate was generated with
            /// another default.
            pub fn reading(self, reading: $crate::runtime::client_methods::Reading) -> Self {
                Self {
                    core: self.core.reading(reading),
                }
            }

            /// Sets the maximum size of the body of a successful response, in bytes after
            /// decompression: 64 MiB by default. A larger body is an error.
            pub fn max_body_size(self, bytes: usize) -> Self {
                Self {
                    core: self.core.max_body_size(bytes),
                }
            }

            /// Sets the maximum size of the body of an error response, in bytes after
            /// decompression: 1 MiB by default. A larger body is truncated.
            pub fn max_error_body_size(self, bytes: usize) -> Self {
                Self {
                    core: self.core.max_error_body_size(bytes),
                }
            }

            /// Builds the client. Nothing is sent.
            ///
            /// # Errors
            ///
            /// Returns an error with [`Error::is_invalid_input`](super::Error::is_invalid_input) if
            /// the credential is missing, blank or can't be sent, if the base URL or a header is
            /// invalid, if the HTTP client can't be built (for example because the system has no
            /// certificates), or if settings of the HTTP client are combined with a custom client
            /// or transport.
            pub fn build(self) -> Result<$client, $crate::runtime::client_methods::Error> {
                Ok($client {
                    core: self.core.build()?,
                })
            }

            /// Sets the timeout for connecting: 10 seconds by default. It has no effect on a custom
            /// [`http_client`](Self::http_client), which has its own.
            pub fn connect_timeout(
                self,
                timeout: $crate::runtime::client_methods::Duration,
            ) -> Self {
                Self {
                    core: self.core.connect_timeout(timeout),
                }
            }

            /// Adds a proxy, which replaces those of the environment (`HTTPS_PROXY` and the like).
            /// Of several proxies, the first that matches a request is used.
            pub fn proxy(self, proxy: $crate::runtime::client_methods::reqwest::Proxy) -> Self {
                Self {
                    core: self.core.proxy(proxy),
                }
            }

            $crate::runtime::client_methods::tls! {
                /// Trusts the certificate of a certificate authority, such as a company's own, in
                /// addition to those of the system.
                ///
                /// To trust no others, call `tls_certs_only` in
                /// [`configure_http`](Self::configure_http). See there for the process-wide
                /// `CryptoProvider` that this needs with rustls.
                pub fn add_root_certificate(
                    self,
                    certificate: $crate::runtime::client_methods::reqwest::Certificate,
                ) -> Self {
                    Self {
                        core: self.core.add_root_certificate(certificate),
                    }
                }

                /// Sets the client certificate and its key (mutual TLS).
                ///
                /// With rustls (ring or aws-lc) it is created with `reqwest::Identity::from_pem`, with
                /// native-tls with `from_pkcs8_pem` or `from_pkcs12_der`; [`build`](Self::build)
                /// returns an error for one of the other kind. See
                /// [`configure_http`](Self::configure_http) for the process-wide `CryptoProvider` that
                /// this needs with rustls.
                pub fn identity(
                    self,
                    identity: $crate::runtime::client_methods::reqwest::Identity,
                ) -> Self {
                    Self {
                        core: self.core.identity(identity),
                    }
                }
            }

            /// Configures the HTTP client: the closure receives the
            /// [`reqwest::ClientBuilder`](super::reqwest::ClientBuilder) with TLS, proxies,
            /// certificates and timeouts set. Several closures are called in the order in which
            /// they are added.
            ///
            /// A redirect policy or a retry policy that is set here has no effect: this crate
            /// follows redirects itself, and only to the same origin. Headers of requests replace
            /// default headers that are set here: set the user agent with
            /// [`user_agent`](Self::user_agent).
            ///
            /// With the feature `rustls`, this method,
            /// [`add_root_certificate`](Self::add_root_certificate) and
            /// [`identity`](Self::identity) let `reqwest` set up TLS, which uses the process-wide
            /// `CryptoProvider`. If none is installed when [`build`](Self::build) is called, ring's
            /// is installed, as rustls does by itself when it is compiled with ring alone. A
            /// program that needs another one installs it first.
            pub fn configure_http<F>(self, change: F) -> Self
            where
                F: FnOnce(
                        $crate::runtime::client_methods::reqwest::ClientBuilder,
                    ) -> $crate::runtime::client_methods::reqwest::ClientBuilder
                    + Clone
                    + Send
                    + Sync
                    + 'static,
            {
                Self {
                    core: self.core.configure_http(change),
                }
            }

            /// Sets a function that returns the credential in place of a key, for tokens that
            /// expire.
            ///
            /// It is called before the first request, when a [`Token`](super::Token) has expired,
            /// and when the server rejects one (401); the rejected request is then attempted once
            /// more with the new token. Concurrent requests share one call. If it fails, all of
            /// them fail with an error that is
            /// [`Error::is_authentication`](super::Error::is_authentication).
            ///
            /// Each waiting request drives the function's future in its own task, so that a request
            /// that is no longer polled doesn't block the others. The future is dropped with the
            /// last of them. If a request times out while it waits, later requests call the
            /// function again. A panic of the function is raised in the request that was driving
            /// it; the others return an error.
            ///
            /// If the API has several security schemes, it provides the first bearer token, or else
            /// the first credential; [`token_provider_for`](Self::token_provider_for) selects
            /// another one.
            pub fn token_provider<F, A, T, E>(self, provide: F) -> Self
            where
                F: Fn() -> A + Send + Sync + 'static,
                A: ::std::future::Future<Output = Result<T, E>> + Send + 'static,
                T: Into<$crate::runtime::client_methods::Token>,
                E: Into<$crate::runtime::client_methods::Cause>,
            {
                Self {
                    core: self.core.token_provider(provide),
                }
            }

            /// Sets a token provider for one of several credentials, by the name of the builder's
            /// method that sets it as a key.
            ///
            /// [`build`](Self::build) returns an error if there is no such credential.
            pub fn token_provider_for<F, A, T, E>(self, credential: &str, provide: F) -> Self
            where
                F: Fn() -> A + Send + Sync + 'static,
                A: ::std::future::Future<Output = Result<T, E>> + Send + 'static,
                T: Into<$crate::runtime::client_methods::Token>,
                E: Into<$crate::runtime::client_methods::Cause>,
            {
                Self {
                    core: self.core.token_provider_for(credential, provide),
                }
            }
        }

        /// Shows no credentials, no base URL before it is validated, and no values of headers and query
        /// parameters.
        impl ::std::fmt::Debug for $builder {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.core, f)
            }
        }
    };
}

pub(crate) use client_methods as methods;
