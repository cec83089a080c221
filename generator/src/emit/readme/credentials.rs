//! The code of the section about credentials: a client whose credential is refreshed, a client that signs requests, and a call with
//! a credential of its own.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{ident, imports};
use crate::emit::sample_call::crate_path;
use crate::ir::{Api, CredentialLocation, SecurityScheme};

/// Emits the functions of the section, for the first API that signs requests, or else for the first API with a credential. Returns
/// `None` if no API has a credential.
pub fn code(apis: &[Api]) -> Option<TokenStream> {
    let signs = |api: &&Api| api.security_schemes.iter().any(is_signing);
    let api = apis.iter().find(signs).or_else(|| apis.iter().find(|api| !api.security_schemes.is_empty()))?;
    let functions = api.security_schemes.iter().find(|scheme| !is_signing(scheme)).map(|scheme| of_secret(api, scheme));
    let signing = api.security_schemes.iter().find(|scheme| is_signing(scheme)).map(of_key);
    let functions = quote! { #functions #signing };
    let root = crate_path(&api.public_path, &[]);
    let krate = crate_path(api.public_path.get(..1).unwrap_or_default(), &[]);
    let own = imports(&functions, quote! { #root }, &["Builder", "Client", &api.marker]);
    let names = [
        "CachedCredential",
        "CallOptions",
        "Credentials",
        "Error",
        "IssuedCredential",
        "KeyPair",
        "Secret",
        "SigningKey",
    ];
    let runtime = imports(&functions, quote! { #krate::runtime }, &names);
    let std = imports(&functions, quote! { std::time }, &["Duration", "SystemTime"]);
    Some(quote! { #own #runtime #std #functions })
}

fn is_signing(scheme: &SecurityScheme) -> bool {
    scheme.location == CredentialLocation::SdkHmacSha256
}

fn of_secret(api: &Api, scheme: &SecurityScheme) -> TokenStream {
    let (setter, marker) = (ident(&scheme.setter), ident(&api.marker));
    quote! {
        /// Builds a client whose credential is issued again shortly before it expires.
        fn with_provider(base_url: &str)
            -> Result<Client, Error>
        {
            let credential = CachedCredential::new(|| async {
                let (secret, life) = request_from_identity_service().await?;
                Ok(IssuedCredential::new(Secret::from(secret)).expires_at(SystemTime::now() + life))
            });
            Client::builder(base_url).#setter(credential).build()
        }

        async fn request_from_identity_service()
            -> Result<(String, Duration), std::io::Error>
        {
            Ok(("secret".to_owned(), Duration::from_secs(3600)))
        }

        /// Returns the options of a call that is made for another user.
        fn for_user(secret: &str) -> CallOptions {
            CallOptions::new().credentials(Credentials::<#marker>::new().#setter(secret))
        }
    }
}

fn of_key(scheme: &SecurityScheme) -> TokenStream {
    let setter = ident(&scheme.setter);
    let key = match &scheme.from_env {
        Some(from_env) => {
            let name = ident(&from_env.name);
            quote! { Builder::#name()? }
        }
        None => quote! { SigningKey::new(KeyPair { access_key: "access-key", secret_key: "secret-key" }) },
    };
    quote! {
        /// Builds a client that signs each request.
        fn with_key(base_url: &str, project_id: &str)
            -> Result<Client, Error>
        {
            let key = #key.project_id(project_id);
            Client::builder(base_url).#setter(key).build()
        }
    }
}
