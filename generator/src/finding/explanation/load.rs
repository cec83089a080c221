//! Explanations of what goes wrong while a document is read.

use crate::finding::Code;
use crate::finding::explanation::Explanation;

pub(super) const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: Code::Syntax,
        why: "A text that is no YAML, or no JSON, says nothing. The parser tells where it gives up, and the slip stands there or \
              shortly before: a bracket that is still open, a quote, a line that is indented too much or too little, a tab.",
        broken: "info: {title: t, version: '1'",
        mended: "info: {title: t, version: '1'}",
        remedy: "Close what is open; indent with spaces, each line like its neighbours; put text with `: ` or `#` in it in quotes.",
    },
    Explanation {
        code: Code::Version,
        why: "OpenAPI 3.1 and Swagger 2.0 say other things with the same words: a type list, a numeric `exclusiveMinimum`, a body \
              among the parameters. Read as 3.0 they would be another API.",
        broken: "openapi: 3.1.0",
        mended: "openapi: 3.0.3",
        remedy: "Convert the document to OpenAPI 3.0, then write `openapi: 3.0.3`.",
    },
    Explanation {
        code: Code::Shape,
        why: "OpenAPI says what stands at each place: text, a number, a list, an object with certain keys. Anything else has no \
              meaning there, and a guess would become code.",
        broken: "    S: {type: string, maxLength: many}",
        mended: "    S: {type: string, maxLength: 3}",
        remedy: "Write what the message asks for; the OpenAPI 3.0.3 specification has a table for each object.",
    },
    Explanation {
        code: Code::UnknownKey,
        why: "A key that nobody reads does nothing, and most are slips: a constraint that is misspelt is a constraint that is \
              not there.",
        broken: "    S: {type: string, maxLenght: 3}",
        mended: "    S: {type: string, maxLength: 3}",
        remedy: "Correct the key, move it to the object that has it, or begin it with `x-` if it is for another tool.",
    },
    Explanation {
        code: Code::UnknownExtension,
        why: "Keys that begin with `x-` are free, so no one complains of a misspelt one. Where it is nearly one of copperplate's, \
              or one of copperplate's at a place where it says nothing, it is hardly meant for anyone else.",
        broken: "x-eror: {code: [/code]}",
        mended: "x-error: {code: [/code]}",
        remedy: "Correct the name, or move the extension to the place that the message names.",
    },
    Explanation {
        code: Code::ExtensionShape,
        why: "An extension of copperplate changes what is generated. What it says has to be understood whole.",
        broken: "x-error: {code: /code}",
        mended: "x-error: {code: [/code]}",
        remedy: "Write it as the message shows; the README lists the extensions.",
    },
    Explanation {
        code: Code::RefSiblings,
        why: "In OpenAPI 3.0 an object with `$ref` is a reference and nothing else: a description, a `nullable` or a bound beside \
              it is ignored by the law, though it looks as if it counted.",
        broken: "    S: {$ref: '#/components/schemas/T', description: Lost.}",
        mended: "    S: {allOf: [{$ref: '#/components/schemas/T'}], description: Kept.}",
        remedy: "Move the keys to what is referred to, or wrap the reference: `allOf: [{$ref: …}]`.",
    },
    Explanation {
        code: Code::NoEffect,
        why: "OpenAPI allows it, and no client can make use of it. It is told so that nobody waits for it in the generated code.",
        broken: "servers: [{url: /v1}]\npaths:\n  /a:\n    get:\n      operationId: a\n      callbacks: {}\n      \
                 responses: {'204': {description: d., headers: {X-Count: {schema: {type: object}}}}}",
        mended: "servers: [{url: 'https://a.example/v1'}]\npaths:\n  /a:\n    get:\n      operationId: a\n      \
                 responses: {'204': {description: d., headers: {X-Count: {schema: {type: integer}}}}}",
        remedy: "Nothing has to be done; delete it if the document serves copperplate alone.",
    },
    Explanation {
        code: Code::DuplicateKey,
        why: "YAML and JSON allow each key once. Readers disagree which of two counts, so the same document would be two APIs.",
        broken: "      maxLength: 3\n      maxLength: 30",
        mended: "      maxLength: 30",
        remedy: "Keep one of the two; both places are shown.",
    },
    Explanation {
        code: Code::Encoding,
        why: "A document is read as UTF-8, with or without a byte order mark. In another encoding the letters beyond ASCII would \
              be others.",
        broken: "info: {title: Caf\u{fffd}, version: '1'}",
        mended: "info: {title: Café, version: '1'}",
        remedy: "Save the file as UTF-8; `iconv -f latin1 -t utf-8` converts it.",
    },
    Explanation {
        code: Code::BeyondJson,
        why: "What travels is JSON, and an OpenAPI document is JSON in another notation. Tags, `.inf`, `.nan`, and keys that are \
              lists or mappings have no counterpart.",
        broken: "      maximum: .inf",
        mended: "      maximum: 1.0e+308",
        remedy: "Say it as JSON does, or put it in quotes where it is text.",
    },
    Explanation {
        code: Code::SeveralDocuments,
        why: "A file is one document. What stands behind a second `---` would be lost.",
        broken: "---\ncomponents:",
        mended: "components:",
        remedy: "Put each document into a file of its own, or delete the `---`.",
    },
    Explanation {
        code: Code::DocumentLimit,
        why: "A few lines of aliases can stand for gigabytes, and brackets can be nested without end. Such a text is an accident \
              or an attack; it is refused before it costs anything.",
        broken: "        e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d]",
        mended: "        e: []",
        remedy: "Write a component once, and refer to it with `$ref` instead of an alias.",
    },
    Explanation {
        code: Code::YamlTrap,
        why: "`NO`, `yes`, `on` and `off` are text in YAML 1.2 and truth values in YAML 1.1, which many readers still follow. The \
              country list of one tool has a `false` in it for another.",
        broken: "      enum: [DE, DK, NO, SE]",
        mended: "      enum: [DE, DK, 'NO', SE]",
        remedy: "Put the word in quotes.",
    },
];
