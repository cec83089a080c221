//! Names the structs of documented response headers, after all operations are lowered.

use crate::ir::{Operation, ResponseHeaders, ResponseHeadersId};
use crate::lower::analysis::canonical::CanonicalForm;
use crate::lower::naming::identifiers;
use crate::lower::naming::scope::Scope;

/// Identifies the content of a struct of response headers. Contains the name of the component in `components.responses`, and for
/// each header its name, description and schema. Responses with equal content share a struct.
pub(crate) type HeaderContent = (String, Vec<(String, Option<String>, Option<CanonicalForm>)>);

/// The maximum number of header names in the name of a struct.
const MAX_HEADERS_IN_NAME: usize = 3;

/// Names each struct of response headers. If the response is a component, the struct is named after the component. Otherwise, the
/// struct is named after the only operation that returns it. If several operations return it, the struct is named after its
/// headers, so that the name does not depend on the order of the operations.
pub(crate) fn name_header_structs(headers: &mut [ResponseHeaders], operations: &[Operation], type_names: &mut Scope) {
    let subject = |(id, headers): (usize, &ResponseHeaders)| {
        let readers = operations.iter().filter(|operation| operation.responses.headers == Some(ResponseHeadersId(id)));
        let mut readers: Vec<&str> = readers.map(|operation| operation.type_name.as_str()).collect();
        readers.sort_unstable();
        let subject = match (headers.name.is_empty(), readers.as_slice()) {
            (false, _) => headers.name.clone(),
            (true, [only]) => (*only).to_owned(),
            (true, _) => header_names(headers),
        };
        (subject, readers.first().map(|first| (*first).to_owned()), id)
    };
    let mut subjects: Vec<_> = headers.iter().enumerate().map(subject).collect();
    subjects.sort_unstable();
    let mut modules = Scope::default();
    for (subject, _, id) in subjects {
        let headers = &mut headers[id];
        headers.name = type_names.take_first(
            [subject.clone(), format!("{subject} response")]
                .map(|subject| identifiers::pascal(&format!("{subject} headers"))),
        );
        headers.module = modules.take(identifiers::snake(&headers.name));
    }
}

/// Returns the names of the headers in alphabetical order. If there are more than three headers, `and other` replaces all names
/// after the third.
fn header_names(headers: &ResponseHeaders) -> String {
    let mut wire: Vec<&str> = headers.fields.iter().map(|field| field.wire.as_str()).collect();
    wire.sort_unstable();
    if wire.len() > MAX_HEADERS_IN_NAME {
        wire.truncate(MAX_HEADERS_IN_NAME);
        wire.push("and other");
    }
    wire.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::HeaderField;

    #[test]
    fn the_name_does_not_depend_on_the_order_of_the_headers() {
        let field = |wire: &&str| HeaderField {
            name: identifiers::snake(wire),
            wire: (*wire).to_owned(),
            pointer: Default::default(),
            docs: Vec::new(),
            secret: false,
            value: None,
        };
        let name = |wire: &[&str]| {
            let fields = wire.iter().map(field).collect();
            let (name, module, pointer) = Default::default();
            let mut headers = [ResponseHeaders { name, module, pointer, fields }];
            super::name_header_structs(&mut headers, &[], &mut Scope::default());
            let [headers] = headers;
            (headers.name, headers.module)
        };
        let wanted = |name: &str, module: &str| (name.to_owned(), module.to_owned());
        assert_eq!(name(&["X-Rate"]), wanted("XRateHeaders", "x_rate_headers"));
        assert_eq!(name(&["D", "B", "C", "A"]), wanted("ABCAndOtherHeaders", "abc_and_other_headers"));
    }
}
