//! Calls that wait for one token together: none of them holds up the others.

use std::convert::Infallible;
use std::error::Error as _;
use std::future::{Future, pending, poll_fn};
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore};

use super::doubles;
use super::pets::{BEARER, Pet, Pets};
use crate::runtime::credential::Token;
use crate::runtime::error::Error;
use crate::runtime::mock::MockTransport;

const SECOND: Duration = Duration::from_secs(1);

type Count = Arc<AtomicU32>;

/// A client whose provider is this; it counts how often it was asked.
fn pets<A, E>(mock: &MockTransport, ask: impl Fn(u32) -> A + Send + Sync + 'static) -> (Pets, Count)
where
    A: Future<Output = Result<Token, E>> + Send + 'static,
    E: Into<Box<dyn std::error::Error + Send + Sync>> + 'static,
{
    let asked = Count::default();
    let count = Arc::clone(&asked);
    let builder = doubles::settings(&BEARER, mock)
        .token_provider(move || ask(count.fetch_add(1, Ordering::SeqCst) + 1));
    (Pets(builder.build().unwrap()), asked)
}

/// A transport that responds to so many calls with this token.
fn responding(calls: usize, token: &str) -> MockTransport {
    let mock = MockTransport::new();
    for _ in 0..calls {
        mock.expect("GET", "/v1/pets/1")
            .with_header("authorization", &format!("Bearer {token}"))
            .respond_json(200, &Pet::new("Rex"));
    }
    mock
}

/// Polls a future once, and finds it pending.
async fn poll_once<F: Future>(mut future: Pin<&mut F>) {
    let pending = poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_pending())).await;
    assert!(pending, "it waits");
}

/// Steps that a provider takes, each when it is let.
fn stepping(
    gate: &Arc<Semaphore>,
) -> impl Fn(u32) -> Pin<Box<dyn Future<Output = Result<Token, Infallible>> + Send>>
+ Send
+ Sync
+ 'static {
    let gate = Arc::clone(gate);
    move |number| {
        let gate = Arc::clone(&gate);
        Box::pin(async move {
            for _ in 0..3 {
                gate.acquire().await.expect("it is open").forget();
            }
            Ok(format!("token-{number}").into())
        })
    }
}

#[tokio::test(start_paused = true)]
async fn token_provider_isnt_blocked_by_an_idle_request() {
    let mock = responding(3, "token-1");
    let (pets, asked) = pets(&mock, |number| async move {
        tokio::time::sleep(SECOND).await;
        Ok::<_, Infallible>(format!("token-{number}").into())
    });
    let mut idle = pin!(pets.get("1").send());
    tokio::select! {
        biased;
        _ = &mut idle => panic!("the provider has not responded"),
        () = tokio::task::yield_now() => {}
    }
    // In the arm of a `select!`, say.
    let (one, other) = tokio::join!(pets.get("1").send(), pets.get("1").send());
    one.unwrap();
    other.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    idle.await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    mock.assert_done();
}

