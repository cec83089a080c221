//! The facts of a page: what the page says about an operation, each with its line and its words.

use serde_json::Value;

use crate::page::vocabulary::{Place, TypeWord};

/// A value that a page states, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// The line of the page.
    pub line: usize,
    /// The words that state the value.
    pub words: String,
    /// The index in [`Page::facts`].
    pub fact: usize,
}

impl<T> Stated<T> {
    /// Returns another value that the same words state.
    pub(crate) fn with<U>(&self, value: U) -> Stated<U> {
        Stated { value, line: self.line, words: self.words.clone(), fact: self.fact }
    }
}

/// A fact, as [`Page::facts`] lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The kind of the fact.
    pub kind: FactKind,
    /// The parameter, property or status that the fact is about; empty if it is about the operation.
    pub subject: String,
    /// The words that state the fact.
    pub words: String,
    /// The line of the page.
    pub line: usize,
}

/// The kind of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FactKind {
    /// The title of the page.
    Title,
    /// The HTTP method.
    Method,
    /// A form of the path.
    Path,
    /// The address of a server.
    Server,
    /// A parameter of the request.
    Parameter,
    /// A property of a body.
    Property,
    /// A header of a response.
    ResponseHeader,
    /// Whether a value is mandatory.
    Mandatory,
    /// The type of a value.
    Type,
    /// A bound of a value.
    Bound,
    /// The default.
    Default,
    /// The values that are allowed.
    Values,
    /// The form or the characters of a value.
    Form,
    /// An example of a value.
    Example,
    /// A description in prose.
    Description,
    /// That there is a body, or none.
    Body,
    /// A status code.
    Status,
    /// An example of a request.
    RequestExample,
    /// An example of a response.
    ResponseExample,
    /// A reference to error codes.
    Errors,
}

impl FactKind {
    /// Returns the word for the kind.
    pub fn word(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Method => "method",
            Self::Path => "path",
            Self::Server => "server",
            Self::Parameter => "parameter",
            Self::Property => "property",
            Self::ResponseHeader => "response header",
            Self::Mandatory => "mandatory",
            Self::Type => "type",
            Self::Bound => "bound",
            Self::Default => "default",
            Self::Values => "values",
            Self::Form => "form",
            Self::Example => "example",
            Self::Description => "description",
            Self::Body => "body",
            Self::Status => "status",
            Self::RequestExample => "request example",
            Self::ResponseExample => "response example",
            Self::Errors => "errors",
        }
    }

    /// Returns whether a document can state the fact in a keyword. A description in prose is for the transcriber's own words.
    pub fn is_comparable(self) -> bool {
        !matches!(self, Self::Description | Self::Errors)
    }
}

/// How a line of a page was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub enum LineUse {
    /// The line is blank, or has only marks of the format.
    #[default]
    Structure,
    /// Prose, and parts of the site around the page.
    Prose,
    /// Sample code.
    Code,
    /// The line states a fact.
    Fact,
    /// The line may state a fact, and it was not read.
    NotRead,
}

/// What a page says.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The name of the file.
    pub file: String,
    /// The name of the vocabulary.
    pub vocabulary: &'static str,
    /// The title.
    pub title: Option<Stated<String>>,
    /// All headings, each with its line.
    pub headings: Vec<(usize, String)>,
    /// The forms of the request URL.
    pub forms: Vec<Form>,
    /// The addresses of servers.
    pub servers: Vec<Stated<String>>,
    /// The parameters of the request: in the path, the query, headers and cookies.
    pub parameters: Vec<Field>,
    /// The body of the request.
    pub body: Option<Body>,
    /// The responses, by status.
    pub responses: Vec<Response>,
    /// The examples of requests.
    pub request_examples: Vec<RequestExample>,
    /// The examples of response bodies.
    pub response_examples: Vec<ResponseExample>,
    /// Every fact, in the order of the page.
    pub facts: Vec<Fact>,
    /// For each line, how it was read. The first line has the index 0.
    pub lines: Vec<LineUse>,
    /// The lines that were not read, each with the reason.
    pub unread: Vec<(usize, String)>,
    /// Whether a table describes all parameters of the URL, in the path and in the query.
    pub has_url_table: bool,
    /// The number of rows in tables.
    pub table_rows: usize,
    /// The number of rows in tables that became facts or that list codes and words in prose.
    pub rows_read: usize,
}

/// A form of the request URL.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The HTTP method.
    pub method: Option<Stated<String>>,
    /// The path, with placeholders in braces, as it is written.
    pub path: Stated<String>,
    /// The last line of the form.
    pub last_line: usize,
}

/// A parameter, a header or a property.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The name.
    pub name: Stated<String>,
    /// The place.
    pub place: Place,
    /// Whether it is mandatory; `None` if the page does not say so.
    pub mandatory: Option<Stated<bool>>,
    /// The type; `None` if the page does not say so.
    pub kind: Option<Stated<TypeName>>,
    /// Bounds, defaults, values and examples.
    pub rules: Vec<Stated<Rule>>,
    /// The properties, if it is an object or a list of objects.
    pub fields: Vec<Field>,
    /// Whether the properties are left out here, since the page describes them around this field.
    pub is_recursive: bool,
    /// Whether the place follows from the method of the request: the same table describes the query of a GET and the body of a PUT.
    pub follows_method: bool,
    /// The description.
    pub description: String,
}

/// A type, as a cell names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeName {
    /// The type.
    pub base: TypeWord,
    /// The type of the items of an array, or of the values of a map.
    pub inner: Option<Box<TypeName>>,
    /// The name of an object.
    pub object: Option<String>,
    /// The anchor to which the name links.
    pub link: Option<String>,
}

