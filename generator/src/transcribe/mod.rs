//! Writes a draft of a document from documentation pages.
//!
//! A draft has the facts of the pages: paths, parameters, bodies, responses, bounds and examples, each with its lines in a comment.
//! The sentences of a page belong to its author, so descriptions are left to the transcriber, unless the words are asked for. What
//! was not read is a comment too.

mod components;
mod example;
mod operation;
mod schema;
mod transcription;
mod yaml;

use std::collections::{HashMap, HashSet};

use crate::page::fact::Page;
use crate::pointer::Pointer;
use crate::transcribe::components::Components;
use crate::transcribe::operation::Draft;
use crate::transcribe::yaml::{Node, quoted};
pub use transcription::Transcription;

/// The maximum number of servers of a draft. An API has one server or one for each region.
const MOST_SERVERS: usize = 20;

/// A finding about a draft that the page itself causes: an example that contradicts its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The JSON pointer of the finding.
    pub pointer: Pointer,
    /// The id of the finding.
    pub id: &'static str,
}

/// Writes a draft, as YAML. It acknowledges the contradictions.
pub fn transcribe(pages: &[Page], transcription: Transcription, contradictions: &[Contradiction]) -> String {
    let mut components = Components::default();
    let mut paths: Vec<(String, Node)> = Vec::new();
    // The index of each path in `paths`.
    let mut indices = HashMap::new();
    let mut comments = Vec::new();
    for page in pages.iter().filter(|page| page.has_operation()) {
        let mut draft = Draft { page, transcription, components: &mut components };
        for (path, method, operation) in draft.operations(&mut comments) {
            let index = *indices.entry(path.clone()).or_insert(paths.len());
            match paths.get_mut(index) {
                // Two pages can describe one operation. The first one counts.
                Some((_, item)) if item.has(&method) => {
                    let method = method.to_uppercase();
                    comments.push(format!("{}: another page describes `{method} {path}` too.", yaml::name(&page.file)));
                }
                Some((_, item)) => item.add(&method, operation),
                None => paths.push((path, Node::map([(method, operation)]))),
            }
        }
    }
    for page in pages.iter().filter(|page| !page.has_operation()) {
        comments.push(format!("{}: no request URL was found.", yaml::name(&page.file)));
    }
    let title = pages.iter().find_map(|page| page.title.as_ref()).map_or("Draft", |title| title.value.as_str());
    let mut root = Node::map([("openapi".to_owned(), Node::text("3.0.3"))]);
    let info = [("title".to_owned(), quoted(title)), ("version".to_owned(), quoted("1.0.0"))];
    root.add("info", Node::map(info).with_comment("judgement: the pages have no name and no version for the document"));
    if let Some(servers) = servers(pages, &mut comments) {
        root.add("servers", servers);
    }
    if let Some(security) = components.security() {
        root.add("security", security);
    }
    components.share(paths.iter_mut().map(|(_, node)| node));
    let paths = paths.into_iter().fold(Node::map([]), |mut all, (path, node)| {
        all.add(&path, node);
        all
    });
    root.add("paths", paths);
    if let Some(components) = components.into_node() {
        root.add("components", components);
    }
    for contradiction in contradictions {
        acknowledge(contradiction, &mut root);
    }
    let head: String = comments.iter().map(|comment| format!("# {}\n", yaml::one_line(comment))).collect();
    head + &root.to_yaml()
}

/// Adds `x-acknowledge` to the example of a contradiction, or else to the object that has the value.
fn acknowledge(contradiction: &Contradiction, root: &mut Node) {
    let tokens: Vec<String> = contradiction.pointer.tokens().collect();
    let is_list = |token: &String| token == "examples" || token == "x-examples";
    let example = tokens.iter().rposition(is_list).map(|at| at + 2);
    let length = example.unwrap_or(tokens.len().saturating_sub(1)).min(tokens.len());
    if let Some(holder) = tokens.get(..length).and_then(|tokens| root.at(tokens)) {
        holder.acknowledge(contradiction.id, "as printed on the page");
    }
}

/// Returns `servers`: the addresses in examples. Adds a comment if there are more than [`MOST_SERVERS`].
fn servers(pages: &[Page], comments: &mut Vec<String>) -> Option<Node> {
    let mut urls: Vec<(&str, usize, &Page)> = Vec::new();
    let mut known = HashSet::new();
    for page in pages {
        for server in &page.servers {
            // An address with a host, or a placeholder at the start of the path.
            if is_usable(&server.value) && known.insert(server.value.as_str()) {
                urls.push((&server.value, server.line, page));
            }
        }
    }
    if let Some((_, line, page)) = urls.get(MOST_SERVERS) {
        let count = urls.len() - MOST_SERVERS;
        let at = yaml::citation(page, *line, *line);
        comments.push(format!(
            "{at}: the draft has the first {MOST_SERVERS} addresses of servers. From here on, {count} are left out."
        ));
        urls.truncate(MOST_SERVERS);
    }
    let server = |(url, line, page): &(&str, usize, &Page)| {
        let mut node = Node::map([("url".to_owned(), quoted(url))]);
        let variables = crate::page::uri::placeholders(url);
        if !variables.is_empty() {
            let variable = |name: &&str| {
                // A reserved name, which leads nowhere: OpenAPI requires a default.
                let is_whole = url.starts_with('{');
                let default = if is_whole { "https://server.invalid" } else { "server.invalid" };
                ((*name).to_owned(), Node::map([("default".to_owned(), quoted(default))]))
            };
            node.add("variables", Node::map(variables.iter().map(variable).collect::<Vec<_>>()));
        }
        node.with_comment(&yaml::citation(page, *line, *line))
    };
    (!urls.is_empty()).then(|| Node::list(urls.iter().map(server).collect()))
}

/// Returns whether an address can be that of a server in OpenAPI.
fn is_usable(url: &str) -> bool {
    let is_plain = url.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"'\\^`|*[]()$%@,;".contains(&byte));
    let opened = url.matches('{').count();
    let names = crate::page::uri::placeholders(url);
    let has_host = url.split_once("://").is_none_or(|(_, host)| !host.is_empty() && !host.starts_with([':', '.']));
    let is_name = |name: &&str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    is_plain && has_host && opened == names.len() && names.iter().all(is_name) && opened == url.matches('}').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::fact::Stated;

    #[test]
    fn the_servers_that_a_draft_leaves_out_are_counted() {
        let drafted = |count: usize| {
            let server = |index: usize| {
                let value = format!("https://h{}.example", index % count);
                Stated { value, line: index + 1, words: String::new(), fact: 0 }
            };
            let servers = (0..2 * count).map(server).collect();
            let mut comments = Vec::new();
            let node = super::servers(&[Page { file: "p.txt".to_owned(), servers, ..Page::default() }], &mut comments);
            (node.map(|node| node.to_yaml().matches("url: ").count()), comments)
        };
        assert_eq!(drafted(20), (Some(20), Vec::new()));
        let comment = "p:L21: the draft has the first 20 addresses of servers. From here on, 3 are left out.";
        assert_eq!(drafted(23), (Some(20), vec![comment.to_owned()]));
    }
}
