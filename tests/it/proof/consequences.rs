//! One change of a page is one finding, without the findings that only follow from it.

use copperplate::page::{Format, read};
use copperplate::pipeline::PageInput;
use copperplate::transcribe::Transcription;
use copperplate::{Options, Pipeline};

use super::{proof, shown};

const PAGE: &str = "# Change a wheel\n\n## URI\n\nPUT /v1/{site}/wheels/{id}\n\nTable 1 Parameter description\n\n\
                    | Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n| site | Yes | String | The site. |\n\
                    | id | Yes | String | The wheel. |\n\n## Request\n\n| Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n\
                    | size | Yes | Integer | The size. |\n| rim | No | Rim object | The rim. |\n\nTable 3 Rim object\n\n\
                    | Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n| color | No | String | The color. |\n\n\
                    ## Response\n\nTable 4 Request parameters\n\n| Parameter | Type | Description |\n|---|---|---|\n\
                    | name | String | The name. |\n";

fn input(text: &str) -> PageInput {
    PageInput { file: "page.md".to_owned(), text: text.to_owned(), is_named: true }
}

/// Returns the findings about a page with other words, compared with the draft of the page.
fn found(words: &str, other: &str) -> Vec<String> {
    assert!(PAGE.contains(words), "{words}");
    let draft = Pipeline::new(&Options::default()).transcribe(&[input(PAGE)], Transcription::default()).document;
    let report = proof("draft", &draft, &[input(&PAGE.replacen(words, other, 1))]);
    let messages = shown(&report.findings);
    messages.iter().map(|message| message.split_once(": ").unwrap().1.to_owned()).collect()
}

#[test]
fn a_changed_page_has_one_finding() {
    assert_eq!(found("site", "site"), [""; 0]);
    assert_eq!(found("PUT", "GET"), ["The method is `PUT` in the document, and `GET` on the page."]);
    assert_eq!(found("size | Yes", "size | No"), ["`size` is required in the document, and optional on the page."]);
    assert_eq!(found("| size | Yes | Integer | The size. |\n", ""), ["The page has no property `size`."]);
}

#[test]
fn a_row_of_the_path_and_the_rows_of_an_object_are_missed() {
    let without = found("| id | Yes | String | The wheel. |\n", "");
    assert_eq!(without, ["The page has no row for the path parameter `id`."]);
    let without = found("| color | No | String | The color. |\n", "");
    assert!(without.contains(&"The page has no property `color`.".to_owned()), "{without:?}");
}

/// The page has two items with the same members: the finding has the line of the second.
#[test]
fn a_changed_item_of_an_example_has_its_line() {
    let page = "# List\n\n## URI\n\nGET /v1/wheels\n\n## Response\n\nStatus code: 200\n\n## Example Response\n\n```\n{\n  \"wheels\": [\n    {\"id\": 1,\n     \"rim\": {\"id\": 2}},\n    \
                {\"id\": 3,\n     \"rim\": {\"id\": 4}}\n  ]\n}\n```\n";
    let draft = Pipeline::new(&Options::default()).transcribe(&[input(page)], Transcription::default()).document;
    let lines = |other: &str| -> Vec<usize> {
        let report = proof("draft", &draft, &[input(&page.replace("3,", other))]);
        report.differences.iter().flat_map(|(difference, _)| &difference.pages).map(|(_, place)| place.line).collect()
    };
    assert_eq!((lines("3,"), lines("9,")), (vec![], vec![18]));
}

#[test]
fn a_section_of_responses_has_no_parameters_of_requests() {
    let page = read("page.md", PAGE, Format::Markdown);
    assert_eq!(page.body.as_ref().map(|body| body.fields.len()), Some(2));
    let fields: Vec<&str> = page
        .responses
        .iter()
        .flat_map(|response| response.body.iter().flat_map(|body| &body.fields))
        .map(|field| field.name.value.as_str())
        .collect();
    assert_eq!(fields, ["name"]);
}
