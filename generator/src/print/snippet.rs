//! Prints the code that documentation contains: replaces the attribute `#[snippet { … }]` by a fenced block of Rust.

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Expr, ExprLit, File, Ident, Item, Lit, LitStr, Meta, MetaNameValue};

/// Replaces the snippets in the attributes of an item.
pub fn expand(item: &mut Item) {
    match item {
        Item::Struct(item) => expand_all(&mut item.attrs),
        Item::Trait(item) => expand_all(&mut item.attrs),
        _ => {}
    }
}

/// Replaces the snippets among `attributes` by documentation.
pub fn expand_all(attributes: &mut Vec<Attribute>) {
    if !attributes.iter().any(|attribute| attribute.path().is_ident("snippet")) {
        return;
    }
    let attributes_of = |attribute: Attribute| match code(&attribute) {
        Some(code) => block(code).into_iter().map(|line| documentation(&attribute, &line)).collect(),
        None => vec![attribute],
    };
    *attributes = std::mem::take(attributes).into_iter().flat_map(attributes_of).collect();
}

/// Returns the code of a snippet; `None` if the attribute is no snippet.
fn code(attribute: &Attribute) -> Option<TokenStream> {
    match &attribute.meta {
        Meta::List(list) if list.path.is_ident("snippet") => Some(list.tokens.clone()),
        _ => None,
    }
}

/// Returns a line of documentation, as an inner or outer attribute like `like`.
fn documentation(like: &Attribute, line: &str) -> Attribute {
    let text = if line.is_empty() { String::new() } else { format!(" {line}") };
    let lit = Lit::Str(LitStr::new(&text, Span::call_site()));
    let value = Expr::Lit(ExprLit { attrs: Vec::new(), lit });
    let path = Ident::new("doc", Span::call_site()).into();
    let meta = Meta::NameValue(MetaNameValue { path, eq_token: Default::default(), value });
    Attribute { pound_token: like.pound_token, style: like.style, bracket_token: like.bracket_token, meta }
}

/// Returns the lines of a fenced block. Readers do not see the function `example` around the code: rustdoc hides lines that begin
/// with `# `. The block is not run as a test, because it calls a server.
fn block(code: TokenStream) -> Vec<String> {
    let printed = syn::parse2::<File>(code.clone()).map_or_else(|_| code.to_string(), printed);
    let Some((before, function)) = printed.split_once("async fn example(") else {
        return fenced(printed.lines().map(str::to_owned));
    };
    let (signature, body) = function.split_once(" {\n").unwrap_or((function, ""));
    let signature: Vec<&str> = signature.lines().map(str::trim).collect();
    let signature = signature.join(" ").replace("( ", "(").replace(", )", ")").replace(" )", ")");
    let shown = body.lines().map(|line| match line {
        "}" | "    Ok(())" => format!("# {}", line.trim()),
        _ => line.strip_prefix("    ").unwrap_or(line).to_owned(),
    });
    let before = before.lines().filter(|line| !line.is_empty()).map(str::to_owned);
    fenced(before.chain([format!("# async fn example({} {{", signature.trim_start())]).chain(shown))
}

/// Prints items with a blank line between them, except between two `use` declarations.
fn printed(file: File) -> String {
    let mut text = String::new();
    let mut follows_use = true;
    for item in file.items {
        let is_use = matches!(item, Item::Use(_));
        if !(is_use && follows_use) {
            text.push('\n');
        }
        follows_use = is_use;
        text +=
            &prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] });
    }
    text
}

fn fenced(lines: impl Iterator<Item = String>) -> Vec<String> {
    ["```no_run".to_owned()].into_iter().chain(lines).chain(["```".to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_becomes_a_block_that_hides_its_function() {
        let mut item: Item = syn::parse_quote! {
            #[doc = " Gets."]
            #[snippet {
                use pets::required;
                async fn example(client: &pets::Client, id: Id) -> Result<(), pets::Error> {
                    let reply = client.get(required::Get { id, name: "a\n# ```" }).send().await?;
                    Ok(())
                }
            }]
            pub struct Get;
        };
        expand(&mut item);
        let items = vec![item];
        let printed = prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs: Vec::new(), items });
        let expected = [
            "/// Gets.",
            "/// ```no_run",
            "/// use pets::required;",
            "/// # async fn example(client: &pets::Client, id: Id) -> Result<(), pets::Error> {",
            "/// let reply = client",
            "///     .get(required::Get {",
            "///         id,",
            r##"///         name: "a\n# ```","##,
            "///     })",
            "///     .send()",
            "///     .await?;",
            "/// # Ok(())",
            "/// # }",
            "/// ```",
            "pub struct Get;",
        ];
        assert_eq!(printed.lines().collect::<Vec<_>>(), expected);
    }
}
