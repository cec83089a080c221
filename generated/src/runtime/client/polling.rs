// copperplate runtime: copied into each generated crate that uses it.
//! Polls futures and waits without an async runtime.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

/// Returns the output of a future that is ready, and `None` if it has to wait.
pub(crate) fn ready_output<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

/// Waits for a future. Blocks the thread until the future is ready.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// Waits with a thread, which ends after `duration`, or as soon as the future is dropped.
pub(crate) async fn sleep(duration: Duration) {
    let timer = Timer::default();
    let thread = timer.clone();
    thread::spawn(move || {
        let (state, changed) = &*thread.0;
        let state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let ended = changed.wait_timeout_while(state, duration, |state| !state.is_over);
        let (mut state, _) = ended.unwrap_or_else(PoisonError::into_inner);
        state.is_over = true;
        if let Some(waker) = state.waker.take() {
            waker.wake();
        }
    });
    let timer = StopOnDrop(timer);
    poll_fn(|context| {
        let mut state = timer.0.lock();
        state.waker = Some(context.waker().clone());
        if state.is_over { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

/// The state of a timer, which its thread and its future share.
#[derive(Clone, Default)]
struct Timer(Arc<(Mutex<TimerState>, Condvar)>);

#[derive(Default)]
struct TimerState {
    /// The task that waits.
    waker: Option<Waker>,
    is_over: bool,
}

impl Timer {
    fn lock(&self) -> MutexGuard<'_, TimerState> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends the thread of a timer when it is dropped.
struct StopOnDrop(Timer);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        (state.waker, state.is_over) = (None, true);
        drop(state);
        self.0.0.1.notify_one();
    }
}
