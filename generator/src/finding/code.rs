//! The table of finding codes. Each code has a documentation page in `generator/findings/` with a summary, an explanation and an
//! example.

use crate::finding::Focus;

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A construct is valid, and may be intended. Only the `lint` command reports notes.
    Note,
    /// A construct is probably a mistake, or has no effect. The generated crate is correct.
    Warning,
    /// The generated crate would be wrong or incomplete, so nothing is written.
    Error,
}

impl Severity {
    /// Returns the word that is printed: `note`, `warning` or `error`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Declares the codes. Each code has a number, a variant of [`Code`], a kebab-case id and a severity. The documentation page
/// of each code is compiled into the binary. If a code is marked `#[acknowledgeable]`, a document can suppress findings with
/// this code by the extension `x-acknowledge`.
macro_rules! codes {
    ($($(#[$ack:ident])? $number:literal $variant:ident $id:literal $severity:ident;)*) => {
        /// The code of a finding, such as `CP0104 unknown-key`. Numbers and ids are stable, because documents and scripts refer
        /// to them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = concat!("`", $id, "`, explained in `generator/findings/", $number, ".md`.")] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the numbers.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// Returns the stable number, such as `CP0101`.
            pub fn number(self) -> &'static str {
                match self { $(Code::$variant => $number,)* }
            }

            /// Returns the stable kebab-case id, such as `unknown-key`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$variant => $id,)* }
            }

            /// Returns the severity of findings with this code, unless `--skip-unsupported` downgrades them.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// Returns the documentation page of the code, in Markdown. It has a summary, the severity, the reason, an example
            /// and a correction.
            pub fn page(self) -> &'static str {
                match self { $(Code::$variant => include_str!(concat!("../../findings/", $number, ".md")),)* }
            }

            /// Returns whether a document can suppress findings with this code by `x-acknowledge`.
            pub fn acknowledgeable(self) -> bool {
                match self { $(Code::$variant => codes!(@ack $($ack)?),)* }
            }
        }
    };
    (@ack acknowledgeable) => { true };
    (@ack) => { false };
}

