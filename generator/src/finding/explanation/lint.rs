//! Explanations of what only `lint` says: what is allowed, and seldom meant.

use crate::finding::Code;
use crate::finding::explanation::Explanation;

pub(super) const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: Code::MissingExample,
        why: "An example is the one part of a page that can be checked: it is held against its schema, and becomes a test of the \
              crate. Without one, a slip in the schema is seen when the service refuses a request.",
        broken: "schema: {type: string}}]",
        mended: "schema: {type: string}, example: cats}]",
        remedy: "Carry over what the page prints: a request under `x-examples`, a body under `example`. If the page prints none, \
                 say so with `x-acknowledge: {missing-example: the page prints none}`, at the root for the whole document.",
    },
    Explanation {
        code: Code::MissingSource,
        why: "`x-source` says which page an operation is taken from, and is printed in the crate's documentation: who doubts a \
              bound looks there.",
        broken: "      operationId: b\n",
        mended: "      operationId: b\n      x-source: 2 Deleting A\n",
        remedy: "Name the page and the section. For a document that is published and not transcribed: \
                 `x-acknowledge: {missing-source: …}` at the root.",
    },
    Explanation {
        code: Code::UnusedComponent,
        why: "What was transcribed and is not referred to was usually meant to be: a table of the page has no place in the crate.",
        broken: "      responses: {'204': {description: d.}}\ncomponents:",
        mended: "      responses:\n        '200':\n          description: d.\n          content:\n            application/json:\n              schema: {$ref: '#/components/schemas/Answer'}\n              example: [part]\ncomponents:",
        remedy: "Refer to it where the page does, or delete it.",
    },
    Explanation {
        code: Code::ImpossibleSchema,
        why: "No value of the type is ever valid, so every call that needs one is refused before it is sent: a component requires \
              itself and never ends, or members of `allOf` exclude each other.",
        broken: "      required: [parent]\n      properties: {parent: {$ref: '#/components/schemas/Node'}, kind: {$ref: '#/components/schemas/Kind'}}\n    Kind:\n      allOf: [{type: string, enum: [file]}, {type: string, enum: [folder]}]\n",
        mended: "      properties: {parent: {$ref: '#/components/schemas/Node'}, kind: {$ref: '#/components/schemas/Kind'}}\n    Kind: {type: string, enum: [file, folder]}\n",
        remedy: "Take the property out of `required`, allow an empty list, or correct the member of `allOf`; `oneOf` is for one or \
                 the other.",
    },
    Explanation {
        code: Code::InconsistentBounds,
        why: "The same thing on two pages has the same bounds, and a digit is easily misread: an id that one operation returns \
              would be refused by the other.",
        broken: "related_id_list: {type: array, items: {type: string, maxLength: 32}}\n",
        mended: "related_id_list: {type: array, items: {type: string, maxLength: 64}}\n            example: {related_id_list: [x]}\n",
        remedy: "Compare both with the page. If they differ there too: \
                 `x-acknowledge: {inconsistent-bounds: 001:L41 prints 32, 000:L80 prints 64}`.",
    },
    Explanation {
        code: Code::DescribedBound,
        why: "Only keywords are checked. A bound that stands in the description alone is found out by the service.",
        broken: "schema: {type: string, maxLength: 46}",
        mended: "schema: {type: string, minLength: 1, maxLength: 64}",
        remedy: "Write the keyword into the schema, or correct the description. If the service is known to do otherwise: \
                 `x-acknowledge: {described-bound: …}`.",
    },
    Explanation {
        code: Code::DoubtfulFormat,
        why: "An unknown format is allowed and means nothing: the value is plain text, and nothing about it is checked.",
        broken: "format: datetime",
        mended: "format: date-time",
        remedy: "Write the format that is suggested.",
    },
    Explanation {
        code: Code::DoubtfulEnum,
        why: "A space or a second spelling comes with copying a table. Values are compared letter by letter: with the space the \
              service's own value is refused, and two spellings become two variants that are easily mixed up.",
        broken: "enum: [ACTIVE, 'BUILD ']",
        mended: "enum: [ACTIVE, BUILD]",
        remedy: "Keep the spelling of the page, once. If the service takes both: `x-acknowledge: {doubtful-enum: …}`.",
    },
    Explanation {
        code: Code::MissingSuccess,
        why: "Every success of the call is then an answer that the document does not know, and the method has no type for it.",
        broken: "responses: {'404': {description: d.}}",
        mended: "responses: {'204': {description: d.}, '404': {description: d.}}",
        remedy: "Add the status that the page promises, such as `'204': {description: Deleted.}`.",
    },
    Explanation {
        code: Code::UndeclaredTag,
        why: "The tag names the module and the cargo feature of a large crate: a misspelt one puts the operation into a module of \
              its own.",
        broken: "tags: [Association]",
        mended: "tags: [Associations]",
        remedy: "Correct the tag, or add it to the document's `tags`.",
    },
    Explanation {
        code: Code::OneWayProperty,
        why: "`readOnly` takes a property out of requests, `writeOnly` out of responses: what the page asks for never travels.",
        broken: "{id: {type: string, readOnly: true}}}\n            example: {}",
        mended: "{id: {type: string}}}\n            example: {id: a}",
        remedy: "Remove the flag where the page asks for the value, or take the property out of `required`.",
    },
    Explanation {
        code: Code::DoubtfulDiscriminator,
        why: "The property of a discriminator says which alternative a value is. Where no alternative has one of that name, every \
              value has to be tried against all of them, or none fits.",
        broken: "discriminator: {propertyName: petTyp}",
        mended: "discriminator: {propertyName: petType}",
        remedy: "Name the property that each alternative requires.",
    },
    Explanation {
        code: Code::DoubtfulKeyword,
        why: "What decides nothing was meant to decide something: an empty `required`, a member required twice, a bound beyond what \
              the format holds, `example` beside `examples`, the body of a GET.",
        broken: "format: int32, maximum: 3000000000",
        mended: "format: int64, maximum: 3000000000",
        remedy: "Compare it with the page; delete what is left over.",
    },
    Explanation {
        code: Code::DoubtfulMember,
        why: "A schema that does not forbid other members takes a misspelt one, so that the example is valid and shows something that \
              the service ignores. Either the schema or the example has a slip.",
        broken: "example: {pictureURL: 'https://pets.example/rex.png'}",
        mended: "example: {pictureUrl: 'https://pets.example/rex.png'}",
        remedy: "Compare both with the page; if it prints the two spellings, acknowledge it.",
    },
    Explanation {
        code: Code::DoubtfulServer,
        why: "The default is what a caller uses who knows no better, and `enum` says that the service has no such server.",
        broken: "default: eu, enum: [eu-1, us-1]",
        mended: "default: eu-1, enum: [eu-1, us-1]",
        remedy: "Take one of the values, or add the default to them.",
    },
    Explanation {
        code: Code::UnlistedNull,
        why: "By the letter of OpenAPI 3.0.3 an `enum` has to list null even where `nullable` allows it; most documents mean that null is \
              allowed, and the crate takes it. Other tools refuse it.",
        broken: "nullable: true, enum: [small, large]",
        mended: "nullable: true, enum: [small, large, null]",
        remedy: "Add null to `enum`, or delete `nullable`.",
    },
];
