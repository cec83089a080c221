//! Collects the regular expressions of the `pattern` keywords, and names the constants that contain them.

use crate::ir::{Pattern, PatternId, Rule};
use crate::lower::analysis::pattern_matcher::matcher;
use crate::lower::docs;
use crate::lower::naming::identifiers;
use crate::lower::naming::reserved::PATTERN_CONSTANTS;
use crate::lower::naming::scope::Scope;
use crate::lower::state::Lowering;

impl Lowering<'_> {
    /// Returns the id of the pattern with this text. Adds the pattern if it is new. Equal patterns share a constant, which
    /// [`Lowering::name_patterns`] names later.
    pub(crate) fn pattern_id(&mut self, text: &str) -> PatternId {
        if let Some(known) = self.pattern_ids.get(text) {
            return *known;
        }
        let (constant, docs) = (String::new(), vec![format!("`pattern` {}", docs::code(text))]);
        let id = PatternId(self.patterns.len());
        self.pattern_ids.insert(text.to_owned(), id);
        self.patterns.push(Pattern { constant, docs, text: text.to_owned(), matcher: matcher(text) });
        id
    }

    /// Proposes `owner`, the name of a field or parameter, as the name of each pattern in `rules`. The shortest proposed name of
    /// a pattern is taken.
    pub(crate) fn propose_pattern_names(&mut self, rules: &[Rule], owner: &str) {
        for rule in rules {
            if let Rule::Pattern(PatternId(id)) = rule {
                let (proposal, current) = (identifiers::shouty(owner), &mut self.patterns[*id].constant);
                if current.is_empty() || (proposal.len(), &proposal) < (current.len(), current) {
                    *current = proposal;
                }
            }
        }
    }

    /// Names the constants of the patterns. Requires that all schemas and operations are lowered, because each use of a pattern
    /// proposes a name.
    pub(crate) fn name_patterns(&mut self) {
        let mut scope = Scope::with(PATTERN_CONSTANTS);
        let mut patterns: Vec<&mut Pattern> = self.patterns.iter_mut().collect();
        patterns.sort_by(|one, other| (&one.constant, &one.text).cmp(&(&other.constant, &other.text)));
        for pattern in patterns {
            let proposal = std::mem::take(&mut pattern.constant);
            pattern.constant = scope.take(if proposal.is_empty() { "PATTERN".to_owned() } else { proposal });
        }
    }
}