/// A bound, a default, a set of values or an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// The shortest length.
    MinLength(u64),
    /// The greatest length.
    MaxLength(u64),
    /// The least number of items.
    MinItems(u64),
    /// The greatest number of items.
    MaxItems(u64),
    /// The least number.
    Minimum(String),
    /// The greatest number.
    Maximum(String),
    /// The default.
    Default(String),
    /// The allowed values.
    Values(Vec<String>),
    /// An example.
    Example(String),
    /// The form, as a template.
    Form(String),
    /// The allowed characters.
    Charset(String),
    /// Characters that are not allowed.
    Forbidden(String),
    /// Letters are in lower case.
    Lowercase,
    /// The header may be repeated.
    Repeated,
}

/// A body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// That there is a body, or that there is none.
    pub exists: Stated<bool>,
    /// The properties.
    pub fields: Vec<Field>,
}

/// A response.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The status.
    pub status: Stated<u16>,
    /// Whether the page states the status itself, rather than only a table of the response.
    pub is_stated: bool,
    /// The headers.
    pub headers: Vec<Field>,
    /// The body; `None` if the page does not mention it.
    pub body: Option<Body>,
}

/// An example of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestExample {
    /// The first line.
    pub line: usize,
    /// The last line.
    pub last_line: usize,
    /// The method.
    pub method: Option<Stated<String>>,
    /// The URL, as it is written.
    pub url: Option<Stated<String>>,
    /// The headers.
    pub headers: Vec<Stated<(String, String)>>,
    /// The body.
    pub body: Option<Stated<Value>>,
}

/// An example of a response body.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseExample {
    /// The status, if the page states it.
    pub status: Option<u16>,
    /// The body.
    pub body: Stated<Value>,
}

impl Form {
    /// Returns the HTTP method, if the form has one.
    pub(crate) fn method_name(&self) -> Option<&str> {
        self.method.as_ref().map(|method| method.value.as_str())
    }
}

impl Field {
    /// Creates a field of which a page states nothing but the name and the place.
    pub(crate) fn new(name: Stated<String>, place: Place) -> Self {
        Self {
            name,
            place,
            mandatory: None,
            kind: None,
            rules: Vec::new(),
            fields: Vec::new(),
            is_recursive: false,
            follows_method: false,
            description: String::new(),
        }
    }

    /// Returns the type of a row that states none: a row with properties is an object, and any other row is a text.
    pub(crate) fn implied_type(&self) -> TypeName {
        let base = if self.fields.is_empty() { TypeWord::String } else { TypeWord::Object };
        TypeName { base, inner: None, object: None, link: None }
    }
}

impl Page {
    /// Returns the number of lines that were not read.
    pub fn unread_lines(&self) -> usize {
        self.lines.iter().filter(|used| **used == LineUse::NotRead).count()
    }

    /// Returns the examples of the body of a response. An example without a status is of the success. HTTP has no
    /// content in responses such as 204, whatever the page prints.
    pub(crate) fn examples_of(&self, status: u16) -> impl Iterator<Item = &ResponseExample> {
        let is_success = (200..300).contains(&status);
        let has_content = !matches!(status, 100..=199 | 204 | 304);
        let response = self.responses.iter().find(|response| response.status.value == status);
        // The page says that there is no body, and prints `{}` for it.
        let is_denied = response.and_then(|response| response.body.as_ref()).is_some_and(|body| !body.exists.value);
        let is_of = move |example: &&ResponseExample| example.status.map_or(is_success, |stated| stated == status);
        let is_empty = |body: &Value| body.as_object().is_some_and(serde_json::Map::is_empty);
        let is_shown = move |example: &&ResponseExample| has_content && !(is_denied && is_empty(&example.body.value));
        self.response_examples.iter().filter(is_of).filter(is_shown)
    }

    /// Returns whether the page describes the placeholders of the path in a table.
    pub(crate) fn describes_path(&self) -> bool {
        self.has_url_table || self.parameters.iter().any(|field| field.place == Place::Path)
    }

    /// Returns whether parameters whose place follows from the method are in the query. With other methods, they are in the body.
    pub(crate) fn is_reading(method: &str) -> bool {
        matches!(method, "GET" | "HEAD")
    }

    /// Returns the page as it is with another method: parameters whose place follows from the method are in the body, or in the query.
    pub(crate) fn with_method(&self, method: &str) -> Self {
        let mut page = self.clone();
        let is_read = Self::is_reading(method);
        let is_moved = |field: &Field| field.follows_method && (field.place == Place::Query) != is_read;
        let place = if is_read { Place::Query } else { Place::Body };
        let (moved, kept): (Vec<Field>, _) = std::mem::take(&mut page.parameters).into_iter().partition(is_moved);
        page.parameters = kept;
        let body = page.body.as_mut().map(|body| std::mem::take(&mut body.fields)).unwrap_or_default();
        let (from_body, kept): (Vec<Field>, Vec<Field>) = body.into_iter().partition(is_moved);
        let exists = moved.first().map(|field| field.name.with(true));
        match (&mut page.body, exists) {
            (Some(body), _) => body.fields = kept,
            (None, Some(exists)) => page.body = Some(Body { exists, fields: Vec::new() }),
            (None, None) => {}
        }
        page.body = page.body.filter(|body| !body.fields.is_empty() || !moved.is_empty() || from_body.is_empty());
        let with_place = |field: Field| Field { place, ..field };
        page.parameters.extend(from_body.into_iter().map(with_place));
        if let Some(body) = &mut page.body {
            body.fields.extend(moved.into_iter().map(with_place));
        }
        page
    }

    /// Returns whether the page describes an operation: it has a form of the request URL.
    pub fn has_operation(&self) -> bool {
        !self.forms.is_empty()
    }
}
