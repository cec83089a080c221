//! A line on the terminal that shows the progress of a long run.

use std::io::{self, IsTerminal as _, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{env, mem};

use crate::text::printable::printable;

/// The time from the start of a run until the progress line is shown. Most runs end earlier.
const DELAY: Duration = Duration::from_millis(500);

/// The time between two updates of the progress line.
const INTERVAL: Duration = Duration::from_millis(200);

/// The maximum length of the progress line in characters. A line of this length fits on most terminals.
const WIDTH: usize = 78;

/// The characters that move the cursor of a terminal to the start of the line and erase the line.
const ERASE_LINE: &str = "\r\x1b[2K";

/// A line on the terminal that shows the current stage of a run. The line is erased at the end of the run. If standard error is
/// not a terminal, no line is shown.
pub(super) struct ProgressLine {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    has_ended: Condvar,
}

#[derive(Default)]
struct State {
    /// The current stage, such as `a.yaml: checking 3 operations`.
    work: String,
    has_ended: bool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ProgressLine {
    /// Creates a progress line on standard error if standard error is a terminal. `is_colored` is true if this terminal shows
    /// colors.
    pub(super) fn on_terminal(is_colored: bool) -> Self {
        // With `NO_COLOR`, the terminal shows no colors, but can still show the progress line. A terminal of the type `dumb`
        // cannot show the line, because the terminal cannot erase lines.
        let is_terminal = is_colored || (env::var_os("NO_COLOR").is_some() && io::stderr().is_terminal());
        let is_dumb = env::var_os("TERM").is_some_and(|name| name == "dumb");
        match is_terminal && !is_dumb {
            true => Self::on(io::stderr(), DELAY),
            false => Self { shared: Arc::default(), thread: None },
        }
    }

    /// Creates a progress line that appears on `terminal` after `delay`.
    fn on(terminal: impl Write + Send + 'static, delay: Duration) -> Self {
        let shared = Arc::<Shared>::default();
        let watched = Arc::clone(&shared);
        // If no thread can be started, the run continues without the progress line.
        let thread = thread::Builder::new().spawn(move || show(&watched, terminal, delay)).ok();
        Self { shared, thread }
    }

    /// Sets the text of the progress line, such as `a.yaml: checking 3 operations`.
    pub(super) fn set(&self, work: String) {
        self.shared.state().work = printable(&work).into_owned();
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.shared.state().has_ended = true;
        self.shared.has_ended.notify_all();
        if let Some(thread) = mem::take(&mut self.thread) {
            _ = thread.join();
        }
    }
}

/// Updates the progress line until the run ends, and then erases it. Write errors are ignored, because the line is not part of
/// the result.
fn show(shared: &Shared, mut terminal: impl Write, delay: Duration) {
    let start = Instant::now();
    let mut wait = delay;
    let mut is_shown = false;
    loop {
        let state = shared.state();
        let still_runs = |state: &mut State| !state.has_ended;
        let (state, _) =
            shared.has_ended.wait_timeout_while(state, wait, still_runs).unwrap_or_else(PoisonError::into_inner);
        if state.has_ended {
            break;
        }
        let line: String = format!("{} ({} s)", state.work, start.elapsed().as_secs()).chars().take(WIDTH).collect();
        drop(state);
        _ = write!(terminal, "{ERASE_LINE}{line}").and_then(|()| terminal.flush());
        (is_shown, wait) = (true, INTERVAL);
    }
    if is_shown {
        _ = write!(terminal, "{ERASE_LINE}").and_then(|()| terminal.flush());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A terminal whose output the test can read.
    #[derive(Clone, Default)]
    struct Screen(Arc<Mutex<Vec<u8>>>);

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("a screen").extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Screen {
        fn text(&self) -> String {
            String::from_utf8_lossy(&self.0.lock().expect("a screen")).into_owned()
        }
    }

    #[test]
    fn a_long_run_shows_its_work_and_erases_the_line() {
        let screen = Screen::default();
        let progress = ProgressLine::on(screen.clone(), Duration::from_millis(20));
        progress.set("a.yaml: checking 3 operations".to_owned());
        while !screen.text().contains("(0 s)") {
            thread::sleep(Duration::from_millis(1));
        }
        drop(progress);
        let text = screen.text();
        assert!(
            text.starts_with("\r\x1b[2Ka.yaml: checking 3 operations (0 s)") && text.ends_with(ERASE_LINE),
            "{text:?}"
        );
    }

    #[test]
    fn a_short_run_shows_nothing() {
        let screen = Screen::default();
        let progress = ProgressLine::on(screen.clone(), Duration::from_secs(60));
        progress.set("a.yaml".to_owned());
        drop(progress);
        assert_eq!(screen.text(), "");
    }
}
