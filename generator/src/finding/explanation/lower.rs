//! Explanations of what copperplate refuses or does in its own way, though OpenAPI allows it.

use crate::finding::Code;
use crate::finding::explanation::Explanation;

pub(super) const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: Code::UnsupportedSchema,
        why: "No Rust type could hold what the schema allows and nothing else, so no right request could be built.",
        broken: "multipart/form-data: {schema: {type: object, required: [name], properties: {file: {type: string}}}}",
        mended: "multipart/form-data: {schema: {type: object, required: [file], properties: {file: {type: string}}}}",
        remedy: "Describe the part as the message says.",
    },
    Explanation {
        code: Code::UnsupportedParameter,
        why: "A header's name is a token of HTTP, and an extension for text has no meaning for anything else; such a parameter \
              cannot be sent.",
        broken: "{name: X Trace, in: header",
        mended: "{name: X-Trace, in: header",
        remedy: "Correct the name, or the schema.",
    },
    Explanation {
        code: Code::UnsupportedMediaType,
        why: "There is no rule how such a body is written, so any guess would be another request.",
        broken: "{oneOf: [{properties: {x: {}}}, {properties: {y: {}}}]}",
        mended: "{type: object, properties: {x: {}, y: {}}}",
        remedy: "Describe the body as one object, or send it as bytes under another media type.",
    },
    Explanation {
        code: Code::UnsupportedSecurity,
        why: "A credential that is documented as a parameter too is given once, as text, and checked against the parameter's \
              schema; that schema has to be one of text.",
        broken: "schema: {type: string, enum: [one, two]}}]",
        mended: "schema: {type: string, maxLength: 64}}]",
        remedy: "Delete the parameter, or describe it as plain text.",
    },
    Explanation {
        code: Code::MissingOperationId,
        why: "The name of a method comes from the operationId. Without one it is made from method and path, and changes with them.",
        broken: "    get:\n      responses:",
        mended: "    get:\n      operationId: a\n      responses:",
        remedy: "Give each operation an operationId.",
    },
    Explanation {
        code: Code::UnusedMediaType,
        why: "Where a body comes in several kinds that say the same, the client offers the one that it knows best.",
        broken: "            application/xml: {schema: {type: string}}\n",
        mended: "",
        remedy: "Nothing has to be done; delete what is not used if the document serves copperplate alone.",
    },
    Explanation {
        code: Code::UndefinedStyle,
        why: "OpenAPI leaves open how a list within a list is written in a query, or what `explode` means there. What is usual is \
              sent, and the service may want something else.",
        broken: "schema: {type: array, items: {type: array, items: {type: string}}}}]",
        mended: "schema: {type: array, items: {type: string}}}]",
        remedy: "Ask the service what it reads; `content` with JSON has a rule.",
    },
    Explanation {
        code: Code::WholeCredential,
        why: "The client speaks HTTP's basic and bearer. Of any other scheme it knows only that its credential travels in \
              `Authorization`.",
        broken: "    d: {type: http, scheme: digest}",
        mended: "    d: {type: http, scheme: bearer}",
        remedy: "Give the builder the whole value of the header.",
    },
];
