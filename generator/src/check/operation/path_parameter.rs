//! The names in a path and the declared path parameters are the same.
//!
//! One slip in a path concerns every operation of its item, and one in a component every path that uses it. So the names that
//! miss each other are paired first, and what a person would correct is told once.

use std::collections::HashSet;

use crate::check::operation::path_template;
use crate::finding::{Code, Finding, Findings, Focus};
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Location, Operation, Parameter};
use crate::suggestion::nearest;

const TAKEN_AS_TEXT: &str = "It is taken as a required text.";

/// The names in the path and the declared path parameters are the same.
pub(crate) fn agree(document: &Document, findings: &mut Findings) {
    let mut mismatches = Vec::new();
    for operation in &document.operations {
        let item = item(operation);
        let is_told = |place: &Pointer| findings.has_skipped(place) || findings.has_misspelling_of(place);
        if [&operation.pointer, &item].iter().any(|owner| is_told(&owner.join("parameters"))) {
            continue;
        }
        match path_template::names(&operation.path) {
            Ok(names) => mismatches.extend(Mismatch::of(operation, &names)),
            Err(fault) => findings.add(
                Code::UndeclaredPathParameter,
                &item,
                format!("The braces of the path `{}` do not match: {fault}.", operation.path),
                "Write each parameter of the path as `{name}`.",
            ),
        }
    }
    let paired: Vec<Pair<'_>> = mismatches.iter_mut().flat_map(Mismatch::pairs).collect();
    let mut told = HashSet::new();
    for pair in &paired {
        pair.report(document, &paired, &mut told, findings);
    }
    for mismatch in &mismatches {
        mismatch.report(document, &mismatches, &mut told, findings);
    }
}

/// Whether a finding speaks of the path parameters of `operation`: what else they contradict follows from it.
pub(crate) fn is_told(findings: &Findings, operation: &Operation) -> bool {
    let is_about = |finding: &Finding| {
        let place = &finding.pointer;
        operation.is_affected_by(place)
            || operation.parameters.iter().any(|parameter| place.is_within(&parameter.pointer))
    };
    findings.iter().any(|finding| finding.code == Code::UndeclaredPathParameter && is_about(finding))
}

fn item(operation: &Operation) -> Pointer {
    operation.pointer.parent().unwrap_or_default()
}

fn braced(name: &str) -> String {
    format!("{{{name}}}")
}

fn is_named(operation: &Operation, name: &str) -> bool {
    path_template::names(&operation.path).is_ok_and(|names| names.contains(&name))
}

/// The names of one operation that miss each other.
struct Mismatch<'d> {
    operation: &'d Operation,
    /// Named in the path, declared nowhere.
    undeclared: Vec<&'d str>,
    /// Declared, not named in the path.
    unnamed: Vec<&'d Parameter>,
}

impl<'d> Mismatch<'d> {
    fn of(operation: &'d Operation, names: &[&'d str]) -> Option<Self> {
        let declared = operation.parameters.iter().filter(|parameter| parameter.location == Location::Path);
        let is_declared = |name: &&&str| declared.clone().any(|parameter| parameter.name == **name);
        let undeclared: Vec<_> = names.iter().filter(|name| !is_declared(name)).copied().collect();
        let unnamed: Vec<_> = declared.clone().filter(|parameter| !names.contains(&parameter.name.as_str())).collect();
        let agree = undeclared.is_empty() && unnamed.is_empty();
        (!agree).then_some(Self { operation, undeclared, unnamed })
    }

    /// Takes out the names that were probably meant to be the same.
    fn pairs(&mut self) -> Vec<Pair<'d>> {
        let mut pairs = Vec::new();
        let is_only = self.undeclared.len() == 1 && self.unnamed.len() == 1;
        for name in std::mem::take(&mut self.undeclared) {
            let near = nearest(name, self.unnamed.iter().map(|parameter| parameter.name.as_str()), 3);
            let index = self.unnamed.iter().position(|parameter| near == Some(&parameter.name) || is_only);
            match index {
                Some(index) => {
                    let parameter = self.unnamed.remove(index);
                    pairs.push(Pair { operation: self.operation, name, parameter, is_near: near.is_some() });
                }
                None => self.undeclared.push(name),
            }
        }
        pairs
    }

    /// Reports the names that have no partner.
    fn report(
        &self,
        document: &Document,
        all: &[Mismatch<'_>],
        told: &mut HashSet<(Pointer, String)>,
        findings: &mut Findings,
    ) {
        let place = item(self.operation);
        for name in &self.undeclared {
            if let Some(elsewhere) = self.operation.parameters.iter().find(|parameter| parameter.name == **name) {
                told.insert((place.clone(), (*name).to_owned()));
                misplaced(self.operation, elsewhere, findings);
                continue;
            }
            let lacks = |operation: &&Operation| {
                let mismatch = all.iter().find(|mismatch| std::ptr::eq(mismatch.operation, *operation));
                mismatch.is_some_and(|mismatch| mismatch.undeclared.contains(name))
            };
            let of_item = || document.operations.iter().filter(|operation| item(operation) == place);
            if !of_item().all(|operation| lacks(&operation)) {
                undeclared(self.operation, name, findings);
            } else if told.insert((place.clone(), (*name).to_owned())) {
                undeclared_by_all(&place, name, of_item().count(), findings);
            }
        }
        for parameter in &self.unnamed {
            unnamed(self.operation, parameter, findings);
        }
    }
}

