//! Decides how the fields of optional members that may be null hold null.

use crate::ir::{AdditionalMembers, OptionalNull, Presence, Struct, TypeKind};
use crate::lower::naming::reserved::STRUCT_METHODS;
use crate::lower::naming::scope::Scope;
use crate::lower::passes::items::Items;

/// Decides for each optional nullable member whether null and absence differ. They differ in a struct that is serialized, because a
/// request contains it or because its JSON is validated, and in a struct whose rules depend on which members are present.
pub(crate) fn set_optional_null(items: &mut Items) {
    for definition in &mut items.types {
        let TypeKind::Struct(structure) = &mut definition.kind else { continue };
        if definition.direction.sent {
            add_null_setters(structure);
        } else if structure.rules.is_empty() && structure.count_rules.is_empty() {
            treat_null_as_absence(structure);
        }
    }
}

fn treat_null_as_absence(structure: &mut Struct) {
    for field in &mut structure.fields {
        if field.presence != Presence::Required && field.value.nullable {
            field.value.nullable = false;
            field.null = OptionalNull::IsAbsent;
        }
    }
}

fn add_null_setters(structure: &mut Struct) {
    let mut scope = Scope::with(STRUCT_METHODS);
    for field in &structure.fields {
        scope.take(field.name.clone());
    }
    if let AdditionalMembers::Keep { field, .. } = &structure.additional {
        scope.take(field.clone());
    }
    let mut fields: Vec<_> = structure.fields.iter_mut().collect();
    // The names do not depend on the order of the properties in the document.
    fields.sort_by(|left, right| left.name.cmp(&right.name));
    for field in fields {
        if field.presence != Presence::Required && field.value.nullable {
            field.null = OptionalNull::Setter(scope.take(format!("{}_null", field.name.trim_end_matches('_'))));
        }
    }
}
