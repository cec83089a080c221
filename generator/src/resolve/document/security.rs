//! Security schemes and security requirements.

use crate::pointer::Pointer;
use crate::resolve::document::parameter::Location;

/// A security scheme of `components.securitySchemes`.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// The JSON Pointer of the Security Scheme Object, after all references are followed.
    pub pointer: Pointer,
    /// `description`.
    pub description: Option<String>,
    /// How requests carry the credential.
    pub kind: SchemeKind,
}

/// How requests carry a credential.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SchemeKind {
    /// `type: apiKey`: a header, a query parameter or a cookie.
    ApiKey {
        /// `in`.
        location: Location,
        /// `name` of the header, the query parameter or the cookie.
        name: String,
    },
    /// `type: http` with `scheme: basic`.
    Basic,
    /// `type: http` with `scheme: bearer`; also `oauth2` and `openIdConnect`, whose access tokens are bearer tokens.
    Bearer,
    /// `type: http` with a `scheme` other than `basic` and `bearer`. The string is the `scheme` as it is written.
    OtherHttp(String),
    /// `x-signing`: the header `Authorization` is a signature of the request.
    Signing {
        /// `environment`: the environment variables with the key pair. `None` if the document names none.
        environment: Option<KeyPairVariables>,
    },
}

/// The names of the environment variables with a key pair.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KeyPairVariables {
    /// The variable with the access key.
    pub access_key: String,
    /// The variable with the secret key.
    pub secret_key: String,
}

/// A Security Requirement Object: the names of security schemes. A request must carry the credentials of all these schemes.
pub type SecurityRequirement = Vec<String>;
