//! The emitted code of cases/*.yaml and slips/*.yaml, one module a document.
#![deny(warnings)]

include!(concat!(env!("OUT_DIR"), "/fixtures/mounts.rs"));
