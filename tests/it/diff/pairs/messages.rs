//! The documents and edits for changes to bodies and responses.

use super::Edit;

pub(super) const BODIES: &str = "paths:
  /a:
    put:
      responses: {'204': {description: D}}
    post:
      x-fixed-headers: {Accept-Version: '1'}
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: '#/components/schemas/Pet'}}
          text/plain: {schema: {type: string, default: a}}
      responses: {'204': {description: D}}
    patch:
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {file: {type: string}}}
      responses: {'204': {description: D}}
components:
  schemas:
    Pet:
      type: object
      required: [id, secret, made]
      properties:
        id: {type: string}
        name: {type: string}
        size: {type: integer, default: 1}
        made: {type: string, readOnly: true}
        seen: {type: string, readOnly: true}
        secret: {type: string}
        closed: {type: object, additionalProperties: false, properties: {a: {type: string}}}
";

pub(super) const BODY_EDITS: &[Edit] = &[
    (
        "    put:\n",
        "    put:\n      requestBody: {required: true, content: {text/plain: {schema: {type: string}}}}\n",
        &["request-body-added-required breaking request"],
    ),
    (
        "    put:\n",
        "    put:\n      requestBody: {content: {text/plain: {schema: {type: string}}}}\n",
        &["request-body-added-optional safe request"],
    ),
    (
        "      requestBody:\n        content:\n          multipart/form-data:\n            schema: {type: object, properties: {file: {type: string}}}\n",
        "",
        &["request-body-removed breaking request"],
    ),
    ("        required: true\n", "", &["request-body-became-optional safe request"]),
    (
        "      requestBody:\n        content:\n          multipart",
        "      requestBody:\n        required: true\n        content:\n          multipart",
        &["request-body-became-required breaking request"],
    ),
    (
        "          text/plain:",
        "          text/csv:",
        &["request-body-media-type-removed breaking request", "request-body-media-type-added safe request"],
    ),
    (
        "          application/json: {schema: {$ref",
        "          application/json; charset=utf-8: {schema: {$ref",
        &["request-body-media-type-parameters-changed dangerous request"],
    ),
    (
        "{file: {type: string}}}\n",
        "{file: {type: string}}}\n            encoding: {file: {contentType: text/csv}}\n",
        &["request-body-encoding-changed breaking request"],
    ),
    ("default: a", "default: b", &["request-body-default-value-changed dangerous request"]),
    (
        "x-fixed-headers: {Accept-Version: '1'}",
        "x-fixed-headers: {accept-version: '2'}",
        &["request-fixed-header-changed breaking request"],
    ),
    ("      x-fixed-headers: {Accept-Version: '1'}\n", "", &["request-fixed-header-removed safe request"]),
    (
        "x-fixed-headers: {Accept-Version: '1'}",
        "x-fixed-headers: {Accept-Version: '1'}\n      x-idempotency-key: Idempotency-Key",
        &["request-fixed-header-added breaking request"],
    ),
    (
        "    put:\n",
        "    put:\n      x-fixed-headers: {Accept-Version: '1'}\n",
        &["request-fixed-header-added breaking request"],
    ),
    (
        "        name: {type: string}",
        "        nick: {type: string}",
        &["request-property-removed dangerous request", "new-optional-request-property safe request"],
    ),
    (
        "required: [id, secret, made]\n      properties:\n",
        "required: [id, secret, made, tag]\n      properties:\n        tag: {type: string}\n",
        &["new-required-request-property breaking request"],
    ),
    (
        "required: [id, secret, made]\n      properties:\n",
        "required: [id, secret, made, tag]\n      properties:\n        tag: {type: string, default: x}\n",
        &["new-required-request-property-with-default breaking request"],
    ),
    (
        "required: [id,",
        "required: [name,",
        &["request-property-became-required breaking request", "request-property-became-optional safe request"],
    ),
    ("required: [id,", "required: [id, size,", &["request-property-became-required-with-default breaking request"]),
    (
        "name: {type: string}",
        "name: {type: string, readOnly: true}",
        &["request-property-became-read-only dangerous request"],
    ),
    (
        "made: {type: string, readOnly: true}",
        "made: {type: string}",
        &["request-required-property-became-not-read-only breaking request"],
    ),
    (
        "seen: {type: string, readOnly: true}",
        "seen: {type: string}",
        &["request-optional-property-became-not-read-only safe request"],
    ),
    (
        "name: {type: string}",
        "name: {type: string, default: x}",
        &["request-property-default-value-added dangerous request"],
    ),
    (", default: 1", "", &["request-property-default-value-removed dangerous request"]),
    ("default: 1", "default: 2", &["request-property-default-value-changed dangerous request"]),
    (
        "additionalProperties: false, properties: {a: {type: string}}}",
        "additionalProperties: false}",
        &["request-property-removed-from-closed-object breaking request"],
    ),
    // Callers do not send this property, so changes to it are ignored.
    ("seen: {type: string, readOnly: true}", "seen: {type: integer, readOnly: true}", &[]),
    ("        seen: {type: string, readOnly: true}\n", "", &[]),
];

pub(super) const RESPONSES: &str = "x-error: {message: [/message]}
paths:
  /a:
    get:
      responses:
        '200':
          description: D
          x-failure: {pointer: /error, when: non-empty}
          headers:
            Total: {required: true, schema: {type: integer}}
            Left: {schema: {type: integer}}
            Most: {schema: {type: integer, default: 9}}
          content:
            application/json: {schema: {$ref: '#/components/schemas/Pet'}}
            text/plain: {schema: {type: string}}
        '404': {description: D}
  /b:
    get:
      responses:
        '200': {description: D, content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}
