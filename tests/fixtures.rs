//! The emitted code of `cases/*.yaml` and `cases/repaired/*.yaml`, one module for each document.
#![deny(warnings)]

include!(concat!(env!("OUT_DIR"), "/fixtures/mounts.rs"));
