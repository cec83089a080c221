//! The `copperplate` command.

use std::env;
use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use clap::Parser as _;
use copperplate::command::{Command, Said, run};
use mimalloc::MiMalloc;

/// A run makes and drops millions of short strings, tokens and nodes: a quarter of its time was the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let command = Command::parse();
    let mut stderr = io::stderr();
    let styled = stderr.is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let said = Said { to: &mut stderr, styled };
    ExitCode::from(run(command, &mut io::stdout(), said).code())
}
