//! The names of the structs of documented headers, when it is known who reads them.

use crate::ir::{Operation, ResponseHeaders, ResponseHeadersId};
use crate::lower::naming::identifiers::{self, Scope};

/// What documented headers say: the name of their component, and of each its name, description and schema.
pub type Said = (String, Vec<(String, Option<String>, Option<(Vec<u8>, Vec<u8>)>)>);

/// More names of headers than these make no name for a type.
const HEADERS_IN_A_NAME: usize = 3;

/// Names each struct after the component it comes from, the one operation that reads it, or the headers in it: several
/// operations share it, and the name is not to follow from which of them comes first in the document.
pub fn name(headers: &mut [ResponseHeaders], operations: &[Operation], type_names: &mut Scope) {
    let subject = |(id, headers): (usize, &ResponseHeaders)| {
        let readers = operations.iter().filter(|operation| operation.responses.headers == Some(ResponseHeadersId(id)));
        let mut readers: Vec<&str> = readers.map(|operation| operation.type_name.as_str()).collect();
        readers.sort_unstable();
        let subject = match (headers.name.is_empty(), readers.as_slice()) {
            (false, _) => headers.name.clone(),
            (true, [only]) => (*only).to_owned(),
            (true, _) => content(headers),
        };
        (subject, readers.first().map(|first| (*first).to_owned()), id)
    };
    let mut subjects: Vec<_> = headers.iter().enumerate().map(subject).collect();
    subjects.sort_unstable();
    let mut modules = Scope::default();
    for (subject, _, id) in subjects {
        let headers = &mut headers[id];
        headers.name = type_names.take(identifiers::pascal(&format!("{subject} headers")));
        headers.module = modules.take(identifiers::snake(&headers.name));
    }
}

fn content(headers: &ResponseHeaders) -> String {
    let mut wire: Vec<&str> = headers.fields.iter().map(|field| field.wire.as_str()).collect();
    wire.sort_unstable();
    if wire.len() > HEADERS_IN_A_NAME {
        wire.truncate(HEADERS_IN_A_NAME);
        wire.push("and other");
    }
    wire.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::HeaderField;

    #[test]
    fn headers_make_a_name_in_any_order() {
        let field = |wire: &&str| HeaderField {
            name: identifiers::snake(wire),
            wire: (*wire).to_owned(),
            pointer: Default::default(),
            docs: Vec::new(),
            value: None,
        };
        let name = |wire: &[&str]| {
            let fields = wire.iter().map(field).collect();
            let (name, module, pointer) = Default::default();
            let mut headers = [ResponseHeaders { name, module, pointer, fields }];
            super::name(&mut headers, &[], &mut Scope::default());
            let [headers] = headers;
            (headers.name, headers.module)
        };
        let wanted = |name: &str, module: &str| (name.to_owned(), module.to_owned());
        assert_eq!(name(&["X-Rate"]), wanted("XRateHeaders", "x_rate_headers"));
        assert_eq!(name(&["D", "B", "C", "A"]), wanted("ABCAndOtherHeaders", "abc_and_other_headers"));
    }
}
