//! The rules of `copperplate lint`. They report probable mistakes in a document. The mistakes do not prevent the generation of a
//! crate.

mod component_graph;
mod context;
mod description;
mod example;
mod operation;
mod rules;
pub(crate) mod schema;
#[cfg(test)]
mod tests;
mod unused_component;
mod walk;

pub use rules::lint;
