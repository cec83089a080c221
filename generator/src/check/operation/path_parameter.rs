//! Compares the names in a path template with the declared path parameters.
//!
//! One wrong name can affect two or more operations: all operations of a path, or all operations that use the same parameter
//! component. Nevertheless, each mistake is reported once, at the JSON Pointer that the user must correct. For this purpose, each
//! undeclared name is first paired with the unused parameter that was probably meant.

use std::collections::{HashMap, HashSet};

use crate::check::operation::path_template;
use crate::finding::{Code, Findings, Focus, PlaceSet};
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Location, Operation, Parameter};
use crate::suggestion::nearest;

const DECLARED_AS_STRING: &str = "The parameter becomes a required string.";

/// The largest number of undeclared names for which an operation has a finding each.
const MOST_NAMES: usize = 10;

/// The mistakes that were already reported, each as the JSON Pointer of its finding and the wrong parameter name.
type Reported = HashSet<(Pointer, String)>;

/// Reports names in a path that no path parameter declares, and path parameters that do not occur in the path.
pub(crate) fn agree(document: &Document, findings: &mut Findings) {
    let mut mismatches = Vec::new();
    for operation in &document.operations {
        let item = operation.path_item();
        let is_incomplete = |place: &Pointer| findings.has_skipped(place) || findings.has_misspelling_of(place);
        if [&operation.pointer, &item].iter().any(|owner| is_incomplete(&owner.join("parameters"))) {
            continue;
        }
        match path_template::names(&operation.path) {
            Ok(names) => mismatches.extend(Mismatch::of(operation, &names)),
            Err(problem) => findings.add(
                Code::UndeclaredPathParameter,
                &item,
                format!("The path template `{}` is not valid: {problem}.", operation.path),
                "Write each path parameter as `{name}`.",
            ),
        }
    }
    if mismatches.is_empty() {
        return;
    }
    let pairs: Vec<Pair<'_>> = mismatches.iter_mut().flat_map(Mismatch::take_pairs).collect();
    let mut reported = HashSet::new();
    for pair in &pairs {
        pair.report(document, &pairs, &mut reported, findings);
    }
    let mut siblings: HashMap<Pointer, Vec<&Operation>> = HashMap::new();
    for operation in &document.operations {
        siblings.entry(operation.path_item()).or_default().push(operation);
    }
    let undeclared: HashMap<*const Operation, HashSet<&str>> = mismatches
        .iter()
        .map(|mismatch| (std::ptr::from_ref(mismatch.operation), mismatch.undeclared.iter().copied().collect()))
        .collect();
    for mismatch in &mismatches {
        let siblings = siblings.get(&mismatch.operation.path_item()).map(Vec::as_slice).unwrap_or_default();
        mismatch.report(siblings, &undeclared, &mut reported, findings);
    }
}

/// Gives each path parameter that is declared under another name the name in the path, if the operation has only one such parameter
/// and only one such name. In OpenAPI 3.0, this is an error.
pub fn unite_names(document: &mut Document) {
    if !document.openapi_version.has_json_schema() {
        return;
    }
    for operation in &mut document.operations {
        let Ok(names) = path_template::names(&operation.path) else { continue };
        let Some(Mismatch { undeclared, unused, .. }) = Mismatch::of(operation, &names) else { continue };
        if let ([name], [parameter]) = (undeclared.as_slice(), unused.as_slice()) {
            let (name, declared) = ((*name).to_owned(), parameter.pointer.clone());
            let renamed = operation.parameters.iter_mut().filter(|parameter| parameter.pointer == declared);
            renamed.for_each(|parameter| parameter.name.clone_from(&name));
        }
    }
}

/// Returns the places at which `findings` reports that the path of an operation and its path parameters do not match.
pub(crate) fn mismatches(findings: &Findings) -> PlaceSet {
    let mismatches = findings.iter().filter(|finding| finding.code == Code::UndeclaredPathParameter);
    mismatches.map(|finding| &finding.pointer).collect()
}

/// Returns whether one of the [`mismatches`] is about `operation`. If so, other rules ignore the path parameters.
pub(crate) fn is_mismatched(mismatches: &PlaceSet, operation: &Operation) -> bool {
    operation.is_affected_by_any(mismatches)
        || operation.parameters.iter().any(|parameter| mismatches.has_within(&parameter.pointer))
}

