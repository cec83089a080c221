// copperplate runtime: copied into each generated crate that uses it.
//! The program that calls the operations of an API from a shell.
//!
//! Generated code has a table for each API: its commands with their options, its servers and its credentials. The modules here
//! turn the tables into a command line, and run the chosen command.

mod curl;
mod failure;
mod input;
mod json;
mod options;
mod parser;
mod program;
mod session;
mod table;
mod terminal;
mod values;

pub use failure::Failure;
pub use options::{Body, CommandOption, Credential, Kind, Server, Variable};
#[cfg(feature = "reqwest")]
pub use program::main;
pub use program::{Shell, run};
pub use session::{Exchange, Session};
pub use table::{Api, Command, Group, Program};
pub use values::Values;
