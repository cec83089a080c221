//! Finds objects with both `example` and `examples`.

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::lint::context::Context;
use crate::load::grammar::visit;

/// Reports objects that have both `example` and `examples`.
pub(crate) fn both(context: &Context<'_>, findings: &mut Findings) {
    visit::objects(context.raw, &mut |members, place| {
        let has_several = members.get("examples").is_some_and(Value::is_object);
        if members.contains_key("example") && has_several && !members.contains_key("type") {
            let message =
                "`example` and `examples` are mutually exclusive in OpenAPI. Other tools ignore one of the two.";
            let remedy = "Move the value of `example` into `examples`, under a name: `name: {value: …}`.";
            findings.add(Code::DoubtfulKeyword, &place.join("example"), message, remedy);
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places;

    #[test]
    fn example_beside_examples_is_reported() {
        let found = |media: &str| {
            let body = format!("requestBody: {{content: {{application/json: {media}}}}}");
            places(
                "doubtful-keyword",
                &format!("paths:\n  /a:\n    post: {{{body}, responses: {{'204': {{description: y}}}}}}\n"),
            )
        };
        let body = "/paths/~1a/post/requestBody/content/application~1json";
        assert_eq!(found("{example: 1, examples: {a: {value: 1}}}"), [format!("{body}/example")]);
        assert_eq!(found("{example: 1}"), [""; 0]);
    }
}
