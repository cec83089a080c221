//! What copperplate has to say about a document: findings, each with a code, a place, an effect and a remedy.

use std::fmt;

use crate::pointer::Pointer;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something a transcriber wants to know; the output is right.
    Warning,
    /// The output would be wrong or incomplete: nothing is written.
    Error,
}

impl Severity {
    /// The severity as a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Declares the codes: number, variant, kebab-case id, severity, and one sentence that says what the code means.
/// `acknowledgeable` codes may be acknowledged in the document with `x-acknowledge`.
macro_rules! codes {
    ($($(#[$ack:ident])? $number:literal $variant:ident $id:literal $severity:ident $meaning:literal;)*) => {
        /// The kinds of finding. Numbers and ids are stable: documents and scripts refer to them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $meaning] $variant,)* }

        impl Code {
            /// Every code, in the order of the numbers.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The stable number, such as `CP0101`.
            pub fn number(self) -> &'static str {
                match self { $(Code::$variant => $number,)* }
            }

            /// The stable kebab-case id, such as `unknown-key`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$variant => $id,)* }
            }

            /// How much a finding of this kind weighs.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// One sentence that says what the code means.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $meaning,)* }
            }

            /// Whether a document may acknowledge such a finding and go on.
            pub fn acknowledgeable(self) -> bool {
                match self { $(Code::$variant => codes!(@ack $($ack)?),)* }
            }
        }
    };
    (@ack acknowledgeable) => { true };
    (@ack) => { false };
}

codes! {
    "CP0101" Syntax "syntax" Error "The text is not well-formed YAML or JSON.";
    "CP0102" Version "version" Error "The document is not OpenAPI 3.0.";
    "CP0103" Shape "shape" Error "A part of the document has not the shape that OpenAPI gives it.";
    "CP0104" UnknownKey "unknown-key" Error "A key that OpenAPI 3.0 does not know at this place.";
    "CP0105" UnknownExtension "unknown-extension" Error "A key that is nearly one of copperplate's extensions, or one that stands where it has no meaning.";
    "CP0106" ExtensionShape "extension-shape" Error "One of copperplate's extensions has not the documented shape.";
    "CP0107" RefSiblings "ref-siblings" Warning "Keys beside `$ref` are ignored in OpenAPI 3.0.";
    "CP0108" NoEffect "no-effect" Warning "A part that OpenAPI knows and that has no effect on a client.";
    "CP0201" RefMissing "ref-missing" Error "A reference that leads nowhere.";
    "CP0202" RefCycle "ref-cycle" Error "References that lead back to themselves without a schema between.";
    "CP0203" RefRemote "ref-remote" Error "A reference that leaves the document.";
    "CP0301" DuplicateOperationId "duplicate-operation-id" Error "Two operations have one operationId.";
    "CP0302" UndeclaredPathParameter "undeclared-path-parameter" Error "The path names a parameter that the operation does not declare, or the other way round.";
    "CP0303" DuplicateParameter "duplicate-parameter" Error "Two parameters of one operation have the same name and place.";
    #[acknowledgeable] "CP0304" ExampleInvalid "example-invalid" Error "An example contradicts its schema.";
    #[acknowledgeable] "CP0305" ContradictoryBounds "contradictory-bounds" Error "Bounds that no value can meet, or a default or a listed value that its own schema refuses.";
    "CP0306" InvalidPattern "invalid-pattern" Error "A pattern that is no ECMA-262 regular expression.";
    "CP0307" IgnoredParameter "ignored-parameter" Error "A header parameter that OpenAPI ignores by its name.";
    "CP0308" StaleAcknowledgement "stale-acknowledgement" Error "An acknowledgement that no finding needs.";
    "CP0309" UnknownScheme "unknown-scheme" Error "A security requirement names a scheme that is not declared.";
    "CP0310" IncompleteOverload "incomplete-overload" Error "The spellings that `x-overload` groups do not make one method.";
    "CP0311" ForeignKeyword "foreign-keyword" Warning "A keyword that never applies to a schema of this type.";
    "CP0312" MalformedPath "malformed-path" Error "A path that is no path of a URL, or that a URL parser reads as another one.";
    "CP0313" AmbiguousPath "ambiguous-path" Warning "Two paths that differ in the names of their parameters only.";
    "CP0314" InvalidServer "invalid-server" Error "A server whose URL no request can be sent to.";
    "CP0315" RivalCredentials "rival-credentials" Warning "Credentials that are asked for at once travel in the same place: either of them is sent.";
    "CP0401" UnsupportedSchema "unsupported-schema" Error "A schema construct that copperplate does not support yet.";
    "CP0402" UnsupportedParameter "unsupported-parameter" Error "A parameter that cannot be sent: no header can have its name, or an extension for text stands on something else.";
    "CP0403" UnsupportedMediaType "unsupported-media-type" Error "A media type that copperplate does not support yet.";
    "CP0404" UnsupportedSecurity "unsupported-security" Error "A security scheme that copperplate does not support yet.";
    "CP0406" MissingOperationId "missing-operation-id" Warning "An operation without operationId; its name is made from method and path.";
    "CP0407" UnusedMediaType "unused-media-type" Warning "A media type that the client does not offer, because another one of the same body is used.";
    "CP0409" UndefinedStyle "undefined-style" Warning "A parameter whose style has no rule for its value; it is sent as is usual.";
    "CP0420" WholeCredential "whole-credential" Warning "An HTTP scheme that the client does not speak: its credential is the whole `Authorization` header.";
}

