//! Tests of reading pages: one page in four formats, and pages that are damaged.

use copperplate::page::fact::Page;
use copperplate::page::{Format, read};

/// A page in plain text, with a cell in each line.
const TEXT: &str = "Turning a Wheel\n\nURI\n\nPUT /v1/{site}/wheels/{wheel_id}\n\nTable 1 Path Parameters\n\nParameter\n\nMandatory\n\nType\n\n\
Description\n\nsite\n\nYes\n\nString\n\nThe site.\n\nwheel_id\n\nYes\n\nString\n\nThe wheel. Maximum length: 36\n\nRequest Parameters\n\n\
Table 2 Request body parameters\n\nParameter\n\nMandatory\n\nType\n\nDescription\n\nrim\n\nYes\n\nRim object\n\nThe rim.\n\nTable 3 Rim\n\n\
Parameter\n\nMandatory\n\nType\n\nDescription\n\ncolors\n\nNo\n\nArray of strings\n\nThe value can be red or blue.\n\nStatus Codes\n\n\
Status Code\n\nDescription\n\n204\n\nIt turns.\n";

const RST: &str = "Turning a Wheel\n===============\n\nURI\n---\n\nPUT /v1/{site}/wheels/{wheel_id}\n\n.. table:: **Table 1** Path Parameters\n\n   \
========= ========= ====== =============================\n   Parameter Mandatory Type   Description\n   ========= ========= ====== =============================\n   \
site      Yes       String The site.\n   wheel_id  Yes       String The wheel. Maximum length: 36\n   ========= ========= ====== =============================\n\n\
Request Parameters\n------------------\n\n.. table:: **Table 2** Request body parameters\n\n   +-----------+-----------+--------------------------+-------------+\n   \
| Parameter | Mandatory | Type                     | Description |\n   +===========+===========+==========================+=============+\n   \
| rim       | Yes       | :ref:`Rim <t__rim>` object | The rim.  |\n   +-----------+-----------+--------------------------+-------------+\n\n.. _t__rim:\n\n\
.. table:: **Table 3** Rim\n\n   +-----------+-----------+------------------+--------------------------------+\n   \
| Parameter | Mandatory | Type             | Description                    |\n   +===========+===========+==================+================================+\n   \
| colors    | No        | Array of strings | The value can be:              |\n   |           |           |                  |                                |\n   \
|           |           |                  | -  **red**: like fire          |\n   |           |           |                  | -  **blue**: like the sky      |\n   \
+-----------+-----------+------------------+--------------------------------+\n\nStatus Codes\n------------\n\n=========== ===========\nStatus Code Description\n\
=========== ===========\n204         It turns.\n=========== ===========\n";

const HTML: &str = "<nav><a href=\"/\">Home</a></nav>\n<h1>Turning a Wheel</h1>\n<h4>URI</h4><p>PUT /v1/{site}/wheels/{wheel_id}</p>\n\
<table><caption><b>Table 1 </b>Path Parameters</caption><thead><tr><th>Parameter</th><th>Mandatory</th><th>Type</th><th>Description</th></tr></thead>\n\
<tr><td><p>site</p>\n</td><td>Yes<td>String<td>The site.\n<tr><td>wheel_id<td>Yes<td>String<td>The wheel. Maximum length: 36</table>\n<h4>Request Parameters</h4>\n\
<table><caption>Table 2 Request body parameters</caption><tr><th>Parameter<th>Mandatory<th>Type<th>Description\n\
<tr><td>rim<td>Yes<td><a href=\"#t_rim\">Rim</a> object<td>The rim.</table>\n<a name=\"t_rim\"></a><table><caption>Table 3 Rim</caption>\
<tr><th>Parameter<th>Mandatory<th>Type<th>Description\n<tr><td>colors<td>No<td>Array of strings<td><p>The value can be:</p><ul><li><b>red</b>: like fire\
<li><b>blue</b>: like the sky</ul></table>\n<h4>Status Codes</h4><table><tr><th>Status Code<th>Description<tr><td>204<td>It turns.</table>\n";

/// Returns what a page states, without lines.
fn shown(page: &Page) -> Vec<String> {
    let mut shown: Vec<String> =
        page.parameters.iter().map(|field| format!("{:?} {}", field.place, field.name.value)).collect();
    let body = page.body.as_ref().expect("a body");
    shown.extend(body.fields.iter().map(|field| format!("body {}", field.name.value)));
    let inner = body.fields.iter().flat_map(|field| &field.fields);
    shown.extend(inner.map(|field| {
        format!("in rim: {} {:?}", field.name.value, field.rules.iter().map(|rule| &rule.value).collect::<Vec<_>>())
    }));
    shown.extend(page.responses.iter().map(|response| response.status.value.to_string()));
    shown
}

#[test]
fn a_page_states_the_same_in_every_format() {
    let expected = ["Path site", "Path wheel_id", "body rim", "in rim: colors [Values([\"red\", \"blue\"])]", "204"];
    let markdown = HTML
        .replace("<h1>Turning a Wheel</h1>", "\n# Turning a Wheel\n")
        .replace("<h4>URI</h4><p>", "\n## URI\n\n")
        .replace("</p>\n<table>", "\n\n<table>");
    for (format, page) in
        [(Format::Text, TEXT), (Format::Rst, RST), (Format::Html, HTML), (Format::Markdown, &markdown)]
    {
        let page = read("page", page, format);
        assert_eq!(shown(&page), expected, "{format:?}: {:#?}", page.facts);
        assert_eq!(page.unread, [], "{format:?}");
        assert_eq!(page.title.as_ref().map(|title| title.value.as_str()), Some("Turning a Wheel"), "{format:?}");
        // The line of a fact has its words.
        let text = [TEXT, RST, HTML, &markdown][match format {
            Format::Text => 0,
            Format::Rst => 1,
            Format::Html => 2,
            Format::Markdown => 3,
        }];
        let field = &page.parameters[1].name;
        assert!(text.lines().nth(field.line - 1).unwrap().contains("wheel_id"), "{format:?} {field:?}");
    }
}

/// Every line of a page, cut and repeated: reading it ends, and does not panic.
#[test]
fn damaged_pages_are_read() {
    for page in [TEXT, RST, HTML] {
        for format in [Format::Text, Format::Rst, Format::Html, Format::Markdown] {
            for cut in (0..page.len()).step_by(37).filter(|cut| page.is_char_boundary(*cut)) {
                read("page", &page[..cut], format);
                read("page", &page[cut..], format);
            }
        }
    }
    let deep = "<table><tr><td><ul><li>".repeat(2000) + &"- ".repeat(2000) + &"\n> ".repeat(500);
    let wide = format!("{}\n{}\n", "+-".repeat(5000), "| |".repeat(5000));
    for format in [Format::Text, Format::Rst, Format::Html, Format::Markdown] {
        read("page", &deep, format);
        read("page", &wide, format);
    }
}
