//! The emitted code of cases/*.yaml, one module a case.
#![deny(warnings)]

include!(concat!(env!("OUT_DIR"), "/fixtures/mounts.rs"));
