// copperplate runtime: copied into each generated crate that uses it.
//! Chooses the credentials of a call, obtains them, and adds them to its request.

use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes; // part: signing

use crate::runtime::client::cached_credential::CachedCredential;
use crate::runtime::client::call::Call;
use crate::runtime::client::credential_provider::{CredentialError, MissingCredential};
use crate::runtime::client::credentials::{AnyCredential, Credential, CredentialStore, Source};
use crate::runtime::client::secret::Secret;
use crate::runtime::client::security::{Security, SecurityRequirement};
use crate::runtime::client::signing_key::SigningKey;
use crate::runtime::request::builder::RequestBuilder;
use crate::runtime::validation::report::Report;
use crate::runtime::validation::violation::{Direction, Violations};

/// The credentials of a call. Each requirement of the chosen alternative has its credential, or `None` if it is missing.
pub(crate) struct Authorization {
    security: Security,
    credentials: Vec<(&'static SecurityRequirement, Option<Value>)>,
    /// Whether the call has credentials of its own, and the operation takes none of them.
    has_foreign_credential: bool,
}

/// The value of a credential.
enum Value {
    Secret(Obtained<Secret>),
    // part: signing
    SigningKey(Obtained<SigningKey>),
    // end of part
}

/// The value of a credential, and where it is from.
struct Obtained<C> {
    value: Arc<C>,
    /// The provider that issued the value; `None` if the caller set it.
    provider: Option<CachedCredential<C>>,
}

/// The alternative of the security requirements of an operation that a call uses.
struct Selection<'c> {
    security: Security,
    requirements: &'static [SecurityRequirement],
    of_call: &'c CredentialStore,
    of_client: &'c CredentialStore,
    has_foreign_credential: bool,
}

impl<A, T> Call<'_, A, T> {
    /// Returns whether a provider issues one of the credentials of the call. `security` has the requirements of the operation.
    pub(crate) fn needs_provider(&self, security: Security) -> bool {
        Selection::new(security, &self.options().credentials, &self.client.config.credentials).needs_provider()
    }

    /// Returns the credentials of the call, if it [needs](Self::needs_provider) no provider.
    pub(crate) fn plain_authorization(&self, security: Security) -> Authorization {
        Selection::new(security, &self.options().credentials, &self.client.config.credentials).plain()
    }

    /// Obtains the credentials of the call. `security` has the requirements of the operation.
    pub(crate) fn authorization(
        &self,
        security: Security,
    ) -> impl Future<Output = Result<Authorization, MissingCredential>> + Send + use<A, T> {
        let config = &self.client.config;
        Selection::new(security, &self.options().credentials, &config.credentials).obtain(config.clock.now())
    }
}

impl<'c> Selection<'c> {
    /// Chooses the credentials of a call. Each inner list of `security` is an alternative, and the first complete alternative
    /// is used. An alternative is complete if the call or the client has a credential for each scheme of the alternative.
    /// The credentials of the call have priority: if it has any, only alternatives with one of them are used.
    ///
    /// An alternative without schemes is used only if no alternative with schemes is complete. If no alternative is complete,
    /// the first one is chosen, and its missing credentials are reported.
    fn new(security: Security, of_call: &'c CredentialStore, of_client: &'c CredentialStore) -> Self {
        let is_of_call = |requirements: &[SecurityRequirement]| {
            requirements.iter().any(|requirement| of_call.get(requirement.scheme).is_some())
        };
        let get = |requirement: &SecurityRequirement| {
            of_call.get(requirement.scheme).or_else(|| of_client.get(requirement.scheme))
        };
        let is_complete =
            |requirements: &&[SecurityRequirement]| requirements.iter().all(|requirement| get(requirement).is_some());
        let takes_credential = security.iter().any(|requirements| !requirements.is_empty());
        let takes_own = security.iter().any(|requirements| is_of_call(requirements));
        let allowed = || security.iter().copied().filter(|requirements| !takes_own || is_of_call(requirements));
        let complete = allowed().filter(|requirements| !requirements.is_empty()).find(is_complete);
        let chosen = complete.or_else(|| allowed().find(is_complete)).or_else(|| allowed().next());
        let has_foreign_credential = takes_credential && !of_call.is_empty() && !takes_own;
        Self { security, requirements: chosen.unwrap_or_default(), of_call, of_client, has_foreign_credential }
    }

