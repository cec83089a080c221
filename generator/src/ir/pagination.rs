//! Operations whose results are divided into pages.

use crate::ir::values::Value;

/// How an operation is called page by page (`x-pagination`).
#[derive(Debug, Clone)]
pub struct Pagination {
    /// How a page names the next one.
    pub next: NextPage,
    /// The place of the items in the JSON body: member names.
    pub items: Vec<String>,
    /// The place of the boolean that says whether more pages follow. Empty if a page does not say so.
    pub more: Vec<String>,
    /// The steps from the Rust value of a body to the list of its items.
    pub steps: Vec<Step>,
    /// The type of an item.
    pub item: Value,
}

/// How a page names the next one. A place in the body is a list of member names; `-` is the last item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextPage {
    /// A value in the body is the value of a query parameter.
    Cursor {
        /// The name of the query parameter.
        parameter: String,
        /// The place in the body.
        from: Vec<String>,
    },
    /// A query parameter is the number of items before the page.
    Offset {
        /// The name of the query parameter.
        parameter: String,
    },
    /// A query parameter is the number of the page.
    Number {
        /// The name of the query parameter.
        parameter: String,
        /// The number of the first page.
        first: u64,
    },
    /// The header `Link` has the URL.
    Link,
    /// A value in the body is the URL.
    Url(Vec<String>),
}

/// A step from a Rust value to a value in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The value of an `Option`. Without a value, the page has no items.
    Some,
    /// The content of a `Box`.
    Unbox,
    /// The content of a newtype.
    Newtype,
    /// A field of a struct.
    Field(String),
}
