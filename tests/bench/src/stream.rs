//! Long lists, of which no more than a page is ever held.

use std::net::SocketAddr;

use crate::Failure;
use crate::calls::{self, Caller};
use crate::cost::{Cost, Record};
use crate::rival::Bare;
use crate::server::{self, Process};

/// How many batches a page has.
const PAGE: usize = 1000;

/// What it costs to read a list of so many batches, in pages of this size.
///
/// # Errors
///
/// If it can't be read to its end.
pub fn cost(name: &str, server: SocketAddr, batches: usize, page: usize) -> Result<Cost, Failure> {
    let runtime = calls::runtime()?;
    let caller = Caller::new(name, &server::base_url(server, batches, page))?;
    let (cost, read) = Cost::of(|| runtime.block_on(read(&caller)))?;
    if read == batches {
        Ok(cost)
    } else {
        Err(format!("{name} read {read} of {batches} batches").into())
    }
}

/// Reads a list, and prints what that cost.
///
/// # Errors
///
/// If it can't be read to its end.
pub fn run(name: &str, batches: usize) -> Result<(), Failure> {
    let server = Process::start()?;
    let cost = cost(name, server.address, batches, PAGE)?;
    Record::of(format!("stream {batches}"), name, &cost, 1)
        .with_memory()
        .print()
}

async fn read(caller: &Caller) -> Result<usize, Failure> {
    match caller {
        Caller::Ours(client) => {
            let mut batches = client.batches().list().into_stream();
            let mut count = 0;
            while let Some(batch) = batches.next().await {
                batch?;
                count += 1;
            }
            Ok(count)
        }
        Caller::Bare(bare) => by_hand(bare).await,
    }
}

async fn by_hand(bare: &Bare) -> Result<usize, Failure> {
    let mut count = 0;
    let mut token: Option<String> = None;
    loop {
        let page = bare.page(token.as_deref()).await?;
        for batch in page.items {
            drop(batch);
            count += 1;
        }
        match page.next_page_token.filter(|token| !token.is_empty()) {
            Some(next) => token = Some(next),
            None => return Ok(count),
        }
    }
}
