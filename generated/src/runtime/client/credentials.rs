// copperplate runtime: copied into each generated crate that uses it.
//! The credentials of a client or of a call.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use crate::runtime::client::cached_credential::CachedCredential;
use crate::runtime::client::secret::Secret;
use crate::runtime::client::security::Scheme;
use crate::runtime::client::signing_key::SigningKey;

/// A credential: a value, or a [`CachedCredential`] that is issued when a call needs it. Both convert into a `Credential`;
/// for a [`Secret`], so does a string.
#[derive(Debug)]
pub struct Credential<C = Secret>(pub(crate) Source<C>);

/// Where the value of a credential is from.
#[derive(Debug)]
pub(crate) enum Source<C> {
    Value(Arc<C>),
    Cached(CachedCredential<C>),
}

impl<C> Clone for Credential<C> {
    fn clone(&self) -> Self {
        Self(match &self.0 {
            Source::Value(value) => Source::Value(Arc::clone(value)),
            Source::Cached(cached) => Source::Cached(cached.clone()),
        })
    }
}

impl<T: Into<Secret>> From<T> for Credential<Secret> {
    fn from(secret: T) -> Self {
        Self(Source::Value(Arc::new(secret.into())))
    }
}

impl<C> From<CachedCredential<C>> for Credential<C> {
    fn from(cached: CachedCredential<C>) -> Self {
        Self(Source::Cached(cached))
    }
}

/// A credential of any kind.
#[derive(Debug, Clone)]
pub enum AnyCredential {
    /// A token, a key or a password.
    Secret(Credential<Secret>),
    /// A key that signs requests.
    SigningKey(Credential<SigningKey>),
}

impl From<Credential<Secret>> for AnyCredential {
    fn from(credential: Credential<Secret>) -> Self {
        Self::Secret(credential)
    }
}

impl From<SigningKey> for Credential<SigningKey> {
    fn from(key: SigningKey) -> Self {
        Self(Source::Value(Arc::new(key)))
    }
}

impl From<Credential<SigningKey>> for AnyCredential {
    fn from(credential: Credential<SigningKey>) -> Self {
        Self::SigningKey(credential)
    }
}

/// Credentials for one call of the API `A`, with a method for each security scheme of the API:
/// `Credentials::<Api>::new().access_token("…")`. See
/// [`CallOptions::credentials`](crate::runtime::CallOptions::credentials).
pub struct Credentials<A> {
    pub(crate) store: CredentialStore,
    api: PhantomData<fn() -> A>,
}

impl<A> Credentials<A> {
    /// Creates an empty set of credentials.
    #[allow(clippy::new_without_default, reason = "a set of credentials is never taken by default")]
    pub fn new() -> Self {
        Self { store: CredentialStore::default(), api: PhantomData }
    }

    /// Sets the credential of a security scheme. Only generated code calls this.
    #[doc(hidden)]
    pub fn credential(mut self, scheme: &'static Scheme, credential: impl Into<AnyCredential>) -> Self {
        self.store.set(scheme, credential.into());
        self
    }
}

/// Prints no credential.
impl<A> fmt::Debug for Credentials<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Credentials").field(&self.store).finish()
    }
}

/// Credentials, each with its security scheme.
#[derive(Clone, Default)]
pub(crate) struct CredentialStore(Vec<(&'static Scheme, AnyCredential)>);

/// Prints the names of the security schemes, without the credentials.
impl fmt::Debug for CredentialStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(scheme, _)| scheme.name)).finish()
    }
}

impl CredentialStore {
    pub(crate) const EMPTY: Self = Self(Vec::new());

    pub(crate) fn set(&mut self, scheme: &'static Scheme, credential: AnyCredential) {
        self.0.retain(|(known, _)| known.name != scheme.name);
        self.0.push((scheme, credential));
    }

    pub(crate) fn get(&self, scheme: &Scheme) -> Option<&AnyCredential> {
        self.0.iter().find(|(known, _)| known.name == scheme.name).map(|(_, credential)| credential)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &(&'static Scheme, AnyCredential)> {
        self.0.iter()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