#[tokio::test]
async fn token_provider_is_driven_by_any_request() {
    let mock = responding(3, "token-1");
    let gate = Arc::new(Semaphore::new(0));
    let (pets, asked) = pets(&mock, stepping(&gate));
    let mut first = pin!(pets.get("1").send());
    let mut second = pin!(pets.get("1").send());
    poll_once(first.as_mut()).await;
    poll_once(second.as_mut()).await;
    // The second polled it last, and never polls again while the third goes on.
    let third = tokio::spawn(pets.get("1").send());
    for _ in 0..3 {
        tokio::task::yield_now().await;
        gate.add_permits(1);
    }
    third.await.unwrap().unwrap();
    first.await.unwrap();
    second.await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn token_provider_survives_a_dropped_request() {
    let mock = responding(1, "token-1");
    let gate = Arc::new(Semaphore::new(0));
    let (pets, asked) = pets(&mock, stepping(&gate));
    let mut first = Box::pin(pets.get("1").send());
    poll_once(first.as_mut()).await;
    let second = tokio::spawn(pets.get("1").send());
    tokio::task::yield_now().await;
    gate.add_permits(1);
    poll_once(first.as_mut()).await;
    drop(first);
    gate.add_permits(2);
    second.await.unwrap().unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    mock.assert_done();
}

#[tokio::test]
async fn token_provider_future_is_dropped_with_its_last_request() {
    struct Discriminant(Arc<Notify>);
    impl Drop for Discriminant {
        fn drop(&mut self) {
            self.0.notify_one();
        }
    }
    let mock = responding(1, "token-2");
    let dropped = Arc::new(Notify::new());
    let reported = Arc::clone(&dropped);
    let (pets, asked) = pets(&mock, move |number| {
        let reported = Discriminant(Arc::clone(&reported));
        async move {
            if number == 1 {
                pending::<()>().await;
            }
            drop(reported);
            Ok::<_, Infallible>(format!("token-{number}").into())
        }
    });
    let mut calls = [pets.get("1"), pets.get("1")].map(|call| Box::pin(call.send()));
    for call in &mut calls {
        poll_once(call.as_mut()).await;
    }
    drop(calls);
    dropped.notified().await;
    pets.get("1").send().await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    mock.assert_done();
}

#[tokio::test]
async fn token_provider_error_is_shared() {
    let mock = MockTransport::new();
    let (pets, asked) = pets(&mock, |_| async {
        tokio::task::yield_now().await;
        Err::<Token, _>(io::Error::other("the vault is sealed"))
    });
    let (one, other) = tokio::join!(pets.get("1").send(), pets.get("1").send());
    for error in [one.unwrap_err(), other.unwrap_err()] {
        assert!(error.is_authentication(), "{error}");
        let cause = error.source().unwrap().downcast_ref::<io::Error>();
        assert_eq!(cause.unwrap().to_string(), "the vault is sealed");
        assert!(
            error
                .to_string()
                .contains("the token provider failed: the vault is sealed")
        );
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    // Those who come later ask again.
    let error: Error = pets.get("1").send().await.unwrap_err();
    assert!(error.is_authentication(), "{error}");
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn token_provider_panic_is_an_error_for_the_others() {
    let mock = responding(1, "token-2");
    let gate = Arc::new(Semaphore::new(0));
    let opened = Arc::clone(&gate);
    let (pets, asked) = pets(&mock, move |number| {
        let opened = Arc::clone(&opened);
        async move {
            drop(opened.acquire().await);
            assert_ne!(number, 1, "the vault fell down");
            Ok::<_, Infallible>(format!("token-{number}").into())
        }
    });
    let calls: Vec<_> = (0..3).map(|_| tokio::spawn(pets.get("1").send())).collect();
    tokio::task::yield_now().await;
    gate.add_permits(1);
    let mut panics = 0;
    for call in calls {
        match call.await {
            Err(panic) => {
                assert!(panic.is_panic());
                panics += 1;
            }
            Ok(result) => {
                let error = result.unwrap_err();
                assert!(error.is_authentication(), "{error}");
                assert!(error.to_string().contains("the token provider panicked"));
            }
        }
    }
    assert_eq!(panics, 1);
    pets.get("1").send().await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn token_provider_that_panics_early_blocks_nobody() {
    let mock = responding(1, "token-2");
    let (pets, asked) = pets(&mock, |number| {
        assert_ne!(number, 1, "the vault fell down");
        std::future::ready(Ok::<_, Infallible>(format!("token-{number}").into()))
    });
    let call = tokio::spawn(pets.get("1").send());
    assert!(call.await.unwrap_err().is_panic());
    pets.get("1").send().await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn token_provider_is_called_again_after_a_timeout() {
    let mock = responding(1, "token-2");
    let (pets, asked) = pets(&mock, |number| async move {
        if number == 1 {
            pending::<()>().await;
        }
        Ok::<_, Infallible>(format!("token-{number}").into())
    });
    let patient = tokio::spawn(pets.get("1").with_max_retries(0).send());
    tokio::task::yield_now().await;
    let hasty = pets.get("1").with_timeout(SECOND).with_max_retries(0);
    assert!(hasty.send().await.unwrap_err().is_timeout());
    // The first is still waiting, and who comes now doesn't wait for the same.
    pets.get("1").send().await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    assert!(patient.await.unwrap().unwrap_err().is_timeout());
    mock.assert_done();
}

/// A waker may be called while another thread polls: nothing of that is lost.
#[test]
fn token_provider_is_driven_by_many_threads() {
    let threads = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_time()
        .build()
        .unwrap();
    threads.block_on(async {
        for _ in 0..50 {
            let mock = responding(16, "token-1");
            let (pets, asked) = pets(&mock, |number| async move {
                for _ in 0..20 {
                    tokio::task::yield_now().await;
                }
                Ok::<_, Infallible>(format!("token-{number}").into())
            });
            let mut idle = Box::pin(pets.get("1").send());
            let mut context = Context::from_waker(Waker::noop());
            assert!(idle.as_mut().poll(&mut context).is_pending());
            let calls: Vec<_> = (0..15)
                .map(|_| tokio::spawn(pets.get("1").send()))
                .collect();
            for call in calls {
                call.await.unwrap().unwrap();
            }
            idle.await.unwrap();
            assert_eq!(asked.load(Ordering::SeqCst), 1);
        }
    });
}
