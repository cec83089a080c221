//! Describes the keywords of schema tables that OpenAPI 3.0 does not have.

use crate::ir::{AdditionalProperties, Api, Keyword2020, SchemaTableId};

/// Describes a keyword of a schema table, such as `2.. items contain NAME`.
pub(super) fn keyword_text(api: &Api, keyword: &Keyword2020) -> String {
    let name = |id: &SchemaTableId| api.schema_tables[id.0].constant.clone();
    match keyword {
        Keyword2020::Members { patterns, additional, .. } => {
            let members = patterns.iter().map(|(pattern, _, id)| match id {
                Some(id) => format!("members /{pattern}/ {}", name(id)),
                None => format!("members /{pattern}/"),
            });
            let others = match additional {
                AdditionalProperties::Any => None,
                AdditionalProperties::None => Some("no other members".to_owned()),
                AdditionalProperties::Schema(id) => Some(format!("other members {}", name(id))),
            };
            let mut members: Vec<String> = members.collect();
            members.sort_unstable();
            members.into_iter().chain(others).collect::<Vec<_>>().join(", ")
        }
        Keyword2020::PrefixItems(prefix, rest) => {
            let prefix = prefix.iter().map(name).collect::<Vec<_>>().join(", ");
            let rest = rest.as_ref().map(|rest| format!(", other items {}", name(rest))).unwrap_or_default();
            format!("first items [{prefix}]{rest}")
        }
        Keyword2020::Contains(id, least, most) => {
            let most = most.map(|most| format!("={most}")).unwrap_or_default();
            format!("{least}..{most} items {}", name(id))
        }
        Keyword2020::PropertyNames(id) => format!("names of members {}", name(id)),
        Keyword2020::DependentRequired(member, required) => format!("{member:?} requires {required:?}"),
        Keyword2020::DependentSchema(member, id) => format!("with {member:?} {}", name(id)),
        Keyword2020::Conditional(condition, consequence, alternative) => {
            let branch = |word: &str, id: &Option<SchemaTableId>| {
                id.as_ref().map(|id| format!(" {word} {}", name(id))).unwrap_or_default()
            };
            format!("if {}{}{}", name(condition), branch("then", consequence), branch("else", alternative))
        }
        Keyword2020::UnevaluatedProperties(_, id) => format!("unevaluated members {}", name(id)),
        Keyword2020::UnevaluatedItems(_, id) => format!("unevaluated items {}", name(id)),
    }
}
