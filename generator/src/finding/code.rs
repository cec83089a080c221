//! The table of codes: every kind of finding, with its stable number and id.

use crate::finding::Focus;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something that may well be meant so.
    Note,
    /// Something a transcriber wants to know; the output is right.
    Warning,
    /// The output would be wrong or incomplete: nothing is written.
    Error,
}

impl Severity {
    /// The severity as a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
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
    "CP0109" DuplicateKey "duplicate-key" Error "An object has a key twice.";
    "CP0110" Encoding "encoding" Error "The file is not UTF-8.";
    "CP0111" BeyondJson "beyond-json" Error "YAML that JSON cannot say: a tag, a number that is none, a key that is no text.";
    "CP0112" SeveralDocuments "several-documents" Error "The file holds several YAML documents.";
    "CP0113" DocumentLimit "document-limit" Error "Nesting or aliases make more of the text than any document means.";
    "CP0114" YamlTrap "yaml-trap" Warning "A plain word that is text here, and a truth value or nothing to other readers of YAML.";
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
    "CP0316" MisspeltRequired "misspelt-required" Warning "A required member is no property of the schema, and nearly one.";
    "CP0317" MisspeltMediaType "misspelt-media-type" Warning "A media type is none, or nearly one that everybody knows.";
    "CP0318" MissingItems "missing-items" Warning "An array says nothing of its items.";
    "CP0319" BacktrackingPattern "backtracking-pattern" Warning "A pattern that needs an engine which may go back over the text, again and again.";
    "CP0320" DoubtfulPattern "doubtful-pattern" Warning "A pattern between the slashes of a literal of JavaScript, which are part of what it matches.";
    "CP0401" UnsupportedSchema "unsupported-schema" Error "A schema construct that copperplate does not support yet.";
    "CP0402" UnsupportedParameter "unsupported-parameter" Error "A parameter that cannot be sent: no header can have its name, or an extension for text stands on something else.";
    "CP0403" UnsupportedMediaType "unsupported-media-type" Error "A media type that copperplate does not support yet.";
    "CP0404" UnsupportedSecurity "unsupported-security" Error "A security scheme that copperplate does not support yet.";
    "CP0406" MissingOperationId "missing-operation-id" Warning "An operation without operationId; its name is made from method and path.";
    "CP0407" UnusedMediaType "unused-media-type" Warning "A media type that the client does not offer, because another one of the same body is used.";
    "CP0409" UndefinedStyle "undefined-style" Warning "A parameter whose style has no rule for its value; it is sent as is usual.";
    "CP0420" WholeCredential "whole-credential" Warning "An HTTP scheme that the client does not speak: its credential is the whole `Authorization` header.";
    #[acknowledgeable] "CP0501" MissingExample "missing-example" Note "An operation that no example shows.";
    #[acknowledgeable] "CP0502" MissingSource "missing-source" Note "An operation that does not say, with `x-source`, which page it is taken from.";
    #[acknowledgeable] "CP0503" UnusedComponent "unused-component" Warning "A component that no operation leads to.";
    #[acknowledgeable] "CP0504" ImpossibleSchema "impossible-schema" Warning "Schemas that no value can meet together.";
    #[acknowledgeable] "CP0505" InconsistentBounds "inconsistent-bounds" Note "One name, and bounds that differ from place to place.";
    #[acknowledgeable] "CP0506" DescribedBound "described-bound" Warning "A description states a bound that the schema does not have.";
    #[acknowledgeable] "CP0507" DoubtfulFormat "doubtful-format" Warning "A format that nobody knows and that is nearly a known one, or that is for another type.";
    #[acknowledgeable] "CP0508" DoubtfulEnum "doubtful-enum" Warning "A listed value with a space at an end, or that is listed twice, or twice but for upper and lower case.";
    #[acknowledgeable] "CP0509" MissingSuccess "missing-success" Warning "An operation without a response that is a success.";
    #[acknowledgeable] "CP0510" UndeclaredTag "undeclared-tag" Warning "A tag that is not among those that the document declares.";
    #[acknowledgeable] "CP0511" OneWayProperty "one-way-property" Warning "A required property that its schema never lets travel: `readOnly` where values are only sent, `writeOnly` where they are only received.";
    #[acknowledgeable] "CP0512" DoubtfulDiscriminator "doubtful-discriminator" Warning "A discriminator names a property that none of its alternatives has.";
    #[acknowledgeable] "CP0513" DoubtfulKeyword "doubtful-keyword" Warning "A keyword that decides nothing or has no meaning where it stands, or that excludes the one beside it.";
    #[acknowledgeable] "CP0514" DoubtfulMember "doubtful-member" Warning "A member of an example that the schema does not name, and that is nearly one of its properties.";
    #[acknowledgeable] "CP0515" DoubtfulServer "doubtful-server" Warning "The default of a server's variable is none of the values that it may have.";
    #[acknowledgeable] "CP0516" UnlistedNull "unlisted-null" Note "A schema allows null, and its `enum` does not list it.";
}

