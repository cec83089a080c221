//! The names of the structs of documented headers, when it is known who reads them.

use super::names::{self, Scope};
use crate::ir::{Headers, HeadersId, Operation};

/// More names of headers than these make no name for a type.
const HEADERS_IN_A_NAME: usize = 3;

/// Names each struct after the component it comes from, the one operation that reads it, or the headers in it: several
/// operations share it, and the name is not to follow from which of them comes first in the document.
pub fn name(headers: &mut [Headers], operations: &[Operation], type_names: &mut Scope) {
    let mut modules = Scope::default();
    for (id, headers) in headers.iter_mut().enumerate() {
        let mut readers = operations.iter().filter(|operation| operation.answers.headers == Some(HeadersId(id)));
        let component = std::mem::take(&mut headers.name);
        let subject = match (component.is_empty(), readers.next(), readers.next()) {
            (false, ..) => component,
            (true, Some(only), None) => only.type_name.clone(),
            _ => content(headers),
        };
        headers.name = type_names.take(names::pascal(&format!("{subject} headers")));
        headers.module = modules.take(names::snake(&headers.name));
    }
}

fn content(headers: &Headers) -> String {
    let mut wire: Vec<&str> = headers.fields.iter().map(|field| field.wire.as_str()).collect();
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
    fn headers_make_a_name_in_their_order() {
        let field = |wire: &&str| HeaderField {
            name: names::snake(wire),
            wire: (*wire).to_owned(),
            docs: Vec::new(),
            value: None,
        };
        let name = |wire: &[&str]| {
            let fields = wire.iter().map(field).collect();
            let mut headers = [Headers { name: String::new(), module: String::new(), fields }];
            super::name(&mut headers, &[], &mut Scope::default());
            let [headers] = headers;
            (headers.name, headers.module)
        };
        let wanted = |name: &str, module: &str| (name.to_owned(), module.to_owned());
        assert_eq!(name(&["X-Rate"]), wanted("XRateHeaders", "x_rate_headers"));
        assert_eq!(name(&["A", "B", "C", "D"]), wanted("ABCAndOtherHeaders", "abc_and_other_headers"));
    }
}