/// A name in a path, and the declared parameter that was probably meant by it.
struct Pair<'d> {
    operation: &'d Operation,
    name: &'d str,
    parameter: &'d Parameter,
    is_near: bool,
}

impl Pair<'_> {
    fn report(
        &self,
        document: &Document,
        all: &[Pair<'_>],
        told: &mut HashSet<(Pointer, String)>,
        findings: &mut Findings,
    ) {
        let Self { operation, name, parameter, .. } = self;
        let (item, declared) = (item(operation), &parameter.name);
        let remedy = |meant: &str| match self.is_near {
            true => format!("Did you mean `{meant}`?"),
            false => "Write the same name in the path and in the declaration.".to_owned(),
        };
        if self.path_is_at_fault(document, all) {
            if told.insert((item.clone(), (*name).to_owned())) {
                let message = format!("The path names `{{{name}}}`, and what is declared is `{declared}`.");
                let remedy = remedy(&braced(declared));
                findings.add_mendable(Code::UndeclaredPathParameter, &item, message, remedy, TAKEN_AS_TEXT);
                findings.focus(Focus::InKey(braced(name)));
                findings.relate(&parameter.pointer, Focus::Member("name"), "declared here");
            }
        } else if told.insert((parameter.pointer.clone(), declared.clone())) {
            let message =
                format!("`{declared}` is declared in the path, and the path `{}` names `{{{name}}}`.", operation.path);
            let remedy = remedy(name);
            findings.add_mendable(Code::UndeclaredPathParameter, &parameter.pointer, message, remedy, TAKEN_AS_TEXT);
            findings.relate(&item, Focus::InKey(braced(name)), "named here");
        }
    }

    /// Whether the name in the path is the slip, and not the declaration.
    fn path_is_at_fault(&self, document: &Document, all: &[Pair<'_>]) -> bool {
        let examples = || self.operation.examples.iter().map(|example| &example.parameters);
        let witnesses = |name: &str| examples().any(|given| given.contains_key(name));
        if witnesses(self.name) != witnesses(&self.parameter.name) {
            return witnesses(&self.parameter.name);
        }
        let declares = |operation: &&Operation| {
            operation.parameters.iter().any(|parameter| parameter.pointer == self.parameter.pointer)
        };
        let fits_elsewhere =
            document.operations.iter().filter(declares).any(|operation| is_named(operation, &self.parameter.name));
        // Operations that declare the same, each for itself, bear witness for one another.
        let has_witness = all.iter().any(|other| {
            item(other.operation) == item(self.operation)
                && other.name == self.name
                && other.parameter.name == self.parameter.name
                && other.parameter.pointer != self.parameter.pointer
        });
        fits_elsewhere || has_witness
    }
}

/// A parameter that the path names is declared at another place.
fn misplaced(operation: &Operation, parameter: &Parameter, findings: &mut Findings) {
    let name = &parameter.name;
    findings.add_mendable(
        Code::UndeclaredPathParameter,
        &parameter.pointer.join("in"),
        format!("The path names `{{{name}}}`, and `{name}` is declared at another place of the request."),
        "Write `in: path`, and `required: true`.",
        TAKEN_AS_TEXT,
    );
    findings.focus(Focus::Value);
    findings.relate(&item(operation), Focus::InKey(braced(name)), "named here");
}

fn undeclared(operation: &Operation, name: &str, findings: &mut Findings) {
    findings.add_mendable(
        Code::UndeclaredPathParameter,
        &operation.pointer,
        format!("The path names `{{{name}}}`, and {} declares no such path parameter.", operation.method),
        declaration(name),
        TAKEN_AS_TEXT,
    );
    findings.focus(Focus::Key);
    findings.relate(&item(operation), Focus::InKey(braced(name)), "named here");
}

fn undeclared_by_all(item: &Pointer, name: &str, operations: usize, findings: &mut Findings) {
    let owner = if operations == 1 { "its operation declares" } else { "none of its operations declares" };
    let negation = if operations == 1 { "no such path parameter" } else { "such a path parameter" };
    let message = format!("The path names `{{{name}}}`, and {owner} {negation}.");
    findings.add_mendable(Code::UndeclaredPathParameter, item, message, declaration(name), TAKEN_AS_TEXT);
    findings.focus(Focus::InKey(braced(name)));
}

fn declaration(name: &str) -> String {
    format!("Add `{{name: {name}, in: path, required: true, schema: {{type: string}}}}` to `parameters`.")
}

fn unnamed(operation: &Operation, parameter: &Parameter, findings: &mut Findings) {
    let name = &parameter.name;
    findings.add_mendable(
        Code::UndeclaredPathParameter,
        &parameter.listed_at,
        format!("`{name}` is declared in the path, and the path `{}` does not name it.", operation.path),
        format!("Write `{{{name}}}` into the path, or delete the parameter."),
        "The parameter is left out.",
    );
    if parameter.listed_at != parameter.pointer {
        findings.focus(Focus::Member("$ref"));
        findings.relate(&parameter.pointer, Focus::Member("name"), "declared here");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::says;

    fn says_of(path: &str, operations: &[&str]) -> Vec<String> {
        let mut text = format!("paths:\n  {path}:\n");
        for (method, parameters) in ["get", "put", "post"].iter().zip(operations) {
            text.push_str(&format!("    {method}: {{parameters: [{parameters}], responses: {{}}}}\n"));
        }
        let said = says(&text).into_iter();
        said.map(|line| line.replace("undeclared-path-parameter /paths/", "")).collect()
    }

    const ID: &str = "{name: id, in: path, required: true, schema: {}}";

    #[test]
    fn names_that_agree_pass() {
        assert_eq!(says_of("/{id}", &[ID, ID]), [""; 0]);
        assert_eq!(says_of("/{id", &[ID, ID]), ["~1{id"]);
    }

    #[test]
    fn one_slip_is_told_once() {
        // Two operations declare what the path has not.
        assert_eq!(says_of("/{ib}", &[ID, ID]), ["~1{ib}"]);
        // One of two operations declares something else.
        assert_eq!(says_of("/{id}", &[ID, &ID.replace("id,", "ib,")]), ["~1{id}/put/parameters/0"]);
        // An operation alone: the declaration is as likely as the path.
        assert_eq!(says_of("/{id}", &[&ID.replace("id,", "ib,")]), ["~1{id}/get/parameters/0"]);
        assert_eq!(says_of("/{id}", &[ID, &ID.replace("path", "query")]), ["~1{id}/put/parameters/0/in"]);
    }

    #[test]
    fn what_is_missing_is_told_where_it_is_missing() {
        assert_eq!(says_of("/{id}", &["", ""]), ["~1{id}"]);
        assert_eq!(says_of("/{id}", &[ID, ""]), ["~1{id}/put"]);
        assert_eq!(says_of("/", &[ID]), ["~1/get/parameters/0"]);
    }

    #[test]
    fn a_component_that_many_paths_use_is_told_once() {
        let text = |name: &str| {
            format!(
                "paths:\n  /a/{{id}}: &i\n    get: {{parameters: [{{$ref: '#/components/parameters/Id'}}], responses: {{}}}}\n  \
                 /b/{{{name}}}: *i\ncomponents: {{parameters: {{Id: {{name: ib, in: path, required: true, schema: {{}}}}}}}}\n"
            )
        };
        assert_eq!(says(&text("id")), ["undeclared-path-parameter /components/parameters/Id"]);
        // Where it fits one path it is the other that is wrong.
        assert_eq!(says(&text("ib")), ["undeclared-path-parameter /paths/~1a~1{id}"]);
    }
}
