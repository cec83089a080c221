//! Emits what constructors of calls and of structs of arguments have in common: the parameters for the required arguments, the
//! initial values of all arguments, and the methods that set the optional ones.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{Place, deprecated, docs, ident, initializer};
use crate::emit::operations::arguments::{converted_argument, parameter_type};
use crate::emit::operations::page;
use crate::emit::required;
use crate::ir::{Argument, CallArguments, Operation};

/// The parts of a function that takes the required arguments of an operation.
pub struct Construction {
    /// The parameters: the struct of named arguments if there is one, and the positional arguments.
    pub parameters: Vec<TokenStream>,
    /// The attribute of the function, if it needs one.
    pub attribute: Option<TokenStream>,
    /// The fields of all arguments with their initial values.
    pub fields: Vec<TokenStream>,
}

impl Construction {
    /// Returns the parts for an operation.
    pub fn of(place: Place<'_>, operation: &Operation) -> Self {
        let CallArguments { named, positional } = operation.call_arguments();
        let (required, attribute) = required::operation_parameter(place, operation).unzip();
        let positional = positional.iter().map(|(_, argument)| {
            let (name, kind) = (ident(&argument.name), parameter_type(place, argument));
            quote! { #name: #kind }
        });
        let fields = operation.arguments.iter().map(|argument| {
            let name = ident(&argument.name);
            let is_named = named.iter().any(|(_, named)| named.name == argument.name);
            let value = match (argument.required, is_named) {
                (true, true) => converted_argument(place, argument, &quote! { required.#name }),
                (true, false) => converted_argument(place, argument, &quote! { #name }),
                (false, _) => quote! { None },
            };
            initializer(&argument.name, &value)
        });
        Self { parameters: required.into_iter().chain(positional).collect(), attribute, fields: fields.collect() }
    }
}

/// Emits the method that sets an optional argument.
pub fn setter(place: Place<'_>, argument: &Argument) -> TokenStream {
    let (docs, deprecated) = (docs(&page::setter_lines(argument)), deprecated(argument.deprecated));
    let (name, kind) = (ident(&argument.name), parameter_type(place, argument));
    let value = converted_argument(place, argument, &quote! { #name });
    quote! {
        #docs
        #deprecated
        pub fn #name(mut self, #name: #kind) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}
