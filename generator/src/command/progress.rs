//! What a long run is doing, for somebody who waits at a terminal.

use std::io::{self, IsTerminal as _, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{env, mem};

/// A run that ends before this has nothing to tell.
const SOON: Duration = Duration::from_millis(500);

/// How often the line is written anew.
const OFTEN: Duration = Duration::from_millis(200);

/// The letters that any terminal has room for.
const WIDTH: usize = 78;

/// Goes to the start of the line and empties it.
const ERASED: &str = "\r\x1b[2K";

/// A line on a terminal that says what is being done; it is erased at the end. Anywhere else there is none.
pub(super) struct Progress {
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
    doing: String,
    has_ended: bool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress {
    /// On standard error, where that is a terminal; `styled` says that it is one which shows colours.
    pub(super) fn on_terminal(styled: bool) -> Self {
        // Without colours a terminal is as patient as any other, unless it can do nothing at all.
        let is_terminal = styled || (env::var_os("NO_COLOR").is_some() && io::stderr().is_terminal());
        let is_dumb = env::var_os("TERM").is_some_and(|name| name == "dumb");
        match is_terminal && !is_dumb {
            true => Self::on(io::stderr(), SOON),
            false => Self { shared: Arc::default(), thread: None },
        }
    }

    /// On `terminal`, for a run that takes longer than `soon`.
    fn on(terminal: impl Write + Send + 'static, soon: Duration) -> Self {
        let shared = Arc::<Shared>::default();
        let watched = Arc::clone(&shared);
        // Where there is no thread to be had nobody is told.
        let thread = thread::Builder::new().spawn(move || show(&watched, terminal, soon)).ok();
        Self { shared, thread }
    }

    /// Says what is being done now.
    pub(super) fn tell(&self, doing: String) {
        self.shared.state().doing = doing;
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.shared.state().has_ended = true;
        self.shared.has_ended.notify_all();
        if let Some(thread) = mem::take(&mut self.thread) {
            _ = thread.join();
        }
    }
}

/// Writes the line until the run ends. Where it cannot be written there is nobody to tell so.
fn show(shared: &Shared, mut terminal: impl Write, soon: Duration) {
    let begun = Instant::now();
    let mut wait = soon;
    let mut is_shown = false;
    loop {
        let state = shared.state();
        let still_runs = |state: &mut State| !state.has_ended;
        let (state, _) =
            shared.has_ended.wait_timeout_while(state, wait, still_runs).unwrap_or_else(PoisonError::into_inner);
        if state.has_ended {
            break;
        }
        let line: String = format!("{} ({} s)", state.doing, begun.elapsed().as_secs()).chars().take(WIDTH).collect();
        drop(state);
        _ = write!(terminal, "{ERASED}{line}").and_then(|()| terminal.flush());
        (is_shown, wait) = (true, OFTEN);
    }
    if is_shown {
        _ = write!(terminal, "{ERASED}").and_then(|()| terminal.flush());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A terminal that can be looked at.
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
    fn a_long_run_tells_what_it_does_and_leaves_no_trace() {
        let screen = Screen::default();
        let progress = Progress::on(screen.clone(), Duration::from_millis(20));
        progress.tell("a.yaml: checking 3 operations".to_owned());
        while !screen.text().contains("(0 s)") {
            thread::sleep(Duration::from_millis(1));
        }
        drop(progress);
        let text = screen.text();
        assert!(text.starts_with("\r\x1b[2Ka.yaml: checking 3 operations (0 s)") && text.ends_with(ERASED), "{text:?}");
    }

    #[test]
    fn a_short_run_tells_nothing() {
        let screen = Screen::default();
        let progress = Progress::on(screen.clone(), Duration::from_secs(60));
        progress.tell("a.yaml".to_owned());
        drop(progress);
        assert_eq!(screen.text(), "");
    }
}
