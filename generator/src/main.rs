//! The `copperplate` command.

use std::env;
use std::io::{self, ErrorKind, IsTerminal as _, Stdout, Write};
use std::process::ExitCode;

use clap::Parser as _;
use copperplate::command::{Command, ErrorStream, run};
use mimalloc::MiMalloc;

/// The allocator is mimalloc, because a run allocates millions of short strings, tokens and syntax tree nodes. With the system's
/// allocator, allocation took a quarter of the run time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let command = Command::parse();
    let mut stderr = io::stderr();
    let is_colored = stderr.is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let err = ErrorStream { writer: &mut stderr, is_colored };
    ExitCode::from(run(command, &mut PipeTolerantStdout(io::stdout()), err).code())
}

/// Standard output that ignores a closed pipe: `copperplate surface | head` is not an error.
struct PipeTolerantStdout(Stdout);

impl Write for PipeTolerantStdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).or_else(|error| ignore_closed_pipe(error).map(|()| bytes.len()))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().or_else(ignore_closed_pipe)
    }
}

fn ignore_closed_pipe(error: io::Error) -> io::Result<()> {
    if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }
}
