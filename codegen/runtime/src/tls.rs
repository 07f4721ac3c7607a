//! TLS.

use super::base_url::BaseUrl;

/// Sets up TLS: rustls with ring and the platform's certificates.
///
/// The configuration is this client's own. No process-wide provider is installed, because that is the
/// program's choice. The HTTP library's TLS settings have no effect on it; see [`configure_library`].
#[cfg(feature = "rustls")]
pub(crate) fn configure(
    builder: reqwest::ClientBuilder,
    base_url: &BaseUrl,
) -> Result<reqwest::ClientBuilder, String> {
    use std::sync::Arc;

    use rustls::{ClientConfig, RootCertStore};
    use rustls_platform_verifier::BuilderVerifierExt;

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| format!("TLS can't be set up: {error}"))?;
    let tls = match tls.clone().with_platform_verifier() {
        Ok(verified) => verified,
        // Without TLS nothing is verified, so no certificates are needed.
        Err(_) if !base_url.is_https() => tls.with_root_certificates(RootCertStore::empty()),
        Err(error) => {
            return Err(format!(
                "the system's certificates can't be read ({error}): install them (often the package \
                 ca-certificates), or add trusted ones with `add_root_certificate`"
            ));
        }
    };
    let mut tls = tls.with_no_client_auth();
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(builder.tls_backend_preconfigured(tls))
}

/// Lets the HTTP library set up rustls, so that its own TLS settings apply: certificates, versions,
/// protocols.
///
/// It uses the process-wide provider and panics if there is none (`rustls-no-provider`), so ring's is
/// installed, as rustls does by itself if it is compiled with one provider only.
#[cfg(feature = "rustls")]
#[allow(clippy::unnecessary_wraps, reason = "as without the feature")]
pub(crate) fn configure_library(
    builder: reqwest::ClientBuilder,
    base_url: &BaseUrl,
) -> Result<reqwest::ClientBuilder, String> {
    use rustls::crypto::CryptoProvider;

    if CryptoProvider::get_default().is_none() {
        // It fails if another thread was faster: then a provider is installed.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
    let builder = builder.tls_backend_rustls();
    // As above: without TLS nothing is verified.
    let is_without = !base_url.is_https()
        && CryptoProvider::get_default()
            .is_some_and(|it| rustls_platform_verifier::Verifier::new(it.clone()).is_err());
    Ok(if is_without {
        builder.tls_certs_only([])
    } else {
        builder
    })
}

/// Leaves TLS to the HTTP library.
#[cfg(not(feature = "rustls"))]
pub(crate) fn configure_library(
    builder: reqwest::ClientBuilder,
    base_url: &BaseUrl,
) -> Result<reqwest::ClientBuilder, String> {
    configure(builder, base_url)
}

/// Leaves TLS to the HTTP library (native-tls, or rustls with aws-lc); without either, `https` is an error
/// here rather than with the first request.
#[cfg(not(feature = "rustls"))]
pub(crate) fn configure(
    builder: reqwest::ClientBuilder,
    base_url: &BaseUrl,
) -> Result<reqwest::ClientBuilder, String> {
    let has_tls = cfg!(any(feature = "native-tls", feature = "aws-lc"));
    if base_url.is_https() && !has_tls {
        return Err(
            "this program is built without TLS: enable the feature `rustls`, `native-tls` or `aws-lc`, \
             or set a custom HTTP client with `http_client`"
                .to_owned(),
        );
    }
    Ok(builder)
}