components:
  schemas:
    Pet:
      type: object
      required: [id, key]
      properties:
        id: {type: string}
        name: {type: string}
        key: {type: string}
        secret: {type: string, writeOnly: true}
        error: {type: string}
        size: {type: string, default: a}
        closed: {type: object, additionalProperties: false}
";

pub(super) const RESPONSE_EDITS: &[Edit] = &[
    (
        "        '200':\n",
        "        '201':\n",
        &["response-success-status-removed breaking response", "response-success-status-added safe response"],
    ),
    ("        '404': {description: D}\n", "", &["response-non-success-status-removed dangerous response"]),
    // A range of statuses may replace a single status. For failures, `default` may replace it too.
    ("        '404':", "        '4XX':", &["response-non-success-status-added safe response"]),
    ("        '404':", "        default:", &["response-non-success-status-added safe response"]),
    (
        "        '404':",
        "        '5XX':",
        &["response-non-success-status-removed dangerous response", "response-non-success-status-added safe response"],
    ),
    (
        "        '200': {description: D, content: {application/json: {schema: {type: object, properties: {a: {type: string}}",
        "        '2XX': {description: D, content: {application/json: {schema: {type: object, properties: {a: {type: integer}}",
        &["response-property-type-changed breaking response", "response-success-status-added safe response"],
    ),
    (
        "        '200': {description: D, content",
        "        default: {description: D, content",
        &["response-success-status-removed breaking response", "response-non-success-status-added safe response"],
    ),
    (
        "name: {type: string}",
        "name: {type: string, default: x}",
        &["response-property-default-value-added safe response"],
    ),
    (", default: a", "", &["response-property-default-value-removed dangerous response"]),
    ("default: a", "default: b", &["response-property-default-value-changed dangerous response"]),
    (
        "Left: {schema: {type: integer}}",
        "Left: {schema: {type: integer, default: 1}}",
        &["response-header-default-value-added safe response"],
    ),
    (", default: 9", "", &["response-header-default-value-removed dangerous response"]),
    ("default: 9", "default: 8", &["response-header-default-value-changed dangerous response"]),
    (
        "            text/plain:",
        "            text/csv:",
        &["response-media-type-removed breaking response", "response-media-type-added safe response"],
    ),
    (
        "            text/plain:",
        "            text/plain; charset=latin1:",
        &["response-media-type-parameters-changed dangerous response"],
    ),
    (
        "            Total:",
        "            Sum:",
        &["required-response-header-removed breaking response", "response-header-added safe response"],
    ),
    (
        "            Left:",
        "            Rest:",
        &["optional-response-header-removed dangerous response", "response-header-added safe response"],
    ),
    ("            Left:", "            left:", &[]),
    ("Total: {required: true, ", "Total: {", &["response-header-became-optional breaking response"]),
    ("Left: {", "Left: {required: true, ", &["response-header-became-required safe response"]),
    (
        "      properties:\n        id: {type: string}\n        name: {type: string}\n        key: {type: string}\n",
        "      x-acknowledge: {undeclared-required: it may come back}\n      properties:\n        id: {type: string}\n        name: \
         {type: string}\n",
        &["response-required-property-removed breaking response"],
    ),
    (
        "        name: {type: string}",
        "        nick: {type: string}",
        &["response-optional-property-removed dangerous response", "response-optional-property-added safe response"],
    ),
    (
        "required: [id, key]\n      properties:\n",
        "required: [id, key, tag]\n      properties:\n        tag: {type: string}\n",
        &["response-required-property-added safe response"],
    ),
    (
        "required: [id, key]",
        "required: [id, name]",
        &["response-property-became-optional breaking response", "response-property-became-required safe response"],
    ),
    (
        "key: {type: string}",
        "key: {type: string, writeOnly: true}",
        &["response-required-property-became-write-only breaking response"],
    ),
    (
        "name: {type: string}",
        "name: {type: string, writeOnly: true}",
        &["response-optional-property-became-write-only dangerous response"],
    ),
    (
        "secret: {type: string, writeOnly: true}",
        "secret: {type: string}",
        &["response-property-became-not-write-only safe response"],
    ),
    (
        "          x-failure: {pointer: /error, when: non-empty}\n",
        "",
        &["response-failure-condition-removed dangerous response"],
    ),
    ("when: non-empty", "equals: bad", &["response-failure-condition-changed dangerous response"]),
    (
        "'200': {description: D, content",
        "'200': {description: D, x-failure: {pointer: /a, when: non-empty}, content",
        &["response-failure-condition-added dangerous response"],
    ),
    ("[/message]", "[/text, /message]", &["error-fields-changed dangerous response"]),
    (
        "        error: {type: string}\n        size:",
        "        error: {type: string}\n        c: {type: object, additionalProperties: false}\n        size:",
        &["response-optional-property-added safe response"],
    ),
    (
        "closed: {type: object, additionalProperties: false",
        "closed: {type: object, additionalProperties: false, properties: {a: {type: string}}",
        &["response-property-added-to-closed-object dangerous response"],
    ),
    // Callers do not receive this property, so changes to it are ignored.
    ("secret: {type: string, writeOnly: true}", "secret: {type: integer, writeOnly: true}", &[]),
];
