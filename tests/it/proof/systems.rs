//! Pages of documentation systems that have no vocabulary: what describes a value becomes a fact, or is reported as not read.

use std::fmt::Write as _;

use copperplate::page::fact::{Field, Page};
use copperplate::page::{Format, read};

/// Returns the request URLs, parameters, properties, statuses and the lines that were not read.
fn shown(format: Format, text: &str) -> String {
    let page = read("page", text, format);
    let mut shown = String::new();
    for form in &page.forms {
        let method = form.method.as_ref().map_or("-", |method| method.value.as_str());
        write!(shown, "{method} {}; ", form.path.value).unwrap();
    }
    let body = page.body.iter().flat_map(|body| &body.fields);
    for field in page.parameters.iter().chain(body) {
        write!(shown, "{}; ", of_field(field)).unwrap();
    }
    for response in &page.responses {
        write!(shown, "{}; ", response.status.value).unwrap();
        for field in response.body.iter().flat_map(|body| &body.fields) {
            write!(shown, "{}; ", of_field(field)).unwrap();
        }
    }
    format!("{shown}not read: {:?}", unread(&page))
}

fn of_field(field: &Field) -> String {
    let kind = field.kind.as_ref().map_or("-".to_owned(), |kind| format!("{:?}", kind.value.base));
    let mandatory = field.mandatory.as_ref().map_or("", |stated| if stated.value { "!" } else { "?" });
    let rules: Vec<String> = field.rules.iter().map(|rule| format!(" {:?}", rule.value)).collect();
    format!("{:?} {}{mandatory} {kind}{}", field.place, field.name.value, rules.concat())
}

fn unread(page: &Page) -> Vec<usize> {
    let mut lines: Vec<usize> = page.unread.iter().map(|(line, _)| *line).collect();
    lines.dedup();
    lines
}

#[test]
fn directives_of_sphinx_are_not_read() {
    let page = "Wheels\n======\n\n.. http:get:: /wheels/(int:id)\n\n   The wheel.\n\n   :param id: the wheel\n   :query sort: one of a, b\n";
    assert_eq!(shown(Format::Rst, page), "not read: [4]");
}

#[test]
fn pages_of_slate_are_read() {
    let page = "# Get a Wheel\n\nIt gets a wheel.\n\n### HTTP Request\n\n`GET http://a.example/wheels/<ID>`\n\n### URL Parameters\n\n\
                Parameter | Description\n--- | ---\nID | The wheel.\n\n### Query Parameters\n\nParameter | Default | Description\n\
                --- | --- | ---\nlimit | 20 | The number. Maximum length: 3\n";
    assert_eq!(
        shown(Format::Markdown, page),
        "GET http://a.example/wheels/{ID}; Path ID -; Query limit - Default(\"20\") MaxLength(3); not read: []"
    );
}

#[test]
fn a_column_states_the_place_of_each_row() {
    let page = "# Create a wheel\n\n`POST /sites/{site}/wheels`\n\n##### Parameters\n\n| Name | Located in | Description | Required | Schema |\n\
                |---|---|---|---|---|\n| X-Trace | header | A trace | No | string |\n| site | path | The site | Yes | string |\n\
                | dry | query | Do nothing | No | boolean |\n| body | body | The wheel | Yes | [Wheel](#wheel) |\n\n\
                ##### Responses\n\n| Code | Description |\n|---|---|\n| 201 | created |\n\n#### Wheel\n\n| Name | Type | Description |\n\
                |---|---|---|\n| id | long | The ID |\n";
    assert_eq!(
        shown(Format::Markdown, page),
        "POST /sites/{site}/wheels; Header X-Trace? String; Path site! String; Query dry? Boolean; 201; not read: [12, 24]"
    );
}

#[test]
fn rows_name_placeholders_in_braces() {
    let page = "# Read\n\n## Endpoint\n\n`GET /v1/{site}/wheels`\n\n## Path parameters\n\n| Name | Description |\n|---|---|\n\
                | {site} | The site. |\n| {id} | The wheel. |\n";
    assert_eq!(shown(Format::Markdown, page), "GET /v1/{site}/wheels; Path site -; not read: [12]");
}

#[test]
fn tables_in_directives_are_read() {
    let page = "Create\n======\n\nURI\n---\n\nPOST /v1/{site}/wheels\n\n.. list-table:: Path parameters\n   :header-rows: 1\n\n   * - Parameter\n\
                \x20    - Mandatory\n     - Description\n   * - site\n     - Yes\n     - The site.\n\n.. csv-table:: Query parameters\n   \
                :header: \"Parameter\", \"Mandatory\", \"Type\", \"Description\"\n\n   \"dry\", \"No\", \"Boolean\", \"Check, and create nothing.\"\n";
    assert_eq!(shown(Format::Rst, page), "POST /v1/{site}/wheels; Path site! -; Query dry? Boolean; not read: []");
}

