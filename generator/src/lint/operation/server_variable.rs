//! Finds server variables whose `default` is not in their `enum`.

use crate::finding::{Code, Findings};
use crate::lint::context::Context;
use crate::suggestion;

/// Reports server variables whose `default` is not in their `enum`.
pub(crate) fn defaults(context: &Context<'_>, findings: &mut Findings) {
    let of_operations = context.document.operations.iter().flat_map(|operation| &operation.servers);
    for server in context.document.servers.iter().chain(of_operations) {
        for (name, variable) in &server.variables {
            if variable.enum_values.is_empty() || variable.enum_values.contains(&variable.default) {
                continue;
            }
            let default = &variable.default;
            let remedy = match suggestion::nearest(default, variable.enum_values.iter().map(String::as_str), 3) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Add the default to `enum`, or use a value of `enum` as the default.".to_owned(),
            };
            let message = format!(
                "The default `{default}` of the server variable `{name}` is not in the `enum` of the variable."
            );
            let place = server.pointer.join("variables").join(name).join("default");
            findings.add(Code::DoubtfulServer, &place, message, remedy);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places;

    #[test]
    fn a_default_that_is_not_in_the_enum_is_reported() {
        let found = |variable: &str| {
            places(
                "doubtful-server",
                &format!("servers: [{{url: 'https://{{v}}.example', variables: {{v: {variable}}}}}]\npaths: {{}}\n"),
            )
        };
        assert_eq!(found("{default: c, enum: [a, b]}"), ["/servers/0/variables/v/default"]);
        assert_eq!(found("{default: b, enum: [a, b]}"), [""; 0]);
        assert_eq!(found("{default: b}"), [""; 0]);
    }
}
