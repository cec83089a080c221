//! Webhooks and callbacks: requests that the service sends.

use crate::pointer::Pointer;
use crate::resolve::document::header::Header;
use crate::resolve::document::operation::RequestBody;
use crate::resolve::document::schema::SchemaRef;

/// A request that the service sends: an operation of `webhooks`, or of the `callbacks` of an operation.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// The JSON Pointer of the Operation Object.
    pub pointer: Pointer,
    /// The key in `webhooks`, or the name of the operation and the key in its `callbacks`. If the path item has several operations,
    /// the HTTP method follows.
    pub name: String,
    /// Where the request comes from in a sentence: "The webhook", "A callback of `subscribe`".
    pub title: String,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `tags`.
    pub tags: Vec<String>,
    /// `x-source`.
    pub source: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// The header parameters.
    pub headers: Vec<Header>,
    /// `requestBody`.
    pub body: Option<RequestBody>,
}

impl Webhook {
    /// Returns the schemas of the body and of the headers.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = &SchemaRef> {
        let bodies = self.body.iter().flat_map(|body| &body.content).filter_map(|media| media.schema.as_ref());
        bodies.chain(self.headers.iter().filter_map(|header| header.schema.as_ref()))
    }

    /// Returns mutable references to the schemas that [`Webhook::schemas`] returns.
    pub(crate) fn schemas_mut(&mut self) -> impl Iterator<Item = &mut SchemaRef> {
        let contents = self.body.iter_mut().flat_map(|body| &mut body.content);
        let bodies = contents.filter_map(|media| media.schema.as_mut());
        bodies.chain(self.headers.iter_mut().filter_map(|header| header.schema.as_mut()))
    }
}
