//! Reads a documentation page: its facts, each with the line and the words that state it.
//!
//! 1. A reader for the format of the page makes a [tree] of headings, paragraphs, lists, code and tables.
//! 2. The [vocabulary] of the documentation system gives headings, captions, columns and phrases their meaning.
//! 3. The [outline](mod@outline) walks the tree, [tables](mod@table) become parameters, and [nesting] puts the properties of an
//!    object below the row that names the object.
//!
//! Each line is a fact, prose, sample code, or it was not read. Pages come from elsewhere: reading never fails, and is linear in the
//! size of the page.

mod excerpt;
pub mod fact;
pub(crate) mod form_index;
mod format;
pub mod tree;
pub mod vocabulary;

mod assembly;
mod charset;
mod collector;
mod definition;
mod description;
mod example;
mod html;
mod markdown;
mod nesting;
mod outline;
mod phrase;
mod quantity;
mod rst;
mod rules;
mod sentences;
mod table;
mod text;
mod token;
mod type_name;
pub(crate) mod uri;
mod value;

pub use assembly::read;
pub use format::Format;
