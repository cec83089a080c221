//! Finds request bodies of GET, HEAD and TRACE operations. HTTP does not define the meaning of such a body.

use crate::finding::{Code, Findings};
use crate::lint::context::Context;
use crate::resolve::document::{AdditionalProperties, MediaType};

/// The HTTP methods whose request bodies have no defined meaning. DELETE is omitted, because some services require a body with
/// DELETE.
const WITHOUT_BODY: &[&str] = &["GET", "HEAD", "TRACE"];

/// Reports request bodies of GET, HEAD and TRACE operations. HTTP does not define the meaning of such a body.
pub(crate) fn meaningless(context: &Context<'_>, findings: &mut Findings) {
    for operation in &context.document.operations {
        let has_body = operation.body.iter().flat_map(|body| &body.content).any(|media| !is_empty(context, media));
        if has_body && WITHOUT_BODY.contains(&operation.method.as_str()) {
            let message = format!(
                "HTTP defines no meaning for the body of a {} request. The client sends the body, but proxies and servers may \
                 drop it.",
                operation.method
            );
            let remedy = "Compare the HTTP method with the API documentation, or declare the values as parameters.";
            findings.add(Code::DoubtfulKeyword, &operation.pointer.join("requestBody"), message, remedy);
        }
    }
}

/// Returns whether the schema of a media type is an object that allows no properties. Some tools write such a schema for an
/// operation without a body.
fn is_empty(context: &Context<'_>, media: &MediaType) -> bool {
    let schema = media.schema.as_ref().and_then(|schema| context.document.resolved(schema));
    schema.is_some_and(|schema| {
        schema.properties.is_empty() && matches!(schema.additional_properties, AdditionalProperties::Forbidden)
    })
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places;

    #[test]
    fn bodies_without_a_meaning_are_reported() {
        let found = |method: &str, media: &str| {
            let body = format!("requestBody: {{content: {{application/json: {media}}}}}");
            places(
                "doubtful-keyword",
                &format!("paths:\n  /a:\n    {method}: {{{body}, responses: {{'204': {{description: y}}}}}}\n"),
            )
        };
        assert_eq!(found("get", "{}"), ["/paths/~1a/get/requestBody"]);
        assert_eq!(found("delete", "{}"), [""; 0]);
        let empty = "{schema: {type: object, properties: {}, additionalProperties: false}}";
        assert_eq!(found("get", empty), [""; 0]);
    }
}
