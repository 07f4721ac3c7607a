//! Safety: what never shows, never leaves, and never ends badly, whatever the server does.

mod limits;
mod redaction;
mod redirects;
