//! Timeouts, retries and pauses that the configuration gives operations and pollers.

use std::time::Duration;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{Operation, Waiter};

/// The calls that give a request the defaults of its operation.
pub(super) fn calls(operation: &Operation) -> TokenStream {
    let timeout = operation.timeout.map(|timeout| {
        let millis = millis(timeout);
        quote!(.timeout_millis(#millis))
    });
    let retries = operation.max_retries.map(|retries| {
        let retries = Literal::u32_unsuffixed(retries);
        quote!(.max_retries(#retries))
    });
    quote!(#timeout #retries)
}

/// What is said of the defaults of an operation.
pub(super) fn about(operation: &Operation) -> String {
    let timeout = operation.timeout.map(|timeout| {
        let timeout = shown(timeout);
        format!("The timeout of an attempt is {timeout}, unless `with_timeout` sets another one.")
    });
    let retries = operation.max_retries.map(|retries| {
        let count = match retries {
            0 => "isn't retried".to_owned(),
            1 => "is retried once at most".to_owned(),
            more => format!("is retried {more} times at most"),
        };
        format!("A failure {count}, unless `with_max_retries` says otherwise.")
    });
    let sentences: Vec<String> = timeout.into_iter().chain(retries).collect();
    if sentences.is_empty() {
        String::new()
    } else {
        format!("\n\n{}", sentences.join(" "))
    }
}

/// The first pause of a poller, if its configuration gives one.
pub(super) fn interval(waiter: &Waiter) -> String {
    waiter.interval.map_or_else(|| "1 second".to_owned(), shown)
}

/// The timeout of a poller.
pub(super) fn timeout(waiter: &Waiter) -> String {
    waiter.timeout.map_or_else(|| "an hour".to_owned(), shown)
}

/// Whether a poller has defaults of its own.
pub(super) fn has_own(waiter: &Waiter) -> bool {
    waiter.interval.is_some() || waiter.timeout.is_some()
}

/// What is said of the pauses and the timeout of a poller that has its own.
pub(super) fn about_polling(waiter: &Waiter) -> Option<String> {
    has_own(waiter).then(|| {
        format!(
            "The first pause is {}, the timeout of all polls together {}, unless \
             `with_poll_interval` and `with_wait_timeout` set others.",
            interval(waiter),
            timeout(waiter)
        )
    })
}

/// The options of a poller.
pub(super) fn poll_options(waiter: &Waiter) -> TokenStream {
    let interval = waiter.interval.map(|interval| {
        let millis = millis(interval);
        quote!(.interval_millis(#millis))
    });
    let timeout = waiter.timeout.map(|timeout| {
        let millis = millis(timeout);
        quote!(.timeout_millis(#millis))
    });
    quote!(PollOptions::default() #interval #timeout)
}

fn millis(time: Duration) -> Literal {
    let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    // As people write long numbers.
    grouped(millis)
        .parse()
        .unwrap_or_else(|_| Literal::u64_unsuffixed(millis))
}

/// A number with a line between each three digits, if it has more than four.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped
}

/// A time in words, in the largest unit that it is a whole number of.
fn shown(time: Duration) -> String {
    let millis = time.as_millis();
    let units = [
        (3_600_000, "hour"),
        (60_000, "minute"),
        (1000, "second"),
        (1, "millisecond"),
    ];
    let whole = units
        .into_iter()
        .find(|(size, _)| millis.is_multiple_of(*size));
    let (size, unit) = whole.unwrap_or((1, "millisecond"));
    match millis / size {
        1 => format!("1 {unit}"),
        count => format!("{count} {unit}s"),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{grouped, shown};

    #[test]
    fn times_are_shown_in_words() {
        let shown = |millis| shown(Duration::from_millis(millis));
        assert_eq!(shown(500), "500 milliseconds");
        assert_eq!(shown(1000), "1 second");
        assert_eq!(shown(90_000), "90 seconds");
        assert_eq!(shown(120_000), "2 minutes");
        assert_eq!(shown(3_600_000), "1 hour");
    }

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!(grouped(1500), "1500");
        assert_eq!(grouped(90_000), "90_000");
        assert_eq!(grouped(1_000_000), "1_000_000");
    }
}