fn braced(name: &str) -> String {
    format!("{{{name}}}")
}

fn path_has_name(operation: &Operation, name: &str) -> bool {
    path_template::names(&operation.path).is_ok_and(|names| names.contains(&name))
}

/// The differences between the path of an operation and its declared path parameters.
struct Mismatch<'d> {
    operation: &'d Operation,
    /// The names in the path that no path parameter declares.
    undeclared: Vec<&'d str>,
    /// The path parameters that do not occur in the path.
    unused: Vec<&'d Parameter>,
}

impl<'d> Mismatch<'d> {
    fn of(operation: &'d Operation, names: &[&'d str]) -> Option<Self> {
        let declared = operation.parameters.iter().filter(|parameter| parameter.location == Location::Path);
        let is_declared = |name: &&&str| declared.clone().any(|parameter| parameter.name == **name);
        let undeclared: Vec<_> = names.iter().filter(|name| !is_declared(name)).copied().collect();
        let unused: Vec<_> = declared.clone().filter(|parameter| !names.contains(&parameter.name.as_str())).collect();
        let agree = undeclared.is_empty() && unused.is_empty();
        (!agree).then_some(Self { operation, undeclared, unused })
    }

    /// Pairs each undeclared name with the unused parameter that was probably meant. Removes both from `self`, and returns the
    /// pairs.
    fn take_pairs(&mut self) -> Vec<Pair<'d>> {
        let mut pairs = Vec::new();
        let is_only = self.undeclared.len() == 1 && self.unused.len() == 1;
        for name in std::mem::take(&mut self.undeclared) {
            let near = nearest(name, self.unused.iter().map(|parameter| parameter.name.as_str()), 3);
            let index = self.unused.iter().position(|parameter| near == Some(&parameter.name) || is_only);
            match index {
                Some(index) => {
                    let parameter = self.unused.remove(index);
                    pairs.push(Pair { operation: self.operation, name, parameter, is_only, is_near: near.is_some() });
                }
                None => self.undeclared.push(name),
            }
        }
        pairs
    }

    /// Reports each name in the path that no parameter declares, and each path parameter that does not occur in the path. Names
    /// and parameters that were paired with each other are not reported here.
    ///
    /// `siblings` are all operations of the path. `undeclared` has the undeclared names of each operation. If there are many names,
    /// the last finding is about several of them.
    fn report(
        &self,
        siblings: &[&Operation],
        undeclared: &HashMap<*const Operation, HashSet<&str>>,
        reported: &mut Reported,
        findings: &mut Findings,
    ) {
        let item = self.operation.path_item();
        let (names, others) = self.undeclared.split_at(self.undeclared.len().min(MOST_NAMES));
        for name in names {
            if let Some(elsewhere) = self.operation.parameters.iter().find(|parameter| parameter.name == **name) {
                reported.insert((item.clone(), (*name).to_owned()));
                report_other_location(self.operation, elsewhere, findings);
                continue;
            }
            let lacks = |operation: &&Operation| {
                undeclared.get(&std::ptr::from_ref(*operation)).is_some_and(|names| names.contains(name))
            };
            if !siblings.iter().all(lacks) {
                report_undeclared(self.operation, name, findings);
            } else if reported.insert((item.clone(), (*name).to_owned())) {
                report_undeclared_by_all(&item, name, siblings.len(), findings);
            }
        }
        if let [first, ..] = others {
            let message = format!(
                "The path contains `{{{first}}}` and {} further names that the {} operation does not declare as path parameters.",
                others.len() - 1,
                self.operation.method
            );
            let (place, remedy) = (&self.operation.pointer, declaration(first));
            findings.add_repairable(Code::UndeclaredPathParameter, place, message, remedy, DECLARED_AS_STRING);
        }
        for parameter in &self.unused {
            report_unused(self.operation, parameter, findings);
        }
    }
}

/// An undeclared name in a path, and the unused parameter that was probably meant.
struct Pair<'d> {
    operation: &'d Operation,
    name: &'d str,
    parameter: &'d Parameter,
    /// Whether the operation has exactly one undeclared name and exactly one unused parameter.
    is_only: bool,
    /// Whether `name` is similar to the name of `parameter`. If not, the two are paired because the operation has exactly one
    /// undeclared name and exactly one unused parameter.
    is_near: bool,
}

