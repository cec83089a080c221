//! The stages that take one document from its text to the intermediate representation. Each stage reports all its findings before
//! an error stops the run.

use serde_json::Value;

use super::Pipeline;
use crate::check;
use crate::finding::{Finding, Findings, PlaceSet};
use crate::ir::Api;
use crate::lint;
use crate::load;
use crate::lower;
use crate::options::{Input, Options};
use crate::resolve::{self, LeftOut, document::Document};

/// A document with resolved references, and the JSON tree of the same document, in which references are not resolved.
pub(super) struct Resolved {
    pub document: Document,
    pub raw: Value,
    /// The parts that the selection of the input left out.
    pub left_out: LeftOut,
}

impl Pipeline<'_> {
    /// Loads, resolves, checks and lowers a document. Returns `None` if an error stops the run.
    pub(super) fn lower_document(&self, input: &Input, findings: &mut Findings) -> Option<(Api, LeftOut)> {
        let Resolved { document, left_out, .. } = self.check_document(input, findings)?;
        (self.progress)(format!("{}: deciding types and names", input.file));
        Some((self.lower_checked(document, input, findings)?, left_out))
    }

    /// Loads, resolves and checks a document. Returns `None` if the document cannot be loaded, or exceeds a limit.
    pub(super) fn check_document(&self, input: &Input, findings: &mut Findings) -> Option<Resolved> {
        let resolved = self.resolve_document(input, findings);
        let resolved = match resolved {
            Some(resolved) => resolved,
            None => {
                load::quotes::restore_spellings(&input.text, findings);
                return None;
            }
        };
        let Resolved { document, raw, .. } = &resolved;
        let (operations, schemas) = (document.operations.len(), document.schemas.len());
        (self.progress)(format!("{}: checking {operations} operations and {schemas} schemas", input.file));
        check::check(document, raw, findings);
        load::quotes::restore_spellings(&input.text, findings);
        let mut resolved = resolved;
        check::unite_names(&mut resolved.document);
        Some(resolved)
    }

    /// Lowers a checked document. With the option `skip_unsupported`, first repairs the document or skips its invalid operations.
    /// Returns `None` if an error stops the run.
    pub(super) fn lower_checked(&self, mut document: Document, input: &Input, findings: &mut Findings) -> Option<Api> {
        if self.options.skip_unsupported {
            skip_errors(&mut document, findings);
        }
        (!findings.has_errors()).then(|| lower::lower(document, &input.module, self.options, findings))
    }

    /// Returns the findings of the `lint` command about a document. Runs the stages of `generate`, and applies the rules of
    /// [`lint`] after the rules of [`check`].
    pub(super) fn lint_document(&self, input: &Input) -> Vec<Finding> {
        let mut findings = Findings::new(&input.file);
        let Some(Resolved { mut document, raw, .. }) = self.resolve_document(input, &mut findings) else {
            return findings.into_vec();
        };
        check::apply_rules(&document, &mut findings);
        findings.sort_lost_references(check::document_order(&raw));
        lint::lint(&document, &raw, &mut findings);
        check::acknowledge(&raw, check::RuleSet::Lint, &mut findings);
        drop(raw);
        if findings.has_errors() {
            // The parts with errors are skipped, so that lowering can report findings about the rest of the document.
            skip_errors(&mut document, &mut findings.clone());
        }
        lower::lower(document, &input.module, &Options::default(), &mut findings);
        load::quotes::restore_spellings(&input.text, &mut findings);
        findings.into_vec()
    }

    pub(super) fn resolve_document(&self, input: &Input, findings: &mut Findings) -> Option<Resolved> {
        (self.progress)(format!("{}: reading {} KB", input.file, input.text.len() / 1000));
        let raw_document = load::load_with_files(input, self.read, findings)?;
        (self.progress)(format!("{}: following references", input.file));
        let mut document = resolve::resolve(&raw_document, input.reading, findings)?;
        let left_out = resolve::select(&mut document, &raw_document, &input.selection, findings);
        if check::schema::combination::exceeds_limit(&document, findings) {
            return None;
        }
        Some(Resolved { document, raw: raw_document.into_raw(), left_out })
    }
}

/// Repairs `document` where possible. Removes the operations with errors that cannot be repaired. Turns all errors into warnings.
fn skip_errors(document: &mut Document, findings: &mut Findings) {
    check::repair(document, findings);
    findings.downgrade_repaired();
    findings.downgrade(|finding| finding.code.is_harmless());
    let errors: PlaceSet =
        findings.iter().filter(|finding| finding.is_error()).map(|finding| &finding.pointer).collect();
    document.operations.retain(|operation| !operation.is_affected_by_any(&errors));
    check::remove_incomplete_overloads(document, findings);
    findings.downgrade(|_| true);
}
