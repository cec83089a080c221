//! `README.md`: the purpose of the crate, its features, and for each API a quick start and a table of its operations.

mod credentials;
pub mod features;
mod markdown;
mod mock;
mod pages;
pub(crate) mod quick_start;
mod retries;
mod shell;
mod streams;

use crate::emit::manifest::Manifest;
use crate::emit::module::{Items, fixed_items};
use crate::emit::trait_sample;
use crate::ir::{Api, CredentialLocation, Operation, Path, TemplateTable};
use crate::options::Options;
use markdown::{code, escaped, first_paragraph, first_sentence, row, table_head};

/// The README of a crate.
pub struct Readme {
    /// The file names of the OpenAPI documents. The comment in the first line contains these names.
    pub source: String,
    /// The blocks of the README, in order.
    pub blocks: Vec<Block>,
}

/// A block of a README.
pub enum Block {
    /// Markdown, which ends with a line break.
    Markdown(String),
    /// A fenced block of Rust.
    Rust(Items<'static>),
}

/// Returns the README of the crate that is generated for `apis`.
pub fn readme(apis: &[Api], source: &str, manifest: &Manifest, options: &Options) -> Readme {
    let mut blocks = vec![Block::Markdown(format!("# {}\n", manifest.name))];
    match apis {
        [api] if options.at_root => {
            blocks.push(Block::Markdown(introduction(api)));
            blocks.push(Block::Markdown(USAGE.to_owned()));
            blocks.extend(quick_start(api, "##"));
            blocks.extend(self::retries(apis));
            blocks.extend(self::pages(apis));
            blocks.extend(self::credentials(apis));
            blocks.extend(self::streams(apis));
            blocks.extend(self::mock(apis));
            blocks.extend(self::traits(apis));
            blocks.extend(shell::section(apis, &manifest.name, options.at_root).map(Block::Markdown));
            blocks.push(Block::Markdown(operations(api, "##", manifest)));
            blocks.push(Block::Markdown(features::section(manifest, &features::of_groups(manifest))));
        }
        _ => {
            blocks.push(Block::Markdown(modules(apis)));
            blocks.push(Block::Markdown(USAGE.to_owned()));
            blocks.extend(self::retries(apis));
            blocks.extend(self::pages(apis));
            blocks.extend(self::credentials(apis));
            blocks.extend(self::streams(apis));
            blocks.extend(self::mock(apis));
            blocks.extend(self::traits(apis));
            blocks.extend(shell::section(apis, &manifest.name, options.at_root).map(Block::Markdown));
            blocks.push(Block::Markdown(features::section(manifest, &features::of_apis(apis, manifest))));
            for api in apis {
                blocks.push(Block::Markdown(format!(
                    "## {}\n\n{}\n{}",
                    code(&api.module),
                    api.title,
                    description(api)
                )));
                blocks.extend(quick_start(api, "###"));
                blocks.push(Block::Markdown(operations(api, "###", manifest)));
            }
        }
    }
    Readme { source: source.to_owned(), blocks }
}

/// The section about the use of a client.
const USAGE: &str = "\
Each operation is a method of `Client`. One required value is its argument; two or more are the fields of a struct literal, from the
module `required`. Further methods set optional values, and `send` sends the request. Requests are validated before they are sent. An
invalid request is not sent, and the error lists every violation. Responses are decoded but not validated, unless the builder or the
`CallOptions` say so. Redirects are not followed. A call ends after 120 seconds, counted from connecting to the last byte of the
response, with all its attempts. A body may have 64 MiB after decompression: `timeout` and `max_response_bytes` of the builder or of
`CallOptions` set other limits. `reqwest` limits the headers of a response.

A credential goes to the host of the base URL only, and never over plain HTTP, except to the own computer. Credentials are those of
security schemes, default headers, cookies and secret parameters. `Builder::allow_credentials_for` allows another host that the document
names for an operation, and `Builder::allow_plain_http` allows plain HTTP. Secrets and cookies are not printed, and long values are cut.

A call that fails returns a `runtime::Error`. Its predicates classify the failure: `is_invalid_request`, `is_timeout`, `is_service` (the
service reports a failure), `is_decode` (a member is missing or has another type) and `is_invalid_response` (a value is invalid), among
others. `status`, `code` and `message` return what the service sent.

The quick start is an async function for a Tokio runtime, which `reqwest` needs. `cargo doc --open` shows the whole documentation.
";

/// The text of the section about retries and errors.
const RETRIES: &str = "\
## Retries and errors

A call that may be sent twice without harm has up to three attempts: the operation is idempotent by its HTTP method or because the
document says so, or the call has an idempotency key. A request that is not idempotent is sent again only if no connection was
established. Attempts follow after 408, 429, 500, 502, 503 and 504, after a lost connection and after the timeout of an attempt, with a
random delay that doubles, or after the time that the service asks for (`Retry-After`). All clones of a client share a retry budget. The
fields of `Reply::earlier_attempts` and `Error::earlier_attempts` say what happened before. `RetryPolicy` and `CallOptions` change all of
this for a client or a call, and `Hooks` observe each attempt. A call that is dropped sends nothing more.

After all attempts, `Error::is_retryable` tells whether the call may be sent again, and `Error::retry_after` how long the service asks to
wait.
";

/// The text of the section about pages.
const PAGES: &str = "\
## Pages

An operation whose results are divided into pages has two more methods. `items` requests page after page and returns their items,
`pages` returns the pages themselves; each page is a call of its own, with the options of the operation. `limit` ends the requests.
`into_stream` makes a `Stream` of `futures-core`, and `into_iter_blocking` an iterator for a blocking client. A `PageToken` is the place of
a page: it converts to text and back, so that another process can continue. After an error, the token still names the page that failed. A
page is requested only from the server of the call, because the request has your credentials.
";

/// The text of the section about streams.
const STREAMS: &str = "\
## Streams

Operations whose response is a series of items have the method `stream`, and operations whose response or request is bytes have
`download` or `upload`. Items are decoded and validated one by one, an item may have 64 MiB (`max_response_bytes`), and a stream has no
limit. The timeout of the call ends with the headers of the response: `idle_timeout` limits the time between bytes. Server-sent events
resume after a lost connection if the service numbers them and the operation is idempotent.
";

/// The text of the section about credentials.
const CREDENTIALS: &str = "\
## Credentials

The builder has a method for each security scheme. It takes a value, or a `CachedCredential`: the closure or the type in it issues the
credential when a call needs it, and again two minutes before it expires (`refresh_before`). One refresh runs at a time, and calls use
the old credential while it is valid. If no credential can be issued, the call fails with `Error::is_credential`. A blocking client takes
`CachedCredential::blocking`. The document decides which credentials an operation needs: of several alternatives, the first one is used
for which the client has all credentials. A missing one is an error that names the method, and nothing is sent.
`CallOptions::credentials` sets credentials for one call. No environment variable is read unless your code asks for it.
";

/// The text of the section about tests.
const MOCK: &str = "\
## Tests

With the feature `mock`, `runtime::Mock` is a transport that sends nothing and returns what a test has chosen: responses, a lost
connection, and with `respond_unchecked` what a service sends that is out of order. `respond`, and `reply` for a typed body, compare the
status and the body with the OpenAPI document, so that a test does not rely on a response that the service cannot send. The requests are
recorded. They are validated by the client, like all requests.

`on` chooses the responses to all calls of an operation, and `expect_call` the response to a call with certain arguments: method, URL,
headers and body must be equal. At the end of the test, `verify` names each expected request that was not sent, or was sent too often, and
each request that nobody expected.
";

/// The text of the section about traits over operations.
const TRAITS: &str = "\
### A fake in place of a client

With the feature `traits`, the module `traits` of an API has a trait with a method for each operation, which `Client` implements. Code that
takes the trait needs no client in tests, but a type of the test's own with the methods that the code calls. Each of the others returns an
error, so that a further operation breaks no such type. A method takes its arguments as a struct of the module `arguments`, whose fields
a test can look at. `FakeResponse` (with the feature `mock`) becomes what a call returns: a reply with its headers, or the error of a
documented failure. It is compared with the OpenAPI document. `runtime::from_value` makes a value of any type of the document from JSON.
Pages and streams are not in the trait: use `runtime::Mock` for them.
";

/// The text about signatures.
const SIGNING: &str = "
A signing key signs each request when it is complete: its method, path, query, body, host and headers, except `Accept` and `User-Agent`.
The signature is the header `Authorization`; a default header of this name is replaced. The secret key is never sent, and is overwritten in
memory when the last copy of the key is dropped. The clock of the computer must be right: a gateway accepts a difference of 15 minutes.
`SigningKey` has methods for a security token, a project and a domain.
";

/// Returns the section about retries and errors. It is empty if no API has an operation.
fn retries(apis: &[Api]) -> Vec<Block> {
    let Some(api) = apis.iter().find(|api| !api.operations.is_empty()) else { return Vec::new() };
    vec![Block::Markdown(RETRIES.to_owned()), Block::Rust(fixed_items(&retries::code(api)))]
}

/// Returns the section about pages. It is empty if no operation has pages.
fn pages(apis: &[Api]) -> Vec<Block> {
    let code = pages::code(apis);
    code.map(|code| vec![Block::Markdown(PAGES.to_owned()), Block::Rust(fixed_items(&code))]).unwrap_or_default()
}

/// Returns the section about tests.
fn mock(apis: &[Api]) -> Vec<Block> {
    let code = mock::code(apis).map(|code| Block::Rust(fixed_items(&code)));
    [Block::Markdown(MOCK.to_owned())].into_iter().chain(code).collect()
}

/// Returns the section about traits over operations. It is empty if no API has such a trait.
fn traits(apis: &[Api]) -> Vec<Block> {
    let code = apis.iter().find_map(trait_sample::code);
    code.map(|code| vec![Block::Markdown(TRAITS.to_owned()), Block::Rust(fixed_items(&code))]).unwrap_or_default()
}

/// Returns the section about streams. It is empty if no API has a stream.
fn streams(apis: &[Api]) -> Vec<Block> {
    let code = streams::code(apis);
    let text = (!code.is_empty()).then(|| Block::Markdown(STREAMS.to_owned()));
    text.into_iter().chain(code.iter().map(|code| Block::Rust(fixed_items(code)))).collect()
}

/// Returns the section about credentials. It is empty if no API has a credential.
fn credentials(apis: &[Api]) -> Vec<Block> {
    let Some(code) = credentials::code(apis) else { return Vec::new() };
    let mut schemes = apis.iter().flat_map(|api| &api.security_schemes);
    let signs = schemes.any(|scheme| scheme.location == CredentialLocation::SdkHmacSha256);
    let text = if signs { format!("{CREDENTIALS}{SIGNING}") } else { CREDENTIALS.to_owned() };
    vec![Block::Markdown(text), Block::Rust(fixed_items(&code))]
}

/// Returns the introduction of a crate with one API at its root.
fn introduction(api: &Api) -> String {
    let version =
        if api.version.trim().is_empty() { String::new() } else { format!(", version {}", code(&api.version)) };
    let (title, file, description) = (&api.title, code(&api.file), description(api));
    format!("{title}{version}: a typed client with validators, generated by copperplate from {file}.\n{description}")
}

/// Returns the introduction of a crate with several APIs.
fn modules(apis: &[Api]) -> String {
    let mut text = "Typed clients with validators, generated by copperplate. Each API has a module.\n\n".to_owned();
    text += &table_head(["Module", "API", "Version", "Document"]);
    for api in apis {
        let module = format!("[{0}](#{1})", code(&api.module), api.module);
        text += &row([&module, &api.title, &code(&api.version), &code(&api.file)]);
    }
    text
}

/// Returns the first paragraph of the API's description, after a blank line.
fn description(api: &Api) -> String {
    first_paragraph(&api.docs).map(|paragraph| format!("\n{paragraph}\n")).unwrap_or_default()
}

/// Returns the quick start of an API, with its heading.
fn quick_start(api: &Api, level: &str) -> Vec<Block> {
    let Some(code) = quick_start::code(api) else { return Vec::new() };
    let operation = api.quick_start.as_ref().map(|quick_start| &api.operations[quick_start.operation]);
    let responses = operation.map(|operation| &operation.responses).filter(|responses| !responses.failures.is_empty());
    let failure = responses.map(|responses| {
        let path = format!("{}::{}", api.public_path.join("::"), responses.failure_type);
        let sentence = "If the document describes the failure, its typed value is";
        Block::Markdown(format!("{sentence} `error.failure::<{path}>()`.\n"))
    });
    [Block::Markdown(format!("{level} Quick start\n")), Block::Rust(fixed_items(&code))]
        .into_iter()
        .chain(failure)
        .collect()
}

/// Returns the table of operations. For a large API, each row of the table has a tag and the number of operations with this tag.
fn operations(api: &Api, level: &str, manifest: &Manifest) -> String {
    let mut text = format!("{level} Operations\n\n");
    if api.operations.is_empty() {
        return text + "The document describes no operations.\n";
    }
    if !api.layout.split {
        text += &table_head(["Method", "Request", "Summary"]);
        text.extend(api.operations.iter().map(operation));
        return text;
    }
    let count = |index: usize| api.layout.operations.iter().filter(|place| place.group.0 == index).count().to_string();
    let groups = api.layout.groups.iter().enumerate();
    if !api.layout.groups.iter().all(|group| manifest.features.contains(&group.feature)) {
        text += &table_head(["Tag", "Operations"]);
        text.extend(groups.map(|(index, group)| row([&escaped(&group.title), &count(index)])));
    } else {
        text += &table_head(["Tag", "Feature", "Operations"]);
        text.extend(groups.map(|(index, group)| row([&escaped(&group.title), &code(&group.feature), &count(index)])));
    }
    text
}

fn operation(operation: &Operation) -> String {
    let (template, others) = match &operation.path {
        Path::Template { template, .. } => (template.as_str(), 0),
        Path::Overloaded { templates, .. } => {
            let mut all = Vec::new();
            collect(templates, &mut all);
            (all.first().copied().unwrap_or_default(), all.len().saturating_sub(1))
        }
    };
    let request = code(&format!("{} {template}", operation.method));
    let request = match others {
        0 => request,
        1 => format!("{request} and another path"),
        others => format!("{request} and {others} other paths"),
    };
    let summary = first_paragraph(&operation.docs).unwrap_or_default();
    let deprecated = if operation.deprecated { "**Deprecated.** " } else { "" };
    row([&code(&operation.method_name), &request, &format!("{deprecated}{}", first_sentence(&summary))])
}

/// Adds all path templates of an overloaded method to `all`.
fn collect<'t>(templates: &'t TemplateTable, all: &mut Vec<&'t str>) {
    match templates {
        TemplateTable::Template(template) => all.push(template),
        TemplateTable::Forms(forms) => forms.iter().for_each(|form| collect(form, all)),
    }
}
