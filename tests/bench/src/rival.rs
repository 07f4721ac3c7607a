//! The same types and calls by hand: what a good programmer would write for this one API.

use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::redirect::Policy;
use serde::{Deserialize, Serialize};

use crate::Failure;

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The batches on it.
    pub items: Vec<Batch>,
    /// What leads to the next one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_page_token: Option<String>,
    /// How many batches there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_size: Option<i64>,
}

/// A batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// Its name.
    pub id: String,
    /// What it does.
    pub config: Config,
    /// Whose it is.
    pub project_id: String,
    /// What it works on.
    pub source_directory_id: String,
    /// How far it is.
    pub status: Status,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// What became of each file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<Vec<Outcome>>,
    /// When it changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<String>,
}

/// What a batch does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// For each file.
    pub job: Job,
}

/// What is run for a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// With which settings.
    pub configuration_id: String,
    /// Of what kind.
    #[serde(rename = "type")]
    pub kind: Kind,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The file.
    pub source_directory_file_id: String,
    /// What went wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    /// The job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_reference: Option<Reference>,
}

/// A job that was started.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// Its name.
    pub id: String,
    /// Of what kind it is.
    #[serde(rename = "type")]
    pub kind: Kind,
}

/// How far a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// Not begun.
    Pending,
    /// Held back.
    Throttled,
    /// Under way.
    Running,
    /// Done.
    Completed,
    /// Not done.
    Failed,
    /// Stopped.
    Cancelled,
}

/// The kind of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Parsing.
    ParseV2,
    /// Extracting.
    ExtractV2,
}

/// The HTTP client that both sides of a comparison send with, with the emitted client's own
/// settings.
///
/// # Errors
///
/// If it can't be made.
pub fn http_client(
    headers: HeaderMap,
    timeout: Option<Duration>,
) -> Result<reqwest::Client, Failure> {
    // The emitted client's feature `rustls` is on, and `reqwest` then asks for a provider. A second
    // time there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .redirect(Policy::none())
        .default_headers(headers);
    if let Some(timeout) = timeout {
        builder = builder.timeout(timeout);
    }
    Ok(builder.build()?)
}

/// A bare client for this one API: the key, the address, and what `reqwest` brings.
#[derive(Clone, Debug)]
pub struct Bare {
    http: reqwest::Client,
    base_url: String,
}

impl Bare {
    /// The same headers as the emitted client, and a limit of time for a call, or none.
    ///
    /// # Errors
    ///
    /// If the HTTP client can't be made.
    pub fn new(base_url: &str, key: &str, timeout: Option<Duration>) -> Result<Self, Failure> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let mut key = HeaderValue::from_str(&format!("Bearer {key}"))?;
        key.set_sensitive(true);
        headers.insert(AUTHORIZATION, key);
        headers.insert(USER_AGENT, HeaderValue::from_static("bare-rust/0.1.0"));
        Ok(Self {
            http: http_client(headers, timeout)?,
            base_url: base_url.to_owned(),
        })
    }

    /// One batch.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub async fn batch(&self, id: &str) -> Result<Batch, Failure> {
        let body = self
            .body(format!("{}/api/v2/batches/{id}", self.base_url))
            .await?;
        Ok(serde_json::from_slice(&body)?)
    }

    /// One page of batches.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub async fn page(&self, token: Option<&str>) -> Result<Page, Failure> {
        Ok(serde_json::from_slice(&self.raw_page(token).await?)?)
    }

    /// The same, as it came.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub async fn raw_page(&self, token: Option<&str>) -> Result<bytes::Bytes, Failure> {
        let url = match token {
            Some(token) => format!("{}/api/v2/batches?page_token={token}", self.base_url),
            None => format!("{}/api/v2/batches", self.base_url),
        };
        self.body(url).await
    }

    async fn body(&self, url: String) -> Result<bytes::Bytes, Failure> {
        let response = self.http.get(url).send().await?.error_for_status()?;
        Ok(response.bytes().await?)
    }
}
