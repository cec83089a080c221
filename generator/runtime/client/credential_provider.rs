// copperplate runtime: copied into each generated crate that uses it.
//! The trait `CredentialProvider`, which issues credentials that expire.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::runtime::client::secret::Secret;
use crate::runtime::printing::Cut;

/// Issues credentials, for example by requesting a token from an identity service. A client calls it through a
/// [`CachedCredential`](crate::runtime::CachedCredential), which keeps the credential until shortly before it expires.
///
/// A closure that returns a future is a provider. For a provider that blocks the thread, see
/// [`CachedCredential::blocking`](crate::runtime::CachedCredential::blocking).
///
/// ```text
/// let tokens = CachedCredential::new(move || {
///     let identity = identity.clone();
///     async move {
///         let token = identity.token().await?;
///         Ok(IssuedCredential::new(Secret::from(token.text)).expires_at(token.expires_at))
///     }
/// });
/// let client = api::Client::builder("https://service.example").access_token(tokens).build()?;
/// ```
pub trait CredentialProvider<C = Secret>: Send + Sync + 'static {
    /// Issues a credential.
    ///
    /// # Errors
    /// Returns an error if no credential can be issued. Its text appears in the error of the call, so it must not contain
    /// the credential.
    fn issue(&self) -> impl Future<Output = Result<IssuedCredential<C>, Box<dyn Error + Send + Sync>>> + Send;
}

impl<C, F, I> CredentialProvider<C> for F
where
    F: Fn() -> I + Send + Sync + 'static,
    I: Future<Output = Result<IssuedCredential<C>, Box<dyn Error + Send + Sync>>> + Send,
{
    fn issue(&self) -> impl Future<Output = Result<IssuedCredential<C>, Box<dyn Error + Send + Sync>>> + Send {
        self()
    }
}

/// A credential that a [`CredentialProvider`] issued, and the time at which it expires.
#[derive(Debug, Clone)]
pub struct IssuedCredential<C = Secret> {
    pub(crate) credential: C,
    pub(crate) expires_at: Option<SystemTime>,
}

impl<C> IssuedCredential<C> {
    /// Creates a credential that does not expire.
    pub fn new(credential: C) -> Self {
        Self { credential, expires_at: None }
    }

    /// Sets the time at which the credential expires.
    pub fn expires_at(mut self, time: SystemTime) -> Self {
        self.expires_at = Some(time);
        self
    }
}

/// The reason that a [`CredentialProvider`] issued no credential. `source` returns the error of the provider.
#[derive(Clone)]
pub struct CredentialError(Arc<dyn Error + Send + Sync>);

impl CredentialError {
    pub(crate) fn new(error: Box<dyn Error + Send + Sync>) -> Self {
        Self(Arc::from(error))
    }
}

/// Prints the error of the provider and its sources.
impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Cut::new(&self.0.to_string()))?;
        let mut source = self.0.source();
        while let Some(error) = source {
            write!(f, ": {}", Cut::new(&error.to_string()))?;
            source = error.source();
        }
        Ok(())
    }
}

impl fmt::Debug for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CredentialError").field(&format_args!("{}", Cut(&format!("{:?}", self.0), 1000))).finish()
    }
}

impl Error for CredentialError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}

/// The reason that a call has no credential.
#[derive(Debug)]
pub(crate) enum MissingCredential {
    /// The provider failed. The text is the name of the security scheme.
    ProviderFailed(&'static str, CredentialError),
    /// The provider has to wait, but the request is only built and not sent.
    NotIssued,
    /// The provider has not issued a credential when the call timed out.
    TimedOut,
}

impl fmt::Display for MissingCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ProviderFailed(scheme, error) => write!(f, "there is no credential for `{scheme}`: {error}"),
            Self::TimedOut => f.write_str("the call timed out before a provider issued the credential"),
            Self::NotIssued => {
                f.write_str("the credential is not issued yet: await `CachedCredential::get` before `request`")
            }
        }
    }
}
