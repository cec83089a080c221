//! Reads the cell of a type: `String`, `Array of Vpc objects`, `Map<String,String>`.

use crate::page::fact::TypeName;
use crate::page::tree::Text;
use crate::page::vocabulary::{TypeWord, Vocabulary};

/// The deepest nesting of types.
const MOST_DEPTH: usize = 6;

/// Reads a type. Returns `None` if the text names no type.
pub(super) fn read(text: &Text, vocabulary: &Vocabulary) -> Option<TypeName> {
    let link = text.links.first().map(|link| link.target.clone());
    let mut read = parse(text.words.trim(), vocabulary, 0);
    if read.is_none() && link.is_some() {
        read = Some(object(text.words.trim()));
    }
    let mut read = read?;
    attach(&mut read, link);
    Some(read)
}

/// Gives the link to the innermost type.
fn attach(read: &mut TypeName, link: Option<String>) {
    match &mut read.inner {
        Some(inner) => attach(inner, link),
        None => read.link = link.filter(|_| read.base == TypeWord::Object),
    }
}

fn parse(words: &str, vocabulary: &Vocabulary, depth: usize) -> Option<TypeName> {
    let words = words.trim().trim_end_matches(['.', '。', ',']).trim();
    if words.is_empty() || depth > MOST_DEPTH || words.len() > 200 {
        return None;
    }
    let known = vocabulary.types.iter().find(|(name, _)| name.eq_ignore_ascii_case(words));
    if let Some((_, base)) = known {
        return Some(plain(*base));
    }
    let lower = words.to_lowercase();
    if lower.len() != words.len() {
        return None;
    }
    for prefix in ["array of ", "arrays of ", "list of ", "array of", "list "] {
        if lower.starts_with(prefix) && words.len() > prefix.len() {
            return Some(array(parse(&words[prefix.len()..], vocabulary, depth + 1)));
        }
    }
    for suffix in [" array", " list", "[]"] {
        if lower.ends_with(suffix) {
            let inner = parse(&words[..words.len() - suffix.len()], vocabulary, depth + 1);
            return inner.is_some().then(|| array(inner));
        }
    }
    if let Some((outer, inner)) = in_brackets(words) {
        return match outer.trim().to_lowercase().as_str() {
            "array" | "list" | "set" | "" => Some(array(parse(inner, vocabulary, depth + 1))),
            "map" | "object" | "dict" => {
                let value =
                    inner.split_once([',', ':', '，']).and_then(|(_, value)| parse(value, vocabulary, depth + 1));
                Some(TypeName { inner: value.map(Box::new), ..plain(TypeWord::Object) })
            }
            name => parse(name, vocabulary, depth + 1),
        };
    }
    for suffix in [" objects", " object", " structure", " data structure", "object", "对象"] {
        if lower.ends_with(suffix) && words.len() > suffix.len() {
            return Some(object(&words[..words.len() - suffix.len()]));
        }
    }
    None
}

/// Splits `Map<String,String>` and `List(object)` into the outer name and the inner text.
fn in_brackets(words: &str) -> Option<(&str, &str)> {
    let close = words.chars().next_back()?;
    let open = match close {
        '>' => '<',
        ')' => '(',
        ']' => '[',
        '）' => '（',
        _ => return None,
    };
    let at = words.find(open)?;
    let inner = words.get(at + open.len_utf8()..words.len() - close.len_utf8())?;
    (!inner.trim().is_empty()).then(|| (&words[..at], inner))
}

fn plain(base: TypeWord) -> TypeName {
    TypeName { base, inner: None, object: None, link: None }
}

fn array(inner: Option<TypeName>) -> TypeName {
    TypeName { inner: inner.map(Box::new), ..plain(TypeWord::Array) }
}

fn object(name: &str) -> TypeName {
    let name = name.trim();
    TypeName { object: (!name.is_empty()).then(|| name.to_owned()), ..plain(TypeWord::Object) }
}

impl TypeName {
    /// Returns the innermost type: of `Array of strings`, the type of a string.
    pub fn innermost(&self) -> &Self {
        match &self.inner {
            Some(inner) if self.base == TypeWord::Array => inner.innermost(),
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::vocabulary;

    fn shown(words: &str) -> String {
        fn show(name: &TypeName) -> String {
            let object = name.object.as_deref().map(|object| format!(" {object}")).unwrap_or_default();
            let inner = name.inner.as_deref().map(|inner| format!("<{}>", show(inner))).unwrap_or_default();
            format!("{:?}{object}{inner}", name.base)
        }
        read(&Text::on_line(words, 1), vocabulary::of("Mandatory")).map_or("-".to_owned(), |name| show(&name))
    }

    #[test]
    fn types_are_read_in_every_form() {
        assert_eq!(shown("String"), "String");
        assert_eq!(shown("Array of strings"), "Array<String>");
        assert_eq!(shown("Array of Wheel objects"), "Array<Object Wheel>");
        assert_eq!(shown("Wheel object"), "Object Wheel");
        assert_eq!(shown("List<Object>"), "Array<Object>");
        assert_eq!(shown("Map<String,String>"), "Object<String>");
        assert_eq!(shown("Map<String,Array<String>>"), "Object<Array<String>>");
        assert_eq!(shown("The name of a wheel"), "-");
    }
}
