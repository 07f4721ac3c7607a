//! Randomness for backoffs and idempotency keys; not for secrets.

use std::hash::{BuildHasher, RandomState};

/// 64 random bits.
///
/// The standard library seeds each `RandomState` from the system's randomness, so the hash of a constant
/// is as random as the seed.
fn bits() -> u64 {
    RandomState::new().hash_one(0_u8)
}

/// A number from 0 to 1, excluding 1.
pub(crate) fn fraction() -> f64 {
    let [a, b, c, d, ..] = bits().to_ne_bytes();
    f64::from(u32::from_ne_bytes([a, b, c, d])) / 4_294_967_296.0
}

/// A new key in the form of a version 4 UUID (RFC 9562, 5.4).
pub(crate) fn uuid() -> String {
    let (high, low) = (bits(), bits());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        0x8000 | (low >> 48) & 0x3fff,
        low & 0xffff_ffff_ffff
    )
}
