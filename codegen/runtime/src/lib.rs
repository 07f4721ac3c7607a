//! The runtime of emitted clients: everything that doesn't depend on the API description.
//!
//! The generator copies these modules, unchanged, into `src/runtime/` of every crate that it
//! emits; here they are compiled, linted and tested once for all of them. For the generator, [`source`]
//! returns the text of a module, and [`MANIFEST`] the features and dependencies of an emitted crate: for
//! that, the crate is a dependency without its default features, which compiles nothing else.
//!
//! ```
//! let text = clientsmith_runtime::source("retry_after").expect("there is a module of this name");
//! assert!(text.starts_with("//! "));
//! ```

#![forbid(unsafe_code)]
#![cfg_attr(not(test), allow(dead_code, reason = "it is called by emitted code"))]

mod sources;

pub use sources::{MANIFEST, SOURCES, VERSION, source};

// Emitted crates have it under this name, so that the same paths lead there.
#[cfg(feature = "client")]
#[doc(hidden)]
#[path = "root.rs"]
pub mod runtime;
#[cfg(feature = "client")]
pub use runtime::*;

/// What a module within somebody's crate exports of `test-util`, where this crate has it: the feature is this crate's, not
/// that of the crate around the module.
#[cfg(feature = "test-util")]
#[doc(hidden)]
#[macro_export]
macro_rules! test_util {
    ($($item:item)*) => { $($item)* };
}

#[cfg(not(feature = "test-util"))]
#[doc(hidden)]
#[macro_export]
macro_rules! test_util {
    ($($item:item)*) => {};
}

/// The module of this name in emitted crates.
#[cfg(test)]
mod types {
    pub(crate) const READING: crate::Reading = crate::Reading::Lenient;
}
