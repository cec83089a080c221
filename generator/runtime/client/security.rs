// copperplate runtime: copied unchanged into every generated crate.
//! Credentials: given to the client once, attached to each operation that asks for them, never printed.

use std::fmt;

use crate::runtime::request::RequestBuilder;
use crate::runtime::request::text::base64;
use crate::runtime::validation::context::ValidationContext;

/// A text that `Debug` does not show.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A security scheme of the document.
#[derive(Debug)]
pub struct Scheme {
    /// The scheme's name in the document.
    pub name: &'static str,
    /// How its credential travels.
    pub location: CredentialLocation,
}

/// How a credential travels.
#[derive(Debug)]
pub enum CredentialLocation {
    /// An API key in the header of this name.
    Header(&'static str),
    /// An API key in the query parameter of this name.
    Query(&'static str),
    /// An API key in the cookie of this name.
    Cookie(&'static str),
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: Basic …`; the credential is `user:password`.
    Basic,
    /// `Authorization: …`; the credential is the whole value, scheme included.
    Authorization,
}

/// A scheme that an operation asks for, with the rules it sets for the credential.
#[derive(Debug)]
pub struct SecurityRequirement {
    /// The scheme.
    pub scheme: &'static Scheme,
    /// The rules of the parameter that documents the credential.
    pub check: fn(&str, ValidationContext<'_>),
}

/// The alternatives that satisfy an operation: one of them, with all that it lists. No alternatives: nothing is asked for.
pub type Security = &'static [&'static [SecurityRequirement]];

/// The credentials that a client holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Credentials(Vec<(&'static str, Secret)>);

impl Credentials {
    pub(crate) fn set(&mut self, scheme: &'static Scheme, secret: Secret) {
        self.0.retain(|(name, _)| *name != scheme.name);
        self.0.push((scheme.name, secret));
    }

    fn get(&self, scheme: &Scheme) -> Option<&Secret> {
        self.0.iter().find(|(name, _)| *name == scheme.name).map(|(_, secret)| secret)
    }

    /// Attaches the first alternative that is complete; going without is the last of them. Where none is complete the first
    /// one says what is missing. `check` says whether the credentials are held against their rules.
    pub(crate) fn attach(&self, security: Security, check: bool, request: &mut RequestBuilder<'_>) {
        let complete = |needed: &&&[SecurityRequirement]| needed.iter().all(|needed| self.get(needed.scheme).is_some());
        let given = security.iter().filter(|needed| !needed.is_empty()).find(complete);
        let Some(alternative) = given.or(security.iter().find(complete)).or(security.first()) else { return };
        for needed in *alternative {
            match self.get(needed.scheme) {
                Some(secret) => needed.attach(secret, check, request),
                None => needed.at(&request.at()).violated("required", None, None),
            }
        }
    }
}

impl SecurityRequirement {
    /// The check of a credential without rules of its own.
    pub fn any_value(_credential: &str, _at: ValidationContext<'_>) {}

    /// Where in a request the credential stands.
    fn at<'r>(&self, request: &'r ValidationContext<'r>) -> ValidationContext<'r> {
        match self.scheme.location {
            CredentialLocation::Header(name) => request.header(name),
            CredentialLocation::Query(name) => request.query(name),
            CredentialLocation::Cookie(name) => request.cookie(name),
            CredentialLocation::Bearer | CredentialLocation::Basic | CredentialLocation::Authorization => {
                request.header("Authorization")
            }
        }
        .secret()
    }

    fn attach(&self, secret: &Secret, check: bool, request: &mut RequestBuilder<'_>) {
        if check {
            (self.check)(secret.expose(), self.at(&request.at()));
        }
        match self.scheme.location {
            CredentialLocation::Header(name) => request.secret_header(name, secret.expose()),
            CredentialLocation::Query(name) => request.query(name, Some(secret.expose())),
            CredentialLocation::Cookie(name) => request.cookie(name, secret.expose()),
            CredentialLocation::Bearer => {
                request.secret_header("Authorization", &format!("Bearer {}", secret.expose()))
            }
            CredentialLocation::Authorization => request.secret_header("Authorization", secret.expose()),
            CredentialLocation::Basic => {
                let encoded = base64(secret.expose().as_bytes());
                request.secret_header("Authorization", &format!("Basic {encoded}"));
            }
        }
    }
}
