//! The content of the extension `x-pagination`.

use crate::pointer::Pointer;

/// `x-pagination`: the results of an operation are divided into pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// The JSON Pointer of the extension.
    pub pointer: Pointer,
    /// `items`: the place of the list of items in the body of a success response.
    pub items: Pointer,
    /// `more`: the place of the boolean that says whether more pages follow. `None` if a page does not say so.
    pub more: Option<Pointer>,
    /// How a page names the next one.
    pub next: NextPage,
}

/// How a page names the next one. In a place in the body, the token `-` is the last item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextPage {
    /// `cursor`: the value at a place in the body is the value of a query parameter.
    Cursor {
        /// `parameter`: the name of the query parameter.
        parameter: String,
        /// `from`: the place in the body.
        from: Pointer,
    },
    /// `offset`: a query parameter is the number of items before the page.
    Offset {
        /// `parameter`: the name of the query parameter.
        parameter: String,
    },
    /// `page`: a query parameter is the number of the page.
    Number {
        /// `parameter`: the name of the query parameter.
        parameter: String,
        /// `first`: the number of the first page.
        first: u64,
    },
    /// `link: next`: the header `Link` has the URL, with `rel="next"`.
    Link,
    /// `url`: the value at a place in the body is the URL.
    Url(Pointer),
}

impl NextPage {
    /// Returns the query parameter that names a page.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::Cursor { parameter, .. } | Self::Offset { parameter } | Self::Number { parameter, .. } => {
                Some(parameter)
            }
            Self::Link | Self::Url(_) => None,
        }
    }
}