    /// Returns each requirement with its credential, or `None` if it is missing.
    fn credentials(&self) -> impl Iterator<Item = (&'static SecurityRequirement, Option<&'c AnyCredential>)> {
        let (of_call, of_client) = (self.of_call, self.of_client);
        let get = move |scheme| of_call.get(scheme).or_else(|| of_client.get(scheme));
        self.requirements.iter().map(move |requirement| (requirement, get(requirement.scheme)))
    }

    fn needs_provider(&self) -> bool {
        self.credentials().any(|(_, credential)| credential.is_some_and(AnyCredential::is_from_provider))
    }

    /// Returns the values of the credentials. A credential from a provider is missing.
    fn plain(&self) -> Authorization {
        let credentials = self.credentials();
        let credentials = credentials.map(|(requirement, known)| (requirement, known.and_then(AnyCredential::plain)));
        let Self { security, has_foreign_credential, .. } = *self;
        Authorization { security, credentials: credentials.collect(), has_foreign_credential }
    }

    /// Obtains the values of the credentials. Waits for providers.
    fn obtain(self, now: SystemTime) -> impl Future<Output = Result<Authorization, MissingCredential>> + Send + use<> {
        let Self { security, has_foreign_credential, .. } = self;
        let credentials: Vec<_> =
            self.credentials().map(|(requirement, known)| (requirement, known.cloned())).collect();
        async move {
            let mut obtained = Vec::with_capacity(credentials.len());
            for (requirement, credential) in credentials {
                let value = match credential {
                    Some(credential) => Some(credential.value(now).await),
                    None => None,
                };
                let failed = |error| MissingCredential::ProviderFailed(requirement.scheme.name, error);
                obtained.push((requirement, value.transpose().map_err(failed)?));
            }
            Ok(Authorization { security, credentials: obtained, has_foreign_credential })
        }
    }
}

impl CredentialStore {
    /// Adds a violation for each credential that no request can carry. A credential from a provider is unknown until a call
    /// needs it, and is checked there. The violations do not show the credentials.
    pub(crate) fn report_malformed(&self, violations: &mut Violations) {
        for (scheme, credential) in self.iter() {
            let report = Report::new(Direction::Request);
            let requirement = SecurityRequirement { scheme, check: SecurityRequirement::any_value };
            if let Some(value) = credential.plain() {
                requirement.attach_value(&value, false, &mut RequestBuilder::new(&report));
            }
            for violation in report.finish().err().iter().flatten() {
                let mut violation = violation.clone();
                violation.actual.get_or_insert_with(|| format!("the credential of `Builder::{}`", scheme.setter));
                violations.push(violation);
            }
        }
    }
}

impl SecurityRequirement {
    /// Adds a credential to a request. If `validate` is true, a secret is validated against its schema.
    fn attach_value(&self, value: &Value, validate: bool, request: &mut RequestBuilder<'_>) {
        match value {
            Value::Secret(secret) => self.attach(&secret.value, validate, request),
            // part: signing
            Value::SigningKey(key) => key.value.attach(self.context(&request.context()), request),
            // end of part
        }
    }
}

impl AnyCredential {
    fn is_from_provider(&self) -> bool {
        match self {
            Self::Secret(credential) => matches!(credential.0, Source::Cached(_)),
            // part: signing
            Self::SigningKey(credential) => matches!(credential.0, Source::Cached(_)),
            // end of part
        }
    }

