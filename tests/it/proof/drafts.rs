//! Drafts of pages that contradict themselves, or that leave something open: a draft agrees with its page, and says why it differs.

use copperplate::pipeline::PageInput;
use copperplate::transcribe::Transcription;
use copperplate::{Options, Pipeline};

use super::{proof, shown};

/// Returns the draft of a page. Checks that it agrees with the page, but for what it acknowledges.
fn draft(page: &str) -> String {
    let input = PageInput { file: "page.md".to_owned(), text: page.to_owned(), is_named: true };
    let pages = std::slice::from_ref(&input);
    let draft = Pipeline::new(&Options::default()).transcribe(pages, Transcription::default()).document;
    let report = proof("draft", &draft, pages);
    let open = report.differences.iter().filter(|(_, is_acknowledged)| !is_acknowledged);
    let open: Vec<_> = open.map(|(difference, _)| format!("{} {}", difference.pointer, difference.message)).collect();
    assert_eq!(open, [""; 0], "{draft}");
    let unread = |finding: &&copperplate::finding::Finding| finding.code.id() != "unread-line";
    let findings: Vec<_> = report.findings.into_iter().filter(|finding| unread(&finding)).collect();
    assert_eq!(shown(&findings), [""; 0], "{draft}");
    draft
}

const TABLE: &str = "| Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n";

#[test]
fn a_query_in_the_url_is_no_part_of_the_path() {
    let draft = draft("# Take\n\n## URI\n\nDELETE /v1/wheels/{id}{?force}\n");
    assert!(draft.contains("/v1/wheels/{id}:"), "{draft}");
}

#[test]
fn a_name_that_the_url_has_twice_gets_a_number() {
    let draft = draft("# Show\n\n## URI\n\nGET /v1/{site}/wheels/{site}\n");
    assert!(draft.contains("name-differs: ") && draft.contains("site2"), "{draft}");
    let rows =
        format!("# Show\n\n## URI\n\nGET /v1/{{site}}/wheels/{{site}}\n\n{TABLE}| site | Yes | String | A site. |\n");
    let draft = self::draft(&rows);
    assert!(draft.contains("not-on-page: ") && !draft.contains("name-differs"), "{draft}");
}

#[test]
fn rows_of_the_path_can_be_missing_and_optional() {
    let page =
        format!("# Show\n\n## URI\n\nGET /v1/{{site}}/wheels/{{id}}\n\n{TABLE}| site | No | String | A site. |\n");
    let draft = draft(&page);
    assert!(draft.contains("required-differs: ") && draft.contains("not-on-page: "), "{draft}");
}

#[test]
fn an_example_that_fits_no_form_is_kept() {
    let page = "# Show\n\n## URI\n\nGET /v1/wheels/{id}\n\n## Example Request\n\n```\nGET https://{host}/v1/rims/7?size=3\n```\n";
    let draft = draft(page);
    assert!(draft.contains("GET /v1/rims/7?size=3") && draft.contains("example-invalid: "), "{draft}");
}

#[test]
fn every_request_of_a_block_is_an_example() {
    let page = "# Take\n\n## URI\n\nDELETE /v1/wheels/{id}\n\nDELETE /v2/wheels/{id}\n\n## Example Request\n\n```\n\
                DELETE https://{host}/v2/wheels/7\nDELETE https://{host}v1/wheels/8\n```\n";
    let draft = draft(page);
    assert!(draft.contains("DELETE /v2/wheels/7") && draft.contains("DELETE /v1/wheels/8"), "{draft}");
}

#[test]
fn a_body_can_have_an_example_alone() {
    let page = |status: &str, body: &str, statement: &str| {
        format!(
            "# Show\n\n## URI\n\nGET /v1/wheels\n\n## Response Parameters\n\n{statement}\n\n## Example Response\n\n\
             Status code: {status}\n\n```\n{body}\n```\n\n## Status Codes\n\n| Status Code | Description |\n|---|---|\n\
             | {status} | Done. |\n"
        )
    };
    assert!(draft(&page("200", "{\"size\": 3}", "")).contains("page-example"));
    assert!(draft(&page("200", "{\"size\": 3}", "None")).contains("not-on-page: "));
    assert!(!draft(&page("200", "{ }", "None")).contains("content:"));
    assert!(!draft(&page("204", "{ }", "")).contains("content:"));
}

#[test]
fn the_status_of_a_success_is_that_of_its_example() {
    let page = format!(
        "# Make\n\n## URI\n\nPOST /v1/wheels\n\n## Response Parameters\n\n{}| id | String | The ID. |\n\n## Example Response\n\n\
         Status code: 201\n\n```\n{{\"id\": \"7\"}}\n```\n",
        "| Parameter | Type | Description |\n|---|---|---|\n"
    );
    let draft = draft(&page);
    assert!(draft.contains("'201':") || draft.contains("\"201\":"), "{draft}");
}
