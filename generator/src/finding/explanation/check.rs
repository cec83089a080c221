//! Explanations of what contradicts itself.

use crate::finding::Code;
use crate::finding::explanation::Explanation;

pub(super) const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: Code::DuplicateOperationId,
        why: "The operationId becomes the name of a method, and a client has each method once.",
        broken: "  /b:\n    get:\n      operationId: a",
        mended: "  /b:\n    get:\n      operationId: b",
        remedy: "Give each operation an id of its own.",
    },
    Explanation {
        code: Code::UndeclaredPathParameter,
        why: "A name in the path needs a value, and a path parameter needs a place to go. One slip in a shared path or component \
              is told once, where a person would correct it.",
        broken: "      parameters: [{name: ID, in: path, required: true, schema: {type: string}}]",
        mended: "      parameters: [{name: id, in: path, required: true, schema: {type: string}}]",
        remedy: "Write the same name in the path and in the declaration; names distinguish capitals.",
    },
    Explanation {
        code: Code::DuplicateParameter,
        why: "A parameter is known by its name and place; header names do not distinguish capitals. Of two with the same nobody \
              knows which one counts.",
        broken: "{name: q, in: query, schema: {type: string}}, {name: q, in: query, schema: {type: string}}",
        mended: "{name: q, in: query, schema: {type: string}}, {name: r, in: query, schema: {type: string}}",
        remedy: "Keep one, or correct the name of the other.",
    },
    Explanation {
        code: Code::ExampleInvalid,
        why: "An example is the page's own evidence. Where it contradicts the schema, one of the two was transcribed wrong, or the \
              page contradicts itself; either way somebody should look.",
        broken: "example: [ok, wrong]",
        mended: "example: [ok, ok]",
        remedy: "Correct the example or the schema. If the page prints it so, say why beside it: `x-acknowledge: {example-invalid: the \
                 reason}`.",
    },
    Explanation {
        code: Code::ContradictoryBounds,
        why: "No value meets such a schema, or a value that it names itself does not: every request would be refused, and every \
              answer be wrong.",
        broken: "    S: {type: string, minLength: 5, maxLength: 3}",
        mended: "    S: {type: string, minLength: 3, maxLength: 5}",
        remedy: "Correct one of the bounds, or the value.",
    },
    Explanation {
        code: Code::InvalidPattern,
        why: "Patterns are regular expressions of ECMA-262. One that does not compile can check nothing.",
        broken: "    S: {type: string, pattern: '[a-'}",
        mended: "    S: {type: string, pattern: '[a-z]'}",
        remedy: "Write it as JavaScript would between two `/`; within single quotes a backslash is one backslash.",
    },
    Explanation {
        code: Code::IgnoredParameter,
        why: "OpenAPI ignores header parameters that are called `Accept`, `Content-Type` or `Authorization`: media types and \
              security schemes say the same.",
        broken: "      parameters: [{name: Content-Type, in: header, schema: {type: string}}]",
        mended: "      x-fixed-headers: {Content-Type: application/json}",
        remedy: "Name the media type as a key of `content`, declare a security scheme, or use `x-fixed-headers`.",
    },
    Explanation {
        code: Code::StaleAcknowledgement,
        why: "An acknowledgement that no finding needs says that something is wrong which is not, and would hide the next slip.",
        broken: ", x-acknowledge: {example-invalid: It was wrong once.}",
        mended: "",
        remedy: "Delete the entry.",
    },
    Explanation {
        code: Code::UnknownScheme,
        why: "What an operation asks for has to be known: where the credential travels is said by its scheme.",
        broken: "security: [{gone: []}]",
        mended: "security: [{key: []}]\ncomponents: {securitySchemes: {key: {type: http, scheme: bearer}}}",
        remedy: "Declare the scheme under `components.securitySchemes`, or correct its name.",
    },
    Explanation {
        code: Code::IncompleteOverload,
        why: "The operations that `x-overload` groups become one method, whose arguments have to fit each of them.",
        broken: "parameters: {x: x}}]}",
        mended: "parameters: {x: x, y: y}}]}",
        remedy: "Cover each path parameter by one argument, and give all spellings the same arguments, parameters and answers.",
    },
    Explanation {
        code: Code::ForeignKeyword,
        why: "JSON Schema lets `maxLength` on an integer pass, and it checks nothing. Nearly always the type or the keyword is \
              wrong.",
        broken: "    S: {type: integer, maxLength: 3}",
        mended: "    S: {type: integer, maximum: 999}",
        remedy: "Delete the keyword, use the one for the type, or correct `type`.",
    },
    Explanation {
        code: Code::MalformedPath,
        why: "A path is sent as it is written. A fragment is never sent, `..` is dropped by URL parsers, and what is not \
              percent-encoded is no URL.",
        broken: "  /a/../b:",
        mended: "  /a/b:",
        remedy: "Write the path as it stands in the request line of the page, percent-encoded.",
    },
    Explanation {
        code: Code::AmbiguousPath,
        why: "Two paths that differ in the names of their parameters match the same requests; for the service they are one.",
        broken: "  /a/{y}:\n    parameters: [{name: y, ",
        mended: "  /a/{y}/b:\n    parameters: [{name: y, ",
        remedy: "Put the operations of both under one path.",
    },
    Explanation {
        code: Code::InvalidServer,
        why: "The server is where requests go. Without a URL of http or https, or with a name that is no variable, none can be \
              sent.",
        broken: "servers: [{url: 'https://{host}.example'}]\npaths:\n  /a:\n    servers: [{url: 'ftp://files.example'}]",
        mended: "servers: [{url: 'https://{host}.example', variables: {host: {default: a}}}]\npaths:\n  /a:\n    \
                 servers: [{url: 'https://files.example'}]",
        remedy: "Write a URL with `https` or a path, and declare each `{name}` in it under `variables`.",
    },
    Explanation {
        code: Code::RivalCredentials,
        why: "A request has one `Authorization` header, and each key once. Where two schemes that travel there are asked for at \
              once, only one can be sent.",
        broken: "security: [{code: [], device: []}]",
        mended: "security: [{code: []}, {device: []}]",
        remedy: "Write them as two items of `security`, which is to say: either.",
    },
    Explanation {
        code: Code::MisspeltRequired,
        why: "A required member need not be a property, so the law lets a misspelt name pass. Validation then asks for a member \
              that nobody sends.",
        broken: "      required: [group_ids]",
        mended: "      required: [group_id]",
        remedy: "Correct the name, or describe the member under `properties`.",
    },
    Explanation {
        code: Code::MisspeltMediaType,
        why: "A body of a media type that is not known is bytes: a slip costs its types and its validation.",
        broken: "            application/jsno: {schema: {type: string}}",
        mended: "            application/json: {schema: {type: string}}",
        remedy: "Correct the name; media types of one's own have `+json`, `vnd.` or `x.` in them.",
    },
    Explanation {
        code: Code::MissingItems,
        why: "OpenAPI asks every array for `items`. Without them an item may be anything, and becomes a JSON value.",
        broken: "      type: array\n      maxItems: 3",
        mended: "      type: array\n      maxItems: 3\n      items: {type: string}",
        remedy: "Describe the items; `items: {}` says that they may be anything.",
    },
    Explanation {
        code: Code::BacktrackingPattern,
        why: "Most patterns are decided in one pass over the text. One that refers back, or looks around other than ahead behind \
              `^`, needs an engine that goes back over the text: some texts take it longer than anybody waits, and whoever \
              sends the value chooses the text.",
        broken: "    S: {type: string, pattern: '^(a|b)\\1$'}",
        mended: "    S: {type: string, pattern: '^(aa|bb)$'}",
        remedy: "Write out what may stand there, and bound the text with `maxLength`.",
    },
    Explanation {
        code: Code::DoubtfulPattern,
        why: "OpenAPI writes a pattern as text. The slashes of a literal of JavaScript become part of it, so that it matches nothing.",
        broken: "pattern: '/^[A-Z]{3}$/'",
        mended: "pattern: '^[A-Z]{3}$'",
        remedy: "Take the slashes away, and say in the pattern what a flag behind them says.",
    },
];
