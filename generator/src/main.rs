//! The `copperplate` command.

use std::env;
use std::io::{self, ErrorKind, IsTerminal as _, Stdout, Write};
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
    ExitCode::from(run(command, &mut Heard(io::stdout()), said).code())
}

/// What is printed, as long as somebody listens: `copperplate surface | head` is no fault.
struct Heard(Stdout);

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).or_else(|error| unheard(error).map(|()| bytes.len()))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().or_else(unheard)
    }
}

fn unheard(error: io::Error) -> io::Result<()> {
    if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }
}
