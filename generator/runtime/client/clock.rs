// copperplate runtime: copied into each generated crate that uses it.
//! The clock of a client, which tells the time and waits.

use std::fmt;
use std::future::poll_fn; // part: deadlines
use std::pin::Pin;
use std::sync::{Arc, LazyLock};
use std::task::Poll; // part: deadlines
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::runtime::client::polling;

/// A point in time from which the default clock counts.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

type NowFn = dyn Fn() -> SystemTime + Send + Sync;
type SleepFn = dyn Fn(Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync;

/// The clock of a client. Tests replace both functions, so that they neither depend on the time nor take any.
#[derive(Clone, Default)]
pub(crate) struct Clock {
    pub now: Option<Arc<NowFn>>,
    pub sleep: Option<Arc<SleepFn>>,
}

impl Clock {
    /// Returns the current time.
    pub(crate) fn now(&self) -> SystemTime {
        self.now.as_ref().map_or_else(SystemTime::now, |now| now())
    }

    /// Returns the time since a fixed point. Unlike [`now`](Self::now), it does not change if the clock of the computer is
    /// set.
    pub(crate) fn uptime(&self) -> Duration {
        match &self.now {
            Some(now) => now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default(),
            None => START.elapsed(),
        }
    }

    /// Waits. If `is_blocking` is true, blocks the thread.
    pub(crate) async fn wait(&self, duration: Duration, is_blocking: bool) {
        match &self.sleep {
            Some(sleep) => sleep(duration).await,
            None if is_blocking => thread::sleep(duration),
            None => sleep(duration).await,
        }
    }

    // part: deadlines
    /// Waits for `future`, but not longer than `time`. Returns `None` after that time. Measures the time with a timer of its own
    /// even if a test replaces [`sleep`](Self::sleep), because that function may end at once.
    pub(crate) async fn within<F: Future>(
        &self,
        time: Duration,
        is_blocking: bool,
        mut future: Pin<&mut F>,
    ) -> Option<F::Output> {
        // Most futures are ready before they need a timer.
        let mut timer: Option<Pin<Box<dyn Future<Output = ()> + Send>>> = None;
        poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            // A thread that blocks may be the one that drives the timer of Tokio.
            let start = || -> Pin<Box<dyn Future<Output = ()> + Send>> {
                if is_blocking { Box::pin(polling::sleep(time)) } else { Box::pin(sleep(time)) }
            };
            timer.get_or_insert_with(start).as_mut().poll(context).map(|()| None)
        })
        .await
    }
    // end of part
}

/// Waits with the timer of the Tokio runtime, which `reqwest` needs too. Outside of a Tokio runtime, waits with a thread.
async fn sleep(duration: Duration) {
    #[cfg(feature = "reqwest")]
    if tokio::runtime::Handle::try_current().is_ok() {
        return tokio::time::sleep(duration).await;
    }
    polling::sleep(duration).await;
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
