//! Encryption of connections.

use super::base_url::BaseUrl;

/// Sets up TLS: rustls with ring and the platform's certificates.
///
/// The configuration is this client's alone. No process-wide provider is installed, because that is
/// for the program to choose. Settings of TLS that the HTTP library has don't reach it; for those there
/// is [`configure_library`].
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
        // Without encryption nothing is verified, so a machine without certificates will do.
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

/// Has the HTTP library set up rustls, so that its own settings of TLS hold: certificates, versions,
/// protocols.
///
/// It takes the provider of the process and panics where there is none (`rustls-no-provider`), so ring's
/// becomes that, as rustls itself does with the only one that it is compiled with.
#[cfg(feature = "rustls")]
#[allow(clippy::unnecessary_wraps, reason = "as without the feature")]
pub(crate) fn configure_library(
    builder: reqwest::ClientBuilder,
    base_url: &BaseUrl,
) -> Result<reqwest::ClientBuilder, String> {
    use rustls::crypto::CryptoProvider;

    if CryptoProvider::get_default().is_none() {
        // Another thread may have been faster: then there is one, which is all that is needed.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
    let builder = builder.tls_backend_rustls();
    // As above: without encryption nothing is verified.
    let is_without = !base_url.is_https()
        && CryptoProvider::get_default()
            .is_some_and(|it| rustls_platform_verifier::Verifier::new(it.clone()).is_err());
    Ok(if is_without {
        builder.tls_certs_only([])
    } else {
        builder
    })
}

/// Leaves TLS to the HTTP library, as for a client without settings of TLS.
#[cfg(not(feature = "rustls"))]
pub(crate) fn configure_library(
    builder: reqwest::ClientBuilder,
    base_url: &BaseUrl,
) -> Result<reqwest::ClientBuilder, String> {
    configure(builder, base_url)
}

/// Leaves TLS to the HTTP library (native-tls, or rustls with aws-lc); without either, `https` is
/// refused here rather than at the first call.
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
