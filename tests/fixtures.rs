//! The emitted code of `cases/*.yaml` and `cases/repaired/*.yaml`, one module for each document.
#![deny(warnings)]
#![allow(missing_docs, reason = "the `lib.rs` of an emitted crate has this attribute as well")]

include!(concat!(env!("OUT_DIR"), "/fixtures/mounts.rs"));