    /// Returns the value, unless it is from a provider.
    fn plain(&self) -> Option<Value> {
        match self {
            Self::Secret(credential) => credential.plain().map(Value::Secret),
            // part: signing
            Self::SigningKey(credential) => credential.plain().map(Value::SigningKey),
            // end of part
        }
    }

    async fn value(self, now: SystemTime) -> Result<Value, CredentialError> {
        match self {
            Self::Secret(credential) => credential.value(now).await.map(Value::Secret),
            // part: signing
            Self::SigningKey(credential) => credential.value(now).await.map(Value::SigningKey),
            // end of part
        }
    }
}

impl<C: Send + Sync + 'static> Credential<C> {
    /// Returns the value, unless it is from a provider.
    fn plain(&self) -> Option<Obtained<C>> {
        let Source::Value(value) = &self.0 else { return None };
        Some(Obtained { value: Arc::clone(value), provider: None })
    }

    async fn value(self, now: SystemTime) -> Result<Obtained<C>, CredentialError> {
        Ok(match self.0 {
            Source::Value(value) => Obtained { value, provider: None },
            Source::Cached(cached) => Obtained { value: cached.get(now).await?, provider: Some(cached) },
        })
    }
}

impl<C: Send + Sync + 'static> Obtained<C> {
    /// Discards the credential if it is from a provider. Returns whether it is.
    fn discard(&self) -> bool {
        let Some(provider) = &self.provider else { return false };
        provider.discard(&self.value);
        true
    }
}

impl Authorization {
    /// Adds the credentials to `request`, and reports each missing credential as a violation. If `validate` is true, each
    /// added credential is validated.
    pub(crate) fn attach(&self, validate: bool, request: &mut RequestBuilder<'_>) {
        let mut is_remedy_named = false;
        for (requirement, value) in &self.credentials {
            match value {
                Some(value) => requirement.attach_value(value, validate, request),
                None => {
                    let remedy = (!is_remedy_named).then(|| remedy(self.security));
                    requirement.context(&request.context()).report_violation("required", None, remedy);
                    is_remedy_named = true;
                }
            }
        }
        if self.has_foreign_credential {
            let problem = "of this call is for a security scheme that the operation does not have";
            request.context().client_setting("credentials").report_violation("credential", None, Some(problem.into()));
        }
    }

    /// Discards the credentials that providers issued, after the service rejected one of them. Returns whether there are any.
    pub(crate) fn discard(&self) -> bool {
        let values = self.credentials.iter().filter_map(|(_, value)| value.as_ref());
        let discarded = values.map(|value| match value {
            Value::Secret(secret) => secret.discard(),
            // part: signing
            Value::SigningKey(key) => key.discard(),
            // end of part
        });
        discarded.fold(false, |any, is_discarded| any | is_discarded)
    }

    // part: signing
    /// Signs the complete `request`, if its operation requires a signature. Each attempt to send the request needs its own
    /// signature, because a signature has a date: signing again replaces the earlier one.
    pub(crate) fn signed(&self, mut request: http::Request<Bytes>, now: SystemTime) -> http::Request<Bytes> {
        for (_, value) in &self.credentials {
            if let Some(Value::SigningKey(key)) = value {
                key.value.sign(&mut request, now);
            }
        }
        request
    }
    // end of part
}

/// Returns the end of the error message for a missing credential: the methods of the builder that set the credentials
/// of each alternative.
fn remedy(security: Security) -> String {
    let setters = |requirements: &&[SecurityRequirement]| {
        let setters = requirements.iter().map(|requirement| format!("`Builder::{}`", requirement.scheme.setter));
        setters.collect::<Vec<_>>().join(" and ")
    };
    let alternatives: Vec<_> = security.iter().filter(|requirements| !requirements.is_empty()).map(setters).collect();
    format!("there is no credential: call {}", alternatives.join(", or "))
}
