//! Prints what a page states: every fact in the order of the page, or the fields as a tree.

use copperplate::page::fact::{FactKind, Field, LineUse, Page, TypeName};

/// Prints every fact, with its line and its words.
pub fn facts(page: &Page) {
    println!("== {} ({})", page.file, page.vocabulary);
    let mut facts: Vec<_> = page.facts.iter().collect();
    facts.sort_by_key(|fact| fact.line);
    for fact in facts {
        let words: String = fact.words.chars().take(100).collect();
        println!("{:>5} {:16} {:24} {words}", fact.line, fact.kind.word(), fact.subject);
    }
    for (index, used) in page.lines.iter().enumerate() {
        if *used == LineUse::NotRead {
            println!("{:>5} NOT READ", index + 1);
        }
    }
    let comparable = page.facts.iter().filter(|fact| fact.kind.is_comparable()).count();
    let described = page.facts.iter().filter(|fact| fact.kind == FactKind::Description).count();
    println!("{} facts, {comparable} for a document, {described} descriptions", page.facts.len());
}

/// Prints the parameters, and the properties of bodies, each below its object.
pub fn fields(page: &Page) {
    println!("== {}", page.file);
    for form in &page.forms {
        println!("{} {}", form.method.as_ref().map_or("", |method| method.value.as_str()), form.path.value);
    }
    page.parameters.iter().for_each(|parameter| field(parameter, &format!("{:?}", parameter.place), 1));
    if let Some(body) = &page.body {
        println!("  request body: {}", body.exists.value);
        body.fields.iter().for_each(|property| field(property, "", 2));
    }
    for response in &page.responses {
        println!("  {}", response.status.value);
        response.headers.iter().for_each(|header| field(header, "header", 2));
        response.body.iter().flat_map(|body| &body.fields).for_each(|property| field(property, "", 2));
    }
}

fn field(field: &Field, place: &str, depth: usize) {
    let mandatory = match field.mandatory.as_ref().map(|mandatory| mandatory.value) {
        Some(true) => "mandatory",
        Some(false) => "optional",
        None => "",
    };
    let kind = field.kind.as_ref().map(|kind| type_name(&kind.value)).unwrap_or_default();
    let rules: Vec<String> = field.rules.iter().map(|rule| format!("{:?}", rule.value)).collect();
    let description: String = field.description.chars().take(3000).collect();
    let (indent, line, name) = ("  ".repeat(depth), field.name.line, &field.name.value);
    println!("{indent}L{line} {place} `{name}` {mandatory} {kind} {} | {description}", rules.join(" "));
    field.fields.iter().for_each(|inner| self::field(inner, "", depth + 1));
}

fn type_name(name: &TypeName) -> String {
    let object = name.object.as_deref().map(|object| format!(" {object}")).unwrap_or_default();
    let inner = name.inner.as_deref().map(|inner| format!("<{}>", type_name(inner))).unwrap_or_default();
    format!("{:?}{object}{inner}", name.base)
}