codes! {
    "CP0101" Syntax "syntax" Error;
    "CP0102" Version "version" Error;
    "CP0103" Shape "shape" Error;
    "CP0104" UnknownKey "unknown-key" Error;
    "CP0105" UnknownExtension "unknown-extension" Error;
    "CP0106" ExtensionShape "extension-shape" Error;
    "CP0107" RefSiblings "ref-siblings" Warning;
    "CP0108" NoEffect "no-effect" Warning;
    "CP0109" DuplicateKey "duplicate-key" Error;
    "CP0110" Encoding "encoding" Error;
    "CP0111" BeyondJson "beyond-json" Error;
    "CP0112" SeveralDocuments "several-documents" Error;
    "CP0113" DocumentLimit "document-limit" Error;
    "CP0114" YamlTrap "yaml-trap" Warning;
    "CP0115" LeftoverKeyword "leftover-keyword" Warning;
    "CP0116" SchemaDialect "schema-dialect" Warning;
    "CP0201" RefMissing "ref-missing" Error;
    "CP0202" RefCycle "ref-cycle" Error;
    "CP0203" RefRemote "ref-remote" Error;
    "CP0204" RefRefused "ref-refused" Error;
    "CP0301" DuplicateOperationId "duplicate-operation-id" Error;
    "CP0302" UndeclaredPathParameter "undeclared-path-parameter" Error;
    "CP0303" DuplicateParameter "duplicate-parameter" Error;
    #[acknowledgeable] "CP0304" ExampleInvalid "example-invalid" Error;
    #[acknowledgeable] "CP0305" ContradictoryBounds "contradictory-bounds" Error;
    "CP0306" InvalidPattern "invalid-pattern" Error;
    "CP0307" IgnoredParameter "ignored-parameter" Error;
    "CP0308" StaleAcknowledgement "stale-acknowledgement" Error;
    "CP0309" UnknownScheme "unknown-scheme" Error;
    "CP0310" IncompleteOverload "incomplete-overload" Error;
    "CP0311" ForeignKeyword "foreign-keyword" Warning;
    "CP0312" MalformedPath "malformed-path" Error;
    "CP0313" AmbiguousPath "ambiguous-path" Warning;
    "CP0314" InvalidServer "invalid-server" Error;
    "CP0315" RivalCredentials "rival-credentials" Warning;
    #[acknowledgeable] "CP0316" UndeclaredRequired "undeclared-required" Error;
    "CP0317" MisspeltMediaType "misspelt-media-type" Warning;
    "CP0318" MissingItems "missing-items" Warning;
    "CP0319" BacktrackingPattern "backtracking-pattern" Warning;
    "CP0320" DoubtfulPattern "doubtful-pattern" Warning;
    "CP0330" FramingHeader "framing-header" Error;
    "CP0331" ExposedCredential "exposed-credential" Warning;
    "CP0401" UnsupportedSchema "unsupported-schema" Error;
    "CP0402" UnsupportedParameter "unsupported-parameter" Error;
    "CP0403" UnsupportedMediaType "unsupported-media-type" Error;
    "CP0404" UnsupportedSecurity "unsupported-security" Error;
    "CP0406" MissingOperationId "missing-operation-id" Warning;
    "CP0407" UnusedMediaType "unused-media-type" Warning;
    "CP0409" UndefinedStyle "undefined-style" Warning;
    "CP0420" WholeCredential "whole-credential" Warning;
    #[acknowledgeable] "CP0501" MissingExample "missing-example" Note;
    #[acknowledgeable] "CP0502" MissingSource "missing-source" Note;
    #[acknowledgeable] "CP0503" UnusedComponent "unused-component" Warning;
    #[acknowledgeable] "CP0504" ImpossibleSchema "impossible-schema" Warning;
    #[acknowledgeable] "CP0505" InconsistentBounds "inconsistent-bounds" Note;
    #[acknowledgeable] "CP0506" DescribedBound "described-bound" Warning;
    #[acknowledgeable] "CP0507" DoubtfulFormat "doubtful-format" Warning;
    #[acknowledgeable] "CP0508" DoubtfulEnum "doubtful-enum" Warning;
    #[acknowledgeable] "CP0509" MissingSuccess "missing-success" Warning;
    #[acknowledgeable] "CP0510" UndeclaredTag "undeclared-tag" Warning;
    #[acknowledgeable] "CP0511" OneWayProperty "one-way-property" Warning;
    #[acknowledgeable] "CP0512" DoubtfulDiscriminator "doubtful-discriminator" Warning;
    #[acknowledgeable] "CP0513" DoubtfulKeyword "doubtful-keyword" Warning;
    #[acknowledgeable] "CP0514" DoubtfulMember "doubtful-member" Warning;
    #[acknowledgeable] "CP0515" DoubtfulServer "doubtful-server" Warning;
    #[acknowledgeable] "CP0516" UnlistedNull "unlisted-null" Note;
    #[acknowledgeable] "CP0517" MissingType "missing-type" Note;
    "CP0601" UnmatchedAction "unmatched-action" Warning;
    "CP0602" UnmatchedPattern "unmatched-pattern" Warning;
    "CP0603" NothingSelected "nothing-selected" Error;
    "CP0611" ConfigurationSyntax "configuration-syntax" Error;
    "CP0612" UnknownSetting "unknown-setting" Error;
    "CP0613" InvalidSetting "invalid-setting" Error;
    #[acknowledgeable] "CP0701" MissingInDocument "missing-in-document" Error;
    #[acknowledgeable] "CP0702" NotOnPage "not-on-page" Error;
    #[acknowledgeable] "CP0703" OperationDiffers "operation-differs" Error;
    #[acknowledgeable] "CP0704" NameDiffers "name-differs" Error;
    #[acknowledgeable] "CP0705" PlaceDiffers "place-differs" Error;
    #[acknowledgeable] "CP0706" TypeDiffers "type-differs" Error;
    #[acknowledgeable] "CP0707" RequiredDiffers "required-differs" Error;
    #[acknowledgeable] "CP0708" BoundDiffers "bound-differs" Error;
    #[acknowledgeable] "CP0709" DefaultDiffers "default-differs" Error;
    #[acknowledgeable] "CP0710" ValueDiffers "value-differs" Error;
    #[acknowledgeable] "CP0711" StatusDiffers "status-differs" Error;
    #[acknowledgeable] "CP0712" ExampleDiffers "example-differs" Error;
    #[acknowledgeable] "CP0713" SourceDiffers "source-differs" Error;
    "CP0714" UnreadLine "unread-line" Warning;
    "CP0715" UnmatchedPage "unmatched-page" Warning;
    #[acknowledgeable] "CP0716" UnmatchedOperation "unmatched-operation" Warning;
}

