// copperplate runtime: copied into each generated crate that uses it.
//! A credential that a provider issues, and that is kept until shortly before it expires.

use std::error::Error;
use std::fmt;
use std::future::{poll_fn, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use crate::runtime::client::credential_provider::{CredentialError, CredentialProvider, IssuedCredential};
use crate::runtime::client::secret::Secret;
use crate::runtime::printing::TimeLimit;

/// How long before its expiry a credential is refreshed, unless [`CachedCredential::refresh_before`] sets another time.
const REFRESH_BEFORE: Duration = Duration::from_secs(120);

/// The error of a provider.
type ProviderError = Box<dyn Error + Send + Sync>;

/// The result of a provider.
type Issued<C> = Result<IssuedCredential<C>, ProviderError>;

/// A [`CredentialProvider`] behind a pointer.
type IssueFn<C> = dyn Fn() -> Pin<Box<dyn Future<Output = Issued<C>> + Send>> + Send + Sync;

/// A credential that a [`CredentialProvider`] issues, and that is kept until shortly before it expires. The methods of a
/// builder that set a credential accept it in place of a value.
///
/// Clones share the credential, so several clients can use one `CachedCredential`. At most one refresh runs at a time:
///
/// - While the credential is still valid, one call refreshes it, and other calls use it as it is. If the refresh fails, the
///   credential is used until it expires.
/// - Without a valid credential, all calls wait for one refresh. If it fails, all of them fail with its error.
/// - If the call that refreshes the credential is dropped, another call refreshes it.
/// - If the service responds with the status 401, the credential is discarded, and the call is sent again with another one,
///   once, unless [`RetryPolicy::off`](crate::runtime::RetryPolicy::off) forbids it.
///
/// A provider must not use a client with the same `CachedCredential`, because it would wait for itself.
pub struct CachedCredential<C = Secret> {
    shared: Arc<Shared<C>>,
    refresh_before: Duration,
}

struct Shared<C> {
    issue: Box<IssueFn<C>>,
    state: Mutex<State<C>>,
}

struct State<C> {
    current: Option<Current<C>>,
    is_refreshing: bool,
    /// The number of refreshes that have ended.
    ended: u64,
    /// The error of the refresh that ended last.
    failure: Option<CredentialError>,
    /// The tasks that wait for the end of the refresh. All of them are woken, so that none waits for a task that was dropped.
    waiting: Vec<Waker>,
}

struct Current<C> {
    credential: Arc<C>,
    /// The time from which the credential is refreshed. `None` if the credential does not expire.
    refresh_at: Option<SystemTime>,
    expires_at: Option<SystemTime>,
}

/// What a call does next.
enum Turn<C> {
    Use(Arc<C>),
    Refresh,
}

impl<C: Send + Sync + 'static> CachedCredential<C> {
    /// Creates a credential that `provider` issues when a call needs it.
    ///
    /// With a blocking client, the future of the provider runs on the thread of the call, without an async runtime. If the
    /// call times out while it waits for the provider, it fails with an error for which
    /// [`Error::is_credential`](crate::runtime::Error::is_credential) is true, and the next call asks the provider again.
    pub fn new(provider: impl CredentialProvider<C>) -> Self {
        let provider = Arc::new(provider);
        Self::from_fn(Box::new(move || {
            let provider = Arc::clone(&provider);
            Box::pin(async move { provider.issue().await })
        }))
    }

    /// Creates a credential that `issue` issues when a call needs it. `issue` may block the thread, so this is for
    /// blocking clients. The timeout of a call cannot interrupt `issue`, which needs a timeout of its own.
    pub fn blocking(issue: impl Fn() -> Issued<C> + Send + Sync + 'static) -> Self {
        Self::from_fn(Box::new(move || Box::pin(ready(issue()))))
    }

    fn from_fn(issue: Box<IssueFn<C>>) -> Self {
        let state = State { current: None, is_refreshing: false, ended: 0, failure: None, waiting: Vec::new() };
        Self { shared: Arc::new(Shared { issue, state: Mutex::new(state) }), refresh_before: REFRESH_BEFORE }
    }

    /// Sets how long before its expiry the credential is refreshed. The default is two minutes. A credential that is valid
    /// for less than twice this time is refreshed after half of its life.
    pub fn refresh_before(mut self, time: Duration) -> Self {
        self.refresh_before = time;
        self
    }

    /// Returns the credential, and refreshes it if it expires soon. `now` is the current time.
    ///
    /// Clients call this themselves. Call it before the method `request` of an operation, which does not wait for a
    /// provider.
    ///
    /// # Errors
    /// Returns an error if the provider fails and there is no valid credential.
    pub async fn get(&self, now: SystemTime) -> Result<Arc<C>, CredentialError> {
        let mut seen = None;
        match poll_fn(|context| self.poll_turn(now, &mut seen, context)).await? {
            Turn::Use(credential) => Ok(credential),
            Turn::Refresh => {
                let refresh = Refresh(&self.shared);
                let issued = (self.shared.issue)().await;
                refresh.finish(issued, now, self.refresh_before)
            }
        }
    }

    /// Discards `used` if it is still the current credential, so that the next call waits for another one.
    pub(crate) fn discard(&self, used: &Arc<C>) {
        let mut state = self.shared.lock();
        if state.current.as_ref().is_some_and(|current| Arc::ptr_eq(&current.credential, used)) {
            state.current = None;
        }
    }

    /// Waits until the credential can be used, or until this call has to refresh it. `seen` is the number of refreshes that
    /// had ended when the call began to wait.
    fn poll_turn(
        &self,
        now: SystemTime,
        seen: &mut Option<u64>,
        context: &Context<'_>,
    ) -> Poll<Result<Turn<C>, CredentialError>> {
        let mut state = self.shared.lock();
        let has_waited = seen.is_some_and(|seen| seen != state.ended);
        if let (true, Some(failure)) = (has_waited, &state.failure) {
            return Poll::Ready(Err(failure.clone()));
        }
        if let Some(current) = &state.current {
            let is_usable =
                !is_past(current.refresh_at, now) || (state.is_refreshing && !is_past(current.expires_at, now));
            // A credential that was issued while the call waited is used even if the provider calls it expired.
            if is_usable || has_waited {
                return Poll::Ready(Ok(Turn::Use(Arc::clone(&current.credential))));
            }
        }
        if state.is_refreshing {
            seen.get_or_insert(state.ended);
            if !state.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
                state.waiting.push(context.waker().clone());
            }
            return Poll::Pending;
        }
        state.is_refreshing = true;
        Poll::Ready(Ok(Turn::Refresh))
    }
}

