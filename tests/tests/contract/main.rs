//! The client's contract, line by line: each thing that a user of the crate can rely on is a test of
//! that name, against a real server on loopback. The modules are the headings of the contract.

mod clock;
mod errors;
mod names;
mod pagination_and_polling;
mod retries;
mod safety;
mod wire;