impl Code {
    /// Returns the code with this number or id, such as `CP0104` or `unknown-key`. Case is ignored.
    pub fn named(name: &str) -> Option<Self> {
        let is_named = |code: &&Self| code.number().eq_ignore_ascii_case(name) || code.id().eq_ignore_ascii_case(name);
        Self::ALL.iter().find(is_named).copied()
    }

    /// Returns the summary of the code in one sentence: the first paragraph of its documentation page.
    pub fn summary(self) -> &'static str {
        self.page().lines().nth(2).unwrap_or_default()
    }

    /// Returns the paragraph of the documentation page that starts with `Severity:`. The paragraph also states what
    /// `--skip-unsupported` does, and how to acknowledge the finding.
    pub fn severity_paragraph(self) -> String {
        let skipped = |action: &str| format!(". With `--skip-unsupported`: a warning, and copperplate {action}.");
        let effect = match self.severity() {
            Severity::Error if self == Self::Version => {
                ". copperplate generates nothing from the file. With `--skip-unsupported`: an incomplete version such as `3.0` is a \
                 warning."
                    .to_owned()
            }
            Severity::Error if self.is_for_proof() => ", reported by `proof` only.".to_owned(),
            Severity::Error if self.is_fatal() => ". copperplate generates nothing from the file.".to_owned(),
            Severity::Error if self == Self::ContradictoryBounds => {
                skipped("keeps the bounds, but ignores an invalid `default` or `enum` value")
            }
            Severity::Error if self.is_harmless() => skipped("ignores the affected part"),
            Severity::Error if self.is_refusal() => skipped("skips the operations that need the affected part"),
            Severity::Error => skipped("repairs or skips the affected part"),
            _ if self.is_for_lint() => ", reported by `lint` only.".to_owned(),
            _ if self.is_for_proof() => ", reported by `proof` only.".to_owned(),
            _ => ".".to_owned(),
        };
        let acknowledgement = match self.acknowledgeable() {
            true => format!(
                "\nTo acknowledge this finding, add `x-acknowledge: {{{}: the reason}}` to the object in which the finding is \
                 reported.",
                self.id()
            ),
            false => String::new(),
        };
        format!("Severity: {}{effect}{acknowledgement}", self.severity().word())
    }

    /// Returns whether only the `lint` command reports findings with this code.
    pub fn is_for_lint(self) -> bool {
        self.number().starts_with("CP05")
    }

    /// Returns whether only the `proof` command reports findings with this code.
    pub fn is_for_proof(self) -> bool {
        self.number().starts_with("CP07")
    }

    /// Returns whether `--skip-unsupported` turns an error with this code into a warning, and skips no operation because of
    /// the error.
    pub fn is_harmless(self) -> bool {
        matches!(
            self,
            Self::ContradictoryBounds
                | Self::ExampleInvalid
                | Self::FramingHeader
                | Self::IgnoredParameter
                | Self::StaleAcknowledgement
                | Self::UnknownExtension
                | Self::UnknownKey
        )
    }

    /// Returns whether a finding with this code stops the run even with `--skip-unsupported`, unless the finding has a consequence
    /// of its own.
    pub fn is_fatal(self) -> bool {
        matches!(
            self,
            Self::Syntax
                | Self::Version
                | Self::Encoding
                | Self::BeyondJson
                | Self::SeveralDocuments
                | Self::DocumentLimit
                | Self::NothingSelected
                | Self::ConfigurationSyntax
                | Self::UnknownSetting
                | Self::InvalidSetting
        )
    }

    /// Returns whether the code rejects a construct that OpenAPI allows but copperplate does not support.
    pub fn is_refusal(self) -> bool {
        self.number().starts_with("CP04")
    }

    /// Returns whether findings with this code are about a reference whose target was not found or not read.
    pub fn is_lost_reference(self) -> bool {
        matches!(self, Self::RefMissing | Self::RefRemote | Self::RefRefused)
    }

    /// Returns whether a problem with this code leaves a gap in the loaded document, such as a reference without a target. The
    /// gap may cause more findings.
    pub fn leaves_hole(self) -> bool {
        let is_of_load = self.number().starts_with("CP01") && self.severity() == Severity::Error;
        is_of_load || self.is_lost_reference() || self == Self::RefCycle
    }

    /// Returns the default focus of the code: what an excerpt underlines, such as the key or the value.
    pub fn focus(self) -> Focus {
        match self {
            Self::RefMissing | Self::RefCycle | Self::RefRemote | Self::RefRefused => Focus::Member("$ref"),
            Self::IgnoredParameter
            | Self::UndeclaredPathParameter
            | Self::DuplicateParameter
            | Self::UndefinedStyle
            | Self::UnsupportedParameter => Focus::Member("name"),
            Self::WholeCredential => Focus::Member("scheme"),
            Self::MissingItems => Focus::Member("type"),
            Self::UnmatchedAction => Focus::Value,
            Self::InvalidServer
            | Self::ExposedCredential
            | Self::Version
            | Self::Shape
            | Self::ExtensionShape
            | Self::DuplicateOperationId
            | Self::ExampleInvalid
            | Self::ContradictoryBounds
            | Self::InvalidPattern
            | Self::DoubtfulPattern
            | Self::DoubtfulServer
            | Self::UndeclaredRequired => Focus::Value,
            _ => Focus::Key,
        }
    }

    /// Returns a sentence about how the reported problem affects the generated code, such as `The keyword is not checked.` Only
    /// codes with the severity `warning` can have such a sentence.
    pub fn effect(self) -> Option<&'static str> {
        match self {
            Self::YamlTrap => Some("copperplate reads the word as a string."),
            Self::MisspeltMediaType => Some("The media type is used as written."),
            Self::MissingItems => Some("An item can be any JSON value."),
            Self::DoubtfulPattern => Some("Validation uses the pattern with the slashes."),
            Self::LeftoverKeyword => Some("The keyword is read with its meaning in OpenAPI 3.0."),
            Self::SchemaDialect => Some("The schemas are read as JSON Schema 2020-12."),
            Self::RefSiblings => Some("The keys beside the reference are ignored."),
            Self::NoEffect => Some("Without this part, the generated code is the same."),
            Self::ForeignKeyword => Some("The keyword is not checked."),
            Self::AmbiguousPath => Some("The client has Rust methods for the operations of both paths."),
            Self::ExposedCredential => {
                Some("The client sends no credential to this server unless the caller allows it.")
            }
            Self::RivalCredentials => Some("The client sends one of the two credentials."),
            Self::MissingOperationId => Some("The name of the Rust method changes with the path."),
            Self::UnusedMediaType => Some("The client does not use this media type."),
            Self::UndefinedStyle => Some("The client sends the most common representation."),
            Self::WholeCredential => Some("The client's builder takes the complete header value."),
            _ => None,
        }
    }
}
