// copperplate runtime: copied into each generated crate that uses it.
//! Polls futures and waits without an async runtime.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
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

/// Waits with a thread that ends after `duration`. The retry budget of a client limits the number of these threads.
pub(crate) async fn sleep(duration: Duration) {
    /// The task that waits, and whether the time is over.
    type State = Mutex<(Option<Waker>, bool)>;

    let state = Arc::new(State::default());
    let timer = Arc::clone(&state);
    thread::spawn(move || {
        thread::sleep(duration);
        let mut state = timer.lock().unwrap_or_else(PoisonError::into_inner);
        state.1 = true;
        if let Some(waker) = state.0.take() {
            waker.wake();
        }
    });
    poll_fn(|context| {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 = Some(context.waker().clone());
        if state.1 { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}
