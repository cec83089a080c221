//! The code of the section about tests.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::ident;
use crate::emit::sample_call::crate_path;
use crate::ir::{Api, ResponseKind, StatusMatch};

/// Emits functions that build a client over a mock, expect a call, and look at the requests. Returns `None` if no API has an operation whose
/// struct is in the module `operations`.
pub fn code(apis: &[Api]) -> Option<TokenStream> {
    let api = apis.iter().find(|api| !api.layout.split && !api.operations.is_empty())?;
    let operation = api.operations.first()?;
    let mut successes = operation.responses.arms.iter().filter_map(|arm| match (arm.status, arm.kind) {
        (StatusMatch::Code(status), ResponseKind::Success(_)) => Some(status),
        _ => None,
    });
    let status = successes.next().unwrap_or(200);
    let status = proc_macro2::Literal::u16_unsuffixed(status);
    let root = crate_path(&api.public_path, &[]);
    let krate = crate_path(api.public_path.get(..1).unwrap_or_default(), &[]);
    let name = ident(&operation.type_name);
    Some(quote! {
        use #root::{Client, operations};
        use #krate::runtime::{Mock, MockError};
        use std::error::Error;

        /// Returns a client that needs no network. An error says how the body contradicts the document.
        fn offline_client(mock: &Mock, body: &'static str)
            -> Result<Client<Mock>, Box<dyn Error>>
        {
            mock.on::<operations::#name>().lose_connection().respond(#status, body)?;
            Ok(Client::builder("https://service.example").build_with(mock.clone())?)
        }

        /// Expects that the request of `call` is sent once, with these arguments, and chooses its response.
        fn expect_call(mock: &Mock, call: &operations::#name<'_, Mock>, body: &'static str)
            -> Result<(), MockError>
        {
            mock.expect_call(call)?.respond(#status, body)?;
            Ok(())
        }

        /// Returns the URLs that the client requested.
        fn requested(mock: &Mock) -> Vec<String> {
            let requests = mock.on::<operations::#name>().requests();
            requests.iter().map(|request| request.uri().to_string()).collect()
        }
    })
}
