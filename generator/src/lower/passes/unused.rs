//! Removes the types that no operation uses.

use crate::ir::{Value, Webhook};
use crate::lower::passes::items::Items;
use crate::lower::passes::reachability::reachable_types;

/// Removes the types that no operation or body example uses. Also removes the schema examples of the removed types. Returns how
/// many of the removed types are components.
pub(crate) fn remove_unused_types(items: &mut Items) -> usize {
    let of_operations = items
        .operations
        .iter()
        .flat_map(|operation| operation.sent_values().chain(operation.received_values(&items.headers)));
    let roots = of_operations.chain(items.body_examples.iter().map(|example| &example.value));
    let roots = roots.chain(items.webhooks.iter().flat_map(Webhook::values));
    let used = reachable_types(&items.types, roots.flat_map(Value::named_types));
    let unused: Vec<_> = items.order.extract_if(.., |id| !used.contains(id)).collect();
    items.schema_examples.retain(|example| !example.value.named_types().iter().any(|id| unused.contains(id)));
    unused.iter().filter(|id| items.components.contains(id)).count()
}

#[cfg(test)]
mod tests {
    use crate::ir::Api;
    use crate::options::{Options, Types};

    const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    get:
      operationId: a
      responses:
        '200':
          description: Done.
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Dog' } } } }
components:
  schemas:
    Cat: { type: object, properties: { name: { type: string, pattern: '^[c]+$' }, next: { $ref: '#/components/schemas/Cat' } } }
    Dog: { type: object, properties: { name: { type: string, pattern: '^[d]+$' }, bone: { $ref: '#/components/schemas/Bone' } } }
    Bone: { type: object, properties: { length: { type: integer } } }
";

    fn api(text: &str, types: Types) -> Api {
        crate::pipeline::lowered(text, &Options { types, ..Options::default() })
    }

    fn names(api: &Api) -> Vec<&str> {
        api.emitted_types.iter().map(|id| api.types[id.0].name.as_str()).collect()
    }

    fn patterns(api: &Api) -> Vec<&str> {
        api.emitted_patterns.iter().map(|id| api.patterns[id.0].text.as_str()).collect()
    }

    #[test]
    fn types_and_patterns_that_no_operation_uses_are_not_emitted() {
        let api = api(DOCUMENT, Types::Used);
        assert_eq!((names(&api), patterns(&api)), (vec!["Dog", "Bone"], vec!["^[d]+$"]));
        assert_eq!(api.unused_components, 1, "a type that contains itself does not count as used");
    }

    #[test]
    fn all_types_are_emitted_on_request_and_if_there_are_no_operations() {
        let all = api(DOCUMENT, Types::All);
        assert_eq!((names(&all), patterns(&all)), (vec!["Cat", "Dog", "Bone"], vec!["^[c]+$", "^[d]+$"]));
        let (head, rest) = DOCUMENT.split_once("paths:").unwrap();
        let (_, schemas) = rest.split_once("components:").unwrap();
        let schemas = api(&format!("{head}paths: {{}}\ncomponents:{schemas}"), Types::Used);
        assert_eq!((names(&schemas).len(), schemas.unused_components), (3, 0));
    }
}