impl Pair<'_> {
    fn report(&self, document: &Document, all: &[Pair<'_>], reported: &mut Reported, findings: &mut Findings) {
        let mark = findings.mark();
        self.report_error(document, all, reported, findings);
        if self.is_only && document.openapi_version.has_json_schema() {
            findings.tolerate_since(mark, "The parameter has this place in the path, since there is no other.");
        }
    }

    fn report_error(&self, document: &Document, all: &[Pair<'_>], reported: &mut Reported, findings: &mut Findings) {
        let Self { operation, name, parameter, .. } = self;
        let (item, declared) = (operation.path_item(), &parameter.name);
        let remedy = |meant: &str| match self.is_near {
            true => format!("Did you mean `{meant}`?"),
            false => "Write the same name in the path and in the declaration.".to_owned(),
        };
        if self.is_path_wrong(document, all) {
            if reported.insert((item.clone(), (*name).to_owned())) {
                let message =
                    format!("The path contains `{{{name}}}`, but the declared path parameter is `{declared}`.");
                let remedy = remedy(&braced(declared));
                findings.add_repairable(Code::UndeclaredPathParameter, &item, message, remedy, DECLARED_AS_STRING);
                findings.set_focus(Focus::InKey(braced(name)));
                findings.add_related(&parameter.pointer, Focus::Member("name"), "declared here");
            }
        } else if reported.insert((parameter.pointer.clone(), declared.clone())) {
            let path = &operation.path;
            let message =
                format!("The path parameter `{declared}` is declared, but the path `{path}` contains `{{{name}}}`.");
            let (place, remedy) = (&parameter.pointer, remedy(name));
            findings.add_repairable(Code::UndeclaredPathParameter, place, message, remedy, DECLARED_AS_STRING);
            findings.add_related(&item, Focus::InKey(braced(name)), "named here");
        }
    }

    /// Returns whether the mistake is in the path. If not, it is in the declaration of the parameter.
    fn is_path_wrong(&self, document: &Document, all: &[Pair<'_>]) -> bool {
        let examples = || self.operation.examples.iter().map(|example| &example.parameters);
        let examples_have = |name: &str| examples().any(|given| given.contains_key(name));
        if examples_have(self.name) != examples_have(&self.parameter.name) {
            return examples_have(&self.parameter.name);
        }
        let declares = |operation: &&Operation| {
            operation.parameters.iter().any(|parameter| parameter.pointer == self.parameter.pointer)
        };
        let fits_other_path =
            document.operations.iter().filter(declares).any(|operation| path_has_name(operation, &self.parameter.name));
        // If two operations of the path item declare the same name independently, the mistake is probably in the path.
        let is_confirmed = all.iter().any(|other| {
            other.operation.path_item() == self.operation.path_item()
                && other.name == self.name
                && other.parameter.name == self.parameter.name
                && other.parameter.pointer != self.parameter.pointer
        });
        fits_other_path || is_confirmed
    }
}

/// Reports a parameter whose name is in the path, but whose `in` is not `path`.
fn report_other_location(operation: &Operation, parameter: &Parameter, findings: &mut Findings) {
    let name = &parameter.name;
    findings.add_repairable(
        Code::UndeclaredPathParameter,
        &parameter.pointer.join("in"),
        format!("The path contains `{{{name}}}`, but the parameter `{name}` is not declared with `in: path`."),
        "Write `in: path` and `required: true`.",
        DECLARED_AS_STRING,
    );
    findings.set_focus(Focus::Value);
    findings.add_related(&operation.path_item(), Focus::InKey(braced(name)), "named here");
}

fn report_undeclared(operation: &Operation, name: &str, findings: &mut Findings) {
    findings.add_repairable(
        Code::UndeclaredPathParameter,
        &operation.pointer,
        format!(
            "The path contains `{{{name}}}`, but the {} operation does not declare this path parameter.",
            operation.method
        ),
        declaration(name),
        DECLARED_AS_STRING,
    );
    findings.set_focus(Focus::Key);
    findings.add_related(&operation.path_item(), Focus::InKey(braced(name)), "named here");
}

fn report_undeclared_by_all(item: &Pointer, name: &str, operations: usize, findings: &mut Findings) {
    let owner = if operations == 1 { "its operation does not declare" } else { "none of its operations declares" };
    let message = format!("The path contains `{{{name}}}`, but {owner} this path parameter.");
    findings.add_repairable(Code::UndeclaredPathParameter, item, message, declaration(name), DECLARED_AS_STRING);
    findings.set_focus(Focus::InKey(braced(name)));
}

fn declaration(name: &str) -> String {
    format!("Add `{{name: {name}, in: path, required: true, schema: {{type: string}}}}` to `parameters`.")
}

fn report_unused(operation: &Operation, parameter: &Parameter, findings: &mut Findings) {
    let name = &parameter.name;
    findings.add_repairable(
        Code::UndeclaredPathParameter,
        &parameter.listed_at,
        format!(
            "The path parameter `{name}` is declared, but the path `{}` does not contain `{{{name}}}`.",
            operation.path
        ),
        format!("Add `{{{name}}}` to the path, or delete the parameter."),
        "The parameter is removed.",
    );
    if parameter.listed_at != parameter.pointer {
        findings.set_focus(Focus::Member("$ref"));
        findings.add_related(&parameter.pointer, Focus::Member("name"), "declared here");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places;

    fn found(path: &str, operations: &[&str]) -> Vec<String> {
        let mut text = format!("paths:\n  {path}:\n");
        for (method, parameters) in ["get", "put", "post"].iter().zip(operations) {
            text.push_str(&format!("    {method}: {{parameters: [{parameters}], responses: {{}}}}\n"));
        }
        let findings = codes_and_places(&text).into_iter();
        findings.map(|line| line.replace("undeclared-path-parameter /paths/", "")).collect()
    }

    const ID: &str = "{name: id, in: path, required: true, schema: {}}";

    #[test]
    fn equal_names_have_no_findings() {
        assert_eq!(found("/{id}", &[ID, ID]), [""; 0]);
        assert_eq!(found("/{id", &[ID, ID]), ["~1{id"]);
    }

    #[test]
    fn a_misspelt_name_is_reported_once() {
        // Two operations declare the same name, which does not occur in the path. The mistake is in the path.
        assert_eq!(found("/{ib}", &[ID, ID]), ["~1{ib}"]);
        // Only one of two operations declares a name that does not occur in the path. The mistake is in its declaration.
        assert_eq!(found("/{id}", &[ID, &ID.replace("id,", "ib,")]), ["~1{id}/put/parameters/0"]);
        // The only operation declares a name that does not occur in the path. The mistake is assumed to be in the declaration.
        assert_eq!(found("/{id}", &[&ID.replace("id,", "ib,")]), ["~1{id}/get/parameters/0"]);
        assert_eq!(found("/{id}", &[ID, &ID.replace("path", "query")]), ["~1{id}/put/parameters/0/in"]);
    }

    #[test]
    fn a_missing_declaration_is_reported_where_it_is_missing() {
        assert_eq!(found("/{id}", &["", ""]), ["~1{id}"]);
        assert_eq!(found("/{id}", &[ID, ""]), ["~1{id}/put"]);
        assert_eq!(found("/", &[ID]), ["~1/get/parameters/0"]);
        let path: String = (0..20).map(|index| format!("/{{n{index}}}")).collect();
        let reported = found(&path, &[""]);
        assert_eq!(reported.len(), 11, "{reported:?}");
        assert!(reported.last().is_some_and(|place| place.ends_with("/get")), "{reported:?}");
    }

    #[test]
    fn a_component_that_several_paths_use_is_reported_once() {
        let text = |name: &str| {
            format!(
                "paths:\n  /a/{{id}}: &i\n    get: {{parameters: [{{$ref: '#/components/parameters/Id'}}], responses: {{}}}}\n  \
                 /b/{{{name}}}: *i\ncomponents: {{parameters: {{Id: {{name: ib, in: path, required: true, schema: {{}}}}}}}}\n"
            )
        };
        assert_eq!(codes_and_places(&text("id")), ["undeclared-path-parameter /components/parameters/Id"]);
        // The name in the component occurs in one of the two paths. The mistake is in the other path.
        assert_eq!(codes_and_places(&text("ib")), ["undeclared-path-parameter /paths/~1a~1{id}"]);
    }
}