impl Code {
    /// Whether what is wrong can be passed over, and the rest of the document means what it says.
    pub fn is_harmless(self) -> bool {
        matches!(
            self,
            Self::ContradictoryBounds
                | Self::ExampleInvalid
                | Self::IgnoredParameter
                | Self::StaleAcknowledgement
                | Self::UnknownExtension
                | Self::UnknownKey
        )
    }
}

/// One thing to say about one place of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of finding it is.
    pub code: Code,
    /// How much it weighs: the code's own severity, or less where the user allowed it.
    pub severity: Severity,
    /// The document, as it was named on the command line.
    pub file: String,
    /// The place in the document.
    pub pointer: Pointer,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do about it, in a sentence.
    pub remedy: String,
    /// What becomes of the piece at fault, in a sentence, where the user goes on without what is wrong. `None`: nothing right can
    /// be made of what the piece belongs to.
    pub consequence: Option<&'static str>,
}

impl Finding {
    /// Whether the finding stops the run.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}[{} {}]: {}", self.severity.word(), self.code.number(), self.code.id(), self.message)?;
        writeln!(f, "  --> {}#{}", self.file, self.pointer)?;
        write!(f, "  help: {}", self.remedy)
    }
}

/// The findings of one document, gathered stage by stage.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    file: String,
    list: Vec<Finding>,
    origins: Vec<Origin>,
}

/// A piece of the tree that comes from another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Where it stands in the tree.
    pub here: Pointer,
    /// The file that it comes from.
    pub file: String,
    /// Where it stands there.
    pub there: Pointer,
}

impl Findings {
    /// No findings yet about the document that the user calls `file`.
    pub fn new(file: impl Into<String>) -> Self {
        Self { file: file.into(), list: Vec::new(), origins: Vec::new() }
    }

    /// Adds a finding with the code's own severity.
    pub fn add(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>, remedy: impl Into<String>) {
        self.list.push(Finding {
            code,
            severity: code.severity(),
            file: self.file.clone(),
            pointer: pointer.clone(),
            message: message.into(),
            remedy: remedy.into(),
            consequence: None,
        });
    }

    /// Says what becomes of the pieces that the findings of kind `code` since `mark` are about, where the user goes on without
    /// what is wrong.
    pub fn settle(&mut self, mark: usize, code: Code, consequence: Option<&'static str>) {
        let since = self.list.iter_mut().skip(mark);
        since.filter(|finding| finding.code == code).for_each(|finding| finding.consequence = consequence);
    }

    /// Adds a finding about a piece of which something right can be made; `consequence` says what.
    pub fn add_mendable(
        &mut self,
        code: Code,
        pointer: &Pointer,
        message: impl Into<String>,
        remedy: impl Into<String>,
        consequence: &'static str,
    ) {
        let mark = self.mark();
        self.add(code, pointer, message, remedy);
        self.settle(mark, code, Some(consequence));
    }

    /// Makes warnings of the errors about pieces of which something right has been made.
    pub fn soften_mended(&mut self) {
        for finding in self.list.iter_mut().filter(|finding| finding.is_error()) {
            if let Some(consequence) = finding.consequence {
                finding.severity = Severity::Warning;
                finding.message = format!("{} {consequence}", finding.message);
            }
        }
    }

    /// Makes warnings of the errors that `harmless` picks, and says what becomes of what they are about.
    pub fn soften(&mut self, harmless: impl Fn(&Finding) -> bool, consequence: &str) {
        let errors = self.list.iter_mut().filter(|finding| finding.is_error());
        for finding in errors.filter(|finding| harmless(finding)) {
            finding.severity = Severity::Warning;
            finding.message = format!("{} {consequence}", finding.message);
        }
    }

    /// Whether any finding stops the run.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(Finding::is_error)
    }

    /// Whether any finding added after `mark` stops the run.
    pub fn has_errors_since(&self, mark: usize) -> bool {
        self.list[mark..].iter().any(Finding::is_error)
    }

    /// All findings so far.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter()
    }

    /// How many findings there are so far; a mark for [`Findings::has_errors_since`].
    pub fn mark(&self) -> usize {
        self.list.len()
    }

    /// Keeps the findings for which `keep` answers true.
    pub fn retain(&mut self, keep: impl FnMut(&Finding) -> bool) {
        self.list.retain(keep);
    }

    /// Remembers that a piece of the tree comes from another file: findings in it are about that file.
    pub fn add_origin(&mut self, origin: Origin) {
        self.origins.push(origin);
    }

    /// Takes over the findings about another file.
    pub fn absorb(&mut self, other: Self) {
        self.list.extend(other.into_vec());
    }

    /// The findings themselves, each in the file that it is about.
    pub fn into_vec(mut self) -> Vec<Finding> {
        for finding in self.list.iter_mut().filter(|finding| finding.file == self.file) {
            // A reference that the piece is written over stands in the document itself.
            let is_about = |origin: &&Origin| {
                finding.pointer.is_within(&origin.here) && finding.pointer != origin.here.join("$ref")
            };
            let around = self.origins.iter().filter(is_about);
            // A piece may hold a piece of a third file: the innermost counts.
            if let Some(origin) = around.max_by_key(|origin| origin.here.as_str().len()) {
                finding.pointer = finding.pointer.moved(&origin.here, &origin.there);
                finding.file.clone_from(&origin.file);
            }
        }
        self.list
    }
}
