//! Names the tests that are generated from examples.

use crate::lower::naming::scope::Scope;
use crate::lower::passes::items::Items;

/// Makes the names of the tests unique, because all tests are in the same module.
pub(crate) fn make_unique(items: &mut Items) {
    let requests = items.operations.iter_mut().flat_map(|operation| &mut operation.examples);
    let requests = requests.map(|example| &mut example.test_name);
    let bodies = items.body_examples.iter_mut().map(|example| &mut example.test_name);
    let schemas = items.schema_examples.iter_mut().map(|example| &mut example.test_name);
    let mut scope = Scope::default();
    for name in requests.chain(bodies).chain(schemas) {
        *name = scope.take(std::mem::take(name));
    }
}