#[test]
fn values_in_lists_are_reported() {
    let lists = "<h1>List</h1>\n<h2>Endpoint</h2>\n<p><code>GET /v1/wheels</code></p>\n<h2>Query parameters</h2>\n<dl>\n\
                 <dt>limit <em>integer</em> required</dt><dd>The number.</dd>\n<dt>marker</dt><dd>The start.</dd></dl>\n\
                 <h2>Responses</h2><dl><dt>200</dt><dd>OK</dd><dt>404</dt><dd>None</dd></dl>\n";
    assert_eq!(shown(Format::Html, lists), "GET /v1/wheels; 200; 404; not read: [6, 7]");
    let bullets = "# Create\n\n## Endpoint\n\n`POST /v1/wheels`\n\n## Request body\n\n- `name` (string, required): the name\n\
                   - `rim` (object): the rim\n  - `color` (string): the color\n\n## Responses\n\n- `201` Created\n- `400` Bad request\n";
    assert_eq!(shown(Format::Markdown, bullets), "POST /v1/wheels; 201; 400; not read: [9, 10, 11]");
    let fields = "Read\n====\n\nEndpoint\n--------\n\n``GET /v1/wheels/{id}``\n\nPath parameters\n---------------\n\n:id: The wheel.\n\n\
                  Query parameters\n----------------\n\n``limit`` (integer)\n    The number.\n";
    assert_eq!(shown(Format::Rst, fields), "GET /v1/wheels/{id}; not read: [12, 17]");
}

#[test]
fn a_page_has_the_operation_of_its_first_heading() {
    let page = "# Wheels\n\n## GET /wheels/{id}\n\n### Parameters\n\n**id** `integer` *(path)* **required**\n\n### Responses\n\n**200** OK\n\n\
                ## DELETE /wheels/{id}\n\n### Parameters\n\n| Name | In | Type |\n|---|---|---|\n| force | query | boolean |\n";
    assert_eq!(shown(Format::Markdown, page), "GET /wheels/{id}; 200; not read: [7, 13]");
}

#[test]
fn a_table_below_an_unknown_heading_has_no_place() {
    let page = "<h1>Wheel API</h1>\n<h2>Read a wheel</h2>\n<p>GET /wheels/:id</p>\n<h3>Parameter</h3>\n\
                <table><tr><th>Field</th><th>Type</th><th>Description</th></tr>\n<tr><td>id</td><td>Number</td><td>The wheel.</td></tr>\n\
                <tr><td>size <span>optional</span></td><td>String</td><td>The size.</td></tr></table>\n<h3>Success 200</h3>\n\
                <table><tr><th>Field</th><th>Type</th><th>Description</th></tr>\n<tr><td>name</td><td>String</td><td>A name.</td></tr></table>\n";
    assert_eq!(shown(Format::Html, page), "GET /wheels/{id}; Path id Number; Query size? String; not read: [10]");
}

#[test]
fn cells_that_span_rows_and_columns_are_reported() {
    let html = "<h1>Create</h1><h2>URI</h2><p>POST /v1/wheels</p>\n<h2>Request body</h2>\n\
                <table><tr><th>Parameter</th><th>Mandatory</th><th>Type</th><th>Description</th></tr>\n\
                <tr><td rowspan=\"2\">size</td><td>Yes</td><td>Integer</td><td>The size.</td></tr>\n\
                <tr><td>No</td><td>String</td><td>Or a word.</td></tr>\n<tr><td colspan=\"4\">Rim</td></tr>\n\
                <tr><td>color</td><td colspan=\"2\">String</td><td>The color.</td></tr></table>\n";
    assert_eq!(
        shown(Format::Html, html),
        "POST /v1/wheels; Body size! Integer; Body color String; not read: [4, 6, 7]"
    );
    let grid = "Create\n======\n\nURI\n---\n\nPOST /v1/wheels\n\nRequest Parameters\n------------------\n\n.. table:: **Table 1** Request body parameters\n\n   \
                +-------+-----------+---------+-------------+\n   | Name  | Mandatory | Type    | Description |\n   \
                +=======+===========+=========+=============+\n   | The rim of the wheel                      |\n   \
                +-------+-----------+---------+-------------+\n   | color | No        | String  | The color.  |\n   \
                |       +-----------+---------+-------------+\n   |       | No        | Integer | An old form.|\n   \
                +-------+-----------+---------+-------------+\n";
    assert_eq!(shown(Format::Rst, grid), "POST /v1/wheels; Body color? String; not read: [17, 21]");
}

#[test]
fn unknown_columns_and_empty_tables_are_reported() {
    let page = |head: &str, row: &str| {
        format!(
            "# Create\n\n## URI\n\nPOST /v1/wheels\n\n## Request Body\n\n| Parameter | {head} | Type |\n|---|---|---|\n{row}"
        )
    };
    let row = "| size | Yes | Integer |\n";
    assert_eq!(shown(Format::Markdown, &page("Mandatory", row)), "POST /v1/wheels; Body size! Integer; not read: []");
    assert_eq!(shown(Format::Markdown, &page("Needed", row)), "POST /v1/wheels; Body size Integer; not read: [9]");
    assert_eq!(shown(Format::Markdown, &page("Mandatory", "")), "POST /v1/wheels; not read: [9]");
    let unclear = "| size | Yes, if it is round | Integer |\n";
    assert_eq!(
        shown(Format::Markdown, &page("Mandatory", unclear)),
        "POST /v1/wheels; Body size Integer; not read: [11]"
    );
}
