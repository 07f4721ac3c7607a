//! Certificates that the builder is given, tried with a peer that speaks TLS under an authority which
//! nobody but these tests trusts.

use std::net::SocketAddr;
use std::sync::Arc;

use llama_cloud::reqwest::{self, Certificate, Identity};
use llama_cloud::{Client, ClientBuilder, Error};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tests::sample::{BATCH, KEY};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// An authority that nobody knows.
struct Authority {
    certificate: rcgen::Certificate,
    issuer: Issuer<'static, KeyPair>,
}

/// A certificate with its key.
struct Pair {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(Vec::new()).expect("good names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).expect("a certificate");
        let issuer = Issuer::new(params, key);
        Self {
            certificate,
            issuer,
        }
    }

    fn signs(&self, name: &str) -> Pair {
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(vec![name.to_owned()]).expect("a good name");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        Pair { certificate, key }
    }

    fn store(&self) -> RootCertStore {
        let mut store = RootCertStore::empty();
        store.add(self.certificate.der().clone()).expect("a root");
        store
    }

    /// As a client takes it.
    fn trusted(&self) -> Certificate {
        Certificate::from_pem(self.certificate.pem().as_bytes()).expect("a certificate")
    }
}

/// A server with a certificate of this authority, which sends a batch on each connection that asks for
/// one over HTTP/1.1. It speaks to clients with a certificate alone where `knows_clients`.
async fn serve(authority: &Authority, knows_clients: bool) -> SocketAddr {
    let pair = authority.signs("localhost");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .expect("versions of TLS");
    let config = if knows_clients {
        let roots = Arc::new(authority.store());
        let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider).build();
        config.with_client_cert_verifier(verifier.expect("a verifier"))
    } else {
        config.with_no_client_auth()
    };
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(pair.key.serialize_der()));
    let chain = vec![pair.certificate.der().clone()];
    let mut config = config.with_single_cert(chain, key).expect("a good pair");
    // HTTP/2 is taken where the client offers it, and then there is no response.
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    return;
                };
                if stream.get_ref().1.alpn_protocol() == Some(b"h2") || !has_head(&mut stream).await
                {
                    return;
                }
                let length = BATCH.len();
                let response = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{BATCH}"
                );
                let _ = stream.write_all(response.as_bytes()).await;
                let _ = stream.shutdown().await;
            });
        }
    });
    address
}

/// Reads the head of a request, as far as there is one.
async fn has_head(stream: &mut (impl AsyncRead + Unpin)) -> bool {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return false,
        }
    }
    true
}

fn builder(address: SocketAddr) -> ClientBuilder {
    Client::builder()
        .api_key(KEY)
        .base_url(format!("https://localhost:{}", address.port()))
        .max_retries(0)
}

/// The same over HTTP/1.1, to which the peer responds.
fn plain_builder(address: SocketAddr) -> ClientBuilder {
    builder(address).configure_http(reqwest::ClientBuilder::http1_only)
}

async fn call(builder: ClientBuilder) -> Result<String, Error> {
    let batch = builder.build()?.batches().get("bat-1").send().await?;
    Ok(batch.id)
}

#[tokio::test]
async fn an_authority_is_trusted_once_it_is_added() {
    let authority = Authority::new();
    let address = serve(&authority, false).await;
    let error = call(plain_builder(address)).await.expect_err("unknown");
    assert!(error.is_connect(), "{error:?}");
    let trusting = plain_builder(address).add_root_certificate(authority.trusted());
    assert_eq!(call(trusting).await.expect("it is trusted"), "bat-1");
    // Of several each is trusted, and another one makes no difference.
    let several = plain_builder(address)
        .add_root_certificate(authority.trusted())
        .add_root_certificate(Authority::new().trusted());
    assert_eq!(call(several).await.expect("it is trusted"), "bat-1");
    let other = plain_builder(address).add_root_certificate(Authority::new().trusted());
    let error = call(other).await.expect_err("unknown");
    assert!(error.is_connect(), "{error:?}");
}

#[tokio::test]
async fn a_client_shows_its_certificate_to_a_server_that_asks_for_one() {
    let authority = Authority::new();
    let address = serve(&authority, true).await;
    let trusting = || plain_builder(address).add_root_certificate(authority.trusted());
    call(trusting()).await.expect_err("it has no certificate");
    let pair = authority.signs("the client");
    let pem = format!("{}{}", pair.certificate.pem(), pair.key.serialize_pem());
    let identity = Identity::from_pem(pem.as_bytes()).expect("an identity");
    let known = trusting().identity(identity);
    assert_eq!(call(known).await.expect("it is known"), "bat-1");
    let stranger = Authority::new().signs("the client");
    let pem = format!(
        "{}{}",
        stranger.certificate.pem(),
        stranger.key.serialize_pem()
    );
    let identity = Identity::from_pem(pem.as_bytes()).expect("an identity");
    call(trusting().identity(identity))
        .await
        .expect_err("it is a stranger");
}

#[tokio::test]
async fn settings_of_tls_that_the_http_library_has_hold_too() {
    let authority = Authority::new();
    let address = serve(&authority, false).await;
    let only = authority.trusted();
    // The certificate is moved out: a change needn't be one that can be called twice.
    let trusting = plain_builder(address).configure_http(move |http| http.tls_certs_only([only]));
    assert_eq!(
        call(trusting.clone()).await.expect("it is trusted"),
        "bat-1"
    );
    assert_eq!(call(trusting).await.expect("also from a copy"), "bat-1");
    let careless = plain_builder(address);
    let careless = careless.configure_http(|http| http.tls_danger_accept_invalid_certs(true));
    assert_eq!(call(careless).await.expect("all is taken"), "bat-1");
    // Without the setting for it HTTP/2 is offered, and chosen.
    let other = builder(address).add_root_certificate(authority.trusted());
    call(other)
        .await
        .expect_err("the peer doesn't respond over HTTP/2");
}