impl<C> Shared<C> {
    fn lock(&self) -> MutexGuard<'_, State<C>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A refresh that runs. It ends when this value is dropped.
struct Refresh<'a, C>(&'a Shared<C>);

impl<C> Refresh<'_, C> {
    /// Keeps the issued credential, or the error of the provider.
    fn finish(self, issued: Issued<C>, now: SystemTime, before: Duration) -> Result<Arc<C>, CredentialError> {
        let mut state = self.0.lock();
        state.ended += 1;
        state.failure = None;
        match issued {
            Ok(IssuedCredential { credential, expires_at }) => {
                let credential = Arc::new(credential);
                let refresh_at = expires_at.map(|expiry| refresh_time(now, expiry, before));
                state.current = Some(Current { credential: Arc::clone(&credential), refresh_at, expires_at });
                Ok(credential)
            }
            Err(error) => {
                let error = CredentialError::new(error);
                if let Some(current) = state.current.as_mut().filter(|current| !is_past(current.expires_at, now)) {
                    // The next attempt follows after half of the remaining time.
                    current.refresh_at = current.expires_at.map(|expiry| refresh_time(now, expiry, Duration::MAX));
                    return Ok(Arc::clone(&current.credential));
                }
                state.current = None;
                state.failure = Some(error.clone());
                Err(error)
            }
        }
    }
}

impl<C> Drop for Refresh<'_, C> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.is_refreshing = false;
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}

/// Returns the time `before` the expiry, but not before half of the remaining life.
fn refresh_time(now: SystemTime, expiry: SystemTime, before: Duration) -> SystemTime {
    let life = expiry.duration_since(now).unwrap_or_default();
    expiry.checked_sub(before.min(life / 2)).unwrap_or(expiry)
}

fn is_past(time: Option<SystemTime>, now: SystemTime) -> bool {
    time.is_some_and(|time| time <= now)
}

impl<C> Clone for CachedCredential<C> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), refresh_before: self.refresh_before }
    }
}

/// Prints nothing of the credential.
impl<C> fmt::Debug for CachedCredential<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedCredential")
            .field("refresh_before", &TimeLimit(self.refresh_before))
            .finish_non_exhaustive()
    }
}
