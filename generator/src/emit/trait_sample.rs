//! Emits the sample code of a trait over operations: a function that takes the trait, and an implementation for tests.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::fragments::{Place, ident, mentions};
use crate::emit::sample_call::{Sample, crate_path};
use crate::emit::trait_method::signature;
use crate::ir::{Api, Operation, ResponseKind, StatusMatch, Success};

/// The modules of an API that the code may import, besides `arguments` and `operations`.
const MODULES: &[&str] = &["keys", "required", "types"];

/// Emits the code for the first operation of an API. Returns `None` if the API has no trait.
pub fn code(api: &Api) -> Option<TokenStream> {
    let trait_name = ident(api.operations_trait.as_deref()?);
    let operation = api.operations.first()?;
    let Sample { statements, call, parameters, .. } = Sample::of_arguments(api, 0, operation);
    let (root, krate) = (crate_path(&api.public_path, MODULES), crate_path(&api.public_path[..1], MODULES));
    let (method, name) = (ident(&operation.method_name), ident(&operation.type_name));
    let signature = signature(Place { api, in_types_module: false }, operation, &quote! { Sending });
    let print = match &operation.responses.success {
        Success::One(None) => quote! { println!("{}", reply.status); },
        _ => quote! { println!("{:?}", reply.value); },
    };
    let deprecated = operation.deprecated.then(|| quote! { #[allow(deprecated)] });
    let success = Literal::u16_unsuffixed(success(operation));
    let (count, failure) = match failure(operation).map(Literal::u16_unsuffixed) {
        Some(status) => (Literal::usize_unsuffixed(2), quote! { , Fake(FakeResponse::empty(#status)) }),
        None => (Literal::usize_unsuffixed(1), TokenStream::new()),
    };
    let used = quote! { #statements #call #(#parameters)* #signature };
    let modules = MODULES.iter().filter(|module| mentions(&used, module)).map(|module| ident(module));
    let modules: Vec<_> = ["arguments", "operations"].map(ident).into_iter().chain(modules).collect();
    let runtime = mentions(&used, "runtime").then(|| quote! { use #krate::runtime; });
    Some(quote! {
        use #root::traits::#trait_name;
        use #root::{#(#modules),*};
        use #krate::runtime::{Error, FakeResponse, Sending};
        #runtime

        /// The program passes a client, and a test passes a `Fake`.
        async fn call(api: &dyn #trait_name, #(#parameters),*)
            -> Result<(), Error>
        {
            #statements
            #deprecated
            let reply = api.#method(arguments::#name #call).await?;
            #print
            Ok(())
        }

        /// Returns the same response to each call.
        struct Fake(FakeResponse);

        impl #trait_name for Fake {
            #signature {
                println!("{arguments:?}");
                self.0.sent::<operations::#name>()
            }
        }

        /// Returns a fake for each documented kind of response: a success with this body, and a failure.
        fn fakes(body: &serde_json::Value) -> [Fake; #count] {
            [Fake(FakeResponse::new(#success, body).header("X-Request-Id", "1")) #failure]
        }
    })
}

/// Returns the first documented status of a success.
fn success(operation: &Operation) -> u16 {
    let mut statuses = operation.responses.arms.iter().filter_map(|arm| match (arm.status, arm.kind) {
        (StatusMatch::Code(status), ResponseKind::Success(_)) => Some(status),
        _ => None,
    });
    statuses.next().unwrap_or(200)
}

/// Returns the first documented status of a failure without a body.
fn failure(operation: &Operation) -> Option<u16> {
    operation.responses.arms.iter().find_map(|arm| match (arm.status, arm.kind) {
        (StatusMatch::Code(status), ResponseKind::Failure(index)) => {
            let failure = operation.responses.failures.get(index)?;
            failure.body.is_none().then_some(status)
        }
        _ => None,
    })
}
