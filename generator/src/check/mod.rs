//! The rules for resolved documents. Each rule is a function that adds a finding for each violation. The table `RULES` lists the
//! rules.

mod acknowledgement;
mod document_order;
mod example;
mod extension;
mod media_type;
mod operation;
mod repair;
mod rules;
pub(crate) mod schema;
pub(crate) mod schema_walk;
mod structural_eq;
#[cfg(test)]
mod tests;
pub(crate) mod value;

pub use acknowledgement::RuleSet;
pub use document_order::document_order;
pub use operation::path_parameter::unite_names;
pub use repair::{remove_incomplete_overloads, repair};
pub use rules::{acknowledge, apply_rules, check};
