//! Explanations of what goes wrong while references are followed.

use crate::finding::Code;
use crate::finding::explanation::Explanation;

pub(super) const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: Code::RefMissing,
        why: "What a reference stands for is not there, so nobody knows the type, the parameter or the body that was meant.",
        broken: "{$ref: '#/components/schemas/Gone'}",
        mended: "{type: string}",
        remedy: "Correct the reference, or add what it leads to; names distinguish capitals.",
    },
    Explanation {
        code: Code::RefCycle,
        why: "References that lead only to one another never arrive at anything. Recursion through a property or an item is fine: \
              there is a value between.",
        broken: "    B: {$ref: '#/components/parameters/A'}",
        mended: "    B: {name: b, in: query, schema: {type: string}}",
        remedy: "Let one of the references lead to an object.",
    },
    Explanation {
        code: Code::RefRemote,
        why: "Nothing is fetched from the web: a build would depend on a server, and the document could change from one run to the \
              next.",
        broken: "{$ref: 'https://schemas.example/other.yaml#/S'}",
        mended: "{type: string}",
        remedy: "Put the file beside the document, and refer to it with a relative path.",
    },
];
