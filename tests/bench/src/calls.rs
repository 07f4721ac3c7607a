//! Calls: one batch from a server on loopback, again and again.

use std::net::SocketAddr;
use std::time::Duration;

use llama_cloud::Client;
use reqwest::header::HeaderMap;
use tokio::runtime::{self, Runtime};
use tokio::task::JoinSet;

use crate::Failure;
use crate::cost::{Cost, Record, by_turns};
use crate::rival::{self, Bare};
use crate::server::{self, Process};

const KEY: &str = "llx-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL";
const ID: &str = "bat-aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

/// The limit of time that the emitted client has for a try where nothing else is said.
const LIMIT: Duration = Duration::from_secs(60);

/// How often a large body is got for one measurement.
const BODIES: u32 = 8;

/// How many calls are under way at once, where there are several.
pub const AT_ONCE: u32 = 64;

/// How often each side has its turn. What a call costs in the system depends on whether the server
/// sleeps when the request comes, and so on chance: of many short turns there is one for each side
/// in which the same happened.
const TURNS: usize = 31;

/// How often each side has its turn where bodies are large.
const TURNS_OF_BODIES: usize = 7;

/// What makes the calls.
#[derive(Clone, Debug)]
pub enum Caller {
    /// The emitted client.
    Ours(Client),
    /// `reqwest` and `serde_json`.
    Bare(Bare),
}

impl Caller {
    /// The names of all of them: ours, the bare client with the limit of time that ours has, and
    /// the bare client without one.
    pub const NAMES: [&'static str; 3] = ["ours", "bare", "endless"];

    /// The one of this name, for the server at this address.
    ///
    /// # Errors
    ///
    /// If there is none, or it can't be made.
    pub fn new(name: &str, base_url: &str) -> Result<Self, Failure> {
        match name {
            "ours" => Ok(Self::Ours(
                Client::builder()
                    .api_key(KEY)
                    .base_url(base_url)
                    .http_client(rival::http_client(HeaderMap::new(), None)?)
                    .build()?,
            )),
            "bare" => Ok(Self::Bare(Bare::new(base_url, KEY, Some(LIMIT))?)),
            "endless" => Ok(Self::Bare(Bare::new(base_url, KEY, None)?)),
            _ => Err(format!("there is no caller `{name}`").into()),
        }
    }

    /// Gets one batch.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub async fn batch(&self) -> Result<(), Failure> {
        match self {
            Self::Ours(client) => drop(client.batches().get(ID).send().await?),
            Self::Bare(bare) => drop(bare.batch(ID).await?),
        }
        Ok(())
    }

    /// Gets a page as it comes, and says how long it is.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub async fn raw_page(&self) -> Result<usize, Failure> {
        Ok(match self {
            Self::Ours(client) => client.batches().list().send_raw().await?.body().len(),
            Self::Bare(bare) => bare.raw_page(None).await?.len(),
        })
    }

    /// Gets so many batches one after the other, with this many tasks that do so.
    ///
    /// # Errors
    ///
    /// If one can't be got.
    pub async fn batches(&self, calls: u32, at_once: u32) -> Result<(), Failure> {
        if at_once == 1 {
            return self.in_turn(calls).await;
        }
        let mut tasks = JoinSet::new();
        for _ in 0..at_once {
            let caller = self.clone();
            tasks.spawn(async move { caller.in_turn(calls / at_once).await });
        }
        while let Some(task) = tasks.join_next().await {
            task??;
        }
        Ok(())
    }

    async fn in_turn(&self, calls: u32) -> Result<(), Failure> {
        for _ in 0..calls {
            self.batch().await?;
        }
        Ok(())
    }
}

/// A runtime that does all of its work on the thread that waits for it, so that what is counted there
/// is all there is.
///
/// # Errors
///
/// If it can't be made.
pub fn runtime() -> Result<Runtime, Failure> {
    Ok(runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()?)
}

/// What so many calls cost, on connections that are there.
///
/// # Errors
///
/// If one fails.
pub fn cost(caller: &Caller, calls: u32, at_once: u32) -> Result<Cost, Failure> {
    let runtime = runtime()?;
    runtime.block_on(caller.batches(at_once.max(8), at_once))?;
    let (cost, ()) = Cost::of(|| runtime.block_on(caller.batches(calls, at_once)))?;
    Ok(cost)
}

/// What it costs to get a page of so many batches several times, without reading it.
///
/// # Errors
///
/// If it can't be got.
pub fn cost_of_body(name: &str, server: SocketAddr, batches: usize) -> Result<Cost, Failure> {
    let runtime = runtime()?;
    let caller = Caller::new(name, &server::base_url(server, batches, batches))?;
    // The connection is made, and the buffers that stay with it have grown.
    runtime.block_on(caller.raw_page())?;
    let (cost, ()) = Cost::of(|| {
        for _ in 0..BODIES {
            runtime.block_on(caller.raw_page())?;
        }
        Ok(())
    })?;
    Ok(cost)
}

/// Makes calls one after the other and many at once, by turns, and prints a line for each of it.
///
/// # Errors
///
/// If a call fails.
pub fn run(rounds: u32, calls: u32) -> Result<(), Failure> {
    let server = Process::start()?;
    let base_url = format!("http://{}", server.address);
    let print = |what: &str, costs: Vec<Cost>, runs: u32| {
        Caller::NAMES
            .iter()
            .zip(costs)
            .try_for_each(|(name, cost)| Record::of(what, *name, &cost, runs).print())
    };
    for _ in 0..rounds {
        for at_once in [1, AT_ONCE] {
            let costs = by_turns(TURNS, &Caller::NAMES, |name| {
                cost(&Caller::new(name, &base_url)?, calls, at_once)
            })?;
            print(&format!("call, {at_once} at once"), costs, calls)?;
        }
        let costs = by_turns(TURNS_OF_BODIES, &Caller::NAMES, |name| {
            cost_of_body(name, server.address, 10_000)
        })?;
        print("a body of 5 MB", costs, BODIES)?;
    }
    Ok(())
}

/// Makes so many calls, with this many under way at once, and nothing else, for a profiler to watch.
///
/// # Errors
///
/// If a call fails.
pub fn only(name: &str, calls: u32, at_once: u32) -> Result<(), Failure> {
    let server = Process::start()?;
    let caller = Caller::new(name, &format!("http://{}", server.address))?;
    runtime()?.block_on(caller.batches(calls, at_once))
}

/// Gets so many large bodies and does nothing else, for a profiler to watch.
///
/// # Errors
///
/// If one can't be got.
pub fn only_bodies(name: &str, bodies: u32) -> Result<(), Failure> {
    let server = Process::start()?;
    let caller = Caller::new(name, &server::base_url(server.address, 10_000, 10_000))?;
    let runtime = runtime()?;
    for _ in 0..bodies {
        runtime.block_on(caller.raw_page())?;
    }
    Ok(())
}