impl Code {
    /// The code with this number or id, in capitals or not.
    pub fn named(name: &str) -> Option<Self> {
        let is_named = |code: &&Self| code.number().eq_ignore_ascii_case(name) || code.id().eq_ignore_ascii_case(name);
        Self::ALL.iter().find(is_named).copied()
    }

    /// Whether only `lint` says such a thing.
    pub fn is_for_lint(self) -> bool {
        self.number().starts_with("CP05")
    }

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

    /// Whether nothing is left of a document with such a fault, whatever the user allows.
    pub fn is_fatal(self) -> bool {
        matches!(
            self,
            Self::Syntax
                | Self::Version
                | Self::Encoding
                | Self::BeyondJson
                | Self::SeveralDocuments
                | Self::DocumentLimit
        )
    }

    /// Whether copperplate refuses something that OpenAPI allows.
    pub fn is_refusal(self) -> bool {
        self.number().starts_with("CP04")
    }

    /// Whether it is about a reference to what is not there.
    pub fn is_lost_reference(self) -> bool {
        matches!(self, Self::RefMissing | Self::RefRemote)
    }

    /// Whether the document with such a fault may say less, or something else, than it was meant to.
    pub fn leaves_hole(self) -> bool {
        let is_of_load = self.number().starts_with("CP01") && self.severity() == Severity::Error;
        is_of_load || self.is_lost_reference() || self == Self::RefCycle
    }

    /// The part of its place that such a finding is usually about.
    pub fn focus(self) -> Focus {
        match self {
            Self::RefMissing | Self::RefCycle | Self::RefRemote => Focus::Member("$ref"),
            Self::IgnoredParameter
            | Self::UndeclaredPathParameter
            | Self::DuplicateParameter
            | Self::UndefinedStyle
            | Self::UnsupportedParameter => Focus::Member("name"),
            Self::WholeCredential => Focus::Member("scheme"),
            Self::MissingItems => Focus::Member("type"),
            Self::InvalidServer
            | Self::Version
            | Self::Shape
            | Self::ExtensionShape
            | Self::DuplicateOperationId
            | Self::ExampleInvalid
            | Self::ContradictoryBounds
            | Self::InvalidPattern
            | Self::DoubtfulPattern
            | Self::DoubtfulServer
            | Self::MisspeltRequired => Focus::Value,
            _ => Focus::Key,
        }
    }

    /// What a finding that is a warning by itself does to the generated code.
    pub fn effect(self) -> Option<&'static str> {
        match self {
            Self::YamlTrap => Some("It is taken as the text that is written."),
            Self::MisspeltRequired => Some("Validation asks for the member as it is written."),
            Self::MisspeltMediaType => Some("It is sent and read as it is written."),
            Self::MissingItems => Some("Its items may be anything."),
            Self::DoubtfulPattern => Some("Validation asks for the slashes."),
            Self::RefSiblings => Some("Nothing is generated from the keys beside the reference."),
            Self::NoEffect => Some("The generated code is the same without it."),
            Self::ForeignKeyword => Some("No check is made of the keyword."),
            Self::AmbiguousPath => Some("Both paths have their methods."),
            Self::RivalCredentials => Some("Either credential is enough, and one is sent."),
            Self::MissingOperationId => Some("The method has a name that changes with the path."),
            Self::UnusedMediaType => Some("No method offers it."),
            Self::UndefinedStyle => Some("It is sent in the form that is usual."),
            Self::WholeCredential => Some("The builder takes the whole header."),
            _ => None,
        }
    }
}
