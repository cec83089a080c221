//! Creates documents of any size, in two versions that lead to different text in most generated files.

/// A version of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// The old version.
    Old,
    /// The new version. Most schemas have a different bound, some schemas are renamed, and each tag has one more operation.
    New,
}

impl Version {
    /// Returns the other version.
    pub fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }
}

/// The number of schemas for each tag.
const SCHEMAS_OF_A_TAG: usize = 20;

/// Returns a document with `schemas` schemas and one operation for each schema.
pub fn document(version: Version, schemas: usize) -> String {
    let (mut paths, mut components) = (String::new(), String::new());
    for number in 0..schemas {
        let is_new = version == Version::New;
        let name = if is_new && number % 7 == 0 { format!("Renamed{number}") } else { format!("Schema{number}") };
        let bound = if is_new && number % 5 != 0 { 20 } else { 10 };
        let tag = number / SCHEMAS_OF_A_TAG;
        components += &format!(
            "    {name}:\n      type: object\n      description: The schema {number}.\n      required: [id]\n      properties:\n        \
             id: {{type: string, maxLength: {bound}}}\n        count: {{type: integer, minimum: 0, maximum: {bound}}}\n        \
             tags: {{type: array, items: {{type: string}}, maxItems: {bound}}}\n        \
             kind: {{type: string, enum: [a{number}, b{bound}]}}\n"
        );
        paths += &format!(
            "  /group{tag}/items{number}:\n    post:\n      tags: [group{tag}]\n      operationId: create{number}\n      \
             requestBody:\n        content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}\n      \
             responses: {{'200': {{description: d., content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}}}\n"
        );
        if is_new && number % SCHEMAS_OF_A_TAG == 0 {
            paths += &format!(
                "  /group{tag}/new:\n    get:\n      tags: [group{tag}]\n      operationId: new{tag}\n      \
                 responses: {{'204': {{description: d.}}}}\n"
            );
        }
    }
    format!(
        "openapi: 3.0.3\ninfo: {{title: Killed runs, version: '1'}}\nservers: [{{url: 'https://api.example'}}]\npaths:\n{paths}\
         components:\n  schemas:\n{components}"
    )
}
