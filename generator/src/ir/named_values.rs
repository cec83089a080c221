//! Decides how a caller passes required values: by position, or by name.
//!
//! The rule: one required value is an argument by itself, and two or more are the fields of a struct literal. A body that is no
//! text is always an argument by itself, because no other argument has its type. Two values of one type can therefore never be
//! swapped.

use crate::ir::arguments::{Argument, ArgumentLocation};
use crate::ir::operations::Operation;
use crate::ir::servers::Server;
use crate::ir::structs::Struct;
use crate::ir::values::{Type, Value};

impl Struct {
    /// Returns whether the constructor takes the required fields by name.
    pub fn has_named_values(&self) -> bool {
        self.constructor_fields().len() > 1
    }
}

impl Server {
    /// Returns whether the function of the server takes the values of its variables by name.
    pub fn has_named_values(&self) -> bool {
        self.variables.len() > 1
    }
}

/// The required arguments of an operation, each with its index in [`Operation::arguments`].
#[derive(Debug, Clone)]
pub struct CallArguments<'a> {
    /// The arguments that a caller passes by name. The list is empty, or has at least two arguments.
    pub named: Vec<(usize, &'a Argument)>,
    /// The arguments that a caller passes by position. They follow the named ones.
    pub positional: Vec<(usize, &'a Argument)>,
}

impl Operation {
    /// Returns how a caller passes the required arguments.
    pub fn call_arguments(&self) -> CallArguments<'_> {
        let is_body = |(_, argument): &(usize, &Argument)| argument.is_body() && !accepts_text(argument);
        let (bodies, values): (Vec<_>, Vec<_>) = self.method_arguments().into_iter().partition(is_body);
        if values.len() > 1 {
            return CallArguments { named: values, positional: bodies };
        }
        CallArguments { named: Vec::new(), positional: [values, bodies].concat() }
    }
}

/// Returns whether a body can be a string, which is also the type of most other arguments.
fn accepts_text(body: &Argument) -> bool {
    let is_text = |value: &Value| matches!(value.kind, Type::String);
    match &body.location {
        ArgumentLocation::Body(content) => is_text(&content.value),
        ArgumentLocation::Bodies { variants, .. } => variants.iter().any(|variant| is_text(&variant.content.value)),
        _ => false,
    }
}
