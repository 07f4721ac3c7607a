//! What the generator says about a document or a configuration that it can't take.
//!
//! A snapshot holds the messages of many small texts, each under the name of its case, as they
//! stand in a terminal without colours.

mod cases;
mod configuration;
mod damage;
mod document;
mod operations;
mod pages;
mod references;
mod schemas;
mod settings;
mod swagger;
mod waiters;
