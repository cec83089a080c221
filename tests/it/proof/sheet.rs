//! Tests of the proof sheet, also in a browser if there is one.

use std::fs;
use std::process::Command;

use copperplate::pipeline::PageInput;
use copperplate::{Input, Options, Pipeline};

const PAGE: &str = "Turning a Wheel\nURI\nPUT /v1/wheels/{wheel_id}\nParameter | Mandatory | Type | Description |\n---|---|---|---|\n\
wheel_id | Yes | String | The <b>wheel</b> & more. Maximum length: 36 |\nspeed | No | Integer | Turns. Default: 3 |\nStatus Codes\n\
Status Code | Description |\n---|---|\n204 | It turns. |\n";

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: '</script><script>alert(1)</script>', version: '1'}
paths:
  /v1/wheels/{wheel_id}:
    put:
      operationId: turnWheel
      x-source: wheel Turning a Wheel
      parameters:
        - name: wheel_id
          in: path
          required: true
          schema:
            type: string
            maxLength: 63
        - {name: speed, in: query, required: false, schema: {type: integer, default: 4}}
      responses: {'204': {description: It turns.}}
";

/// Clicks on marks and presses keys, and writes to the title which rows are shown.
const SCRIPT: &str = "<script>
const shown = () => [...document.querySelectorAll('tr.target')].map((row) => row.id).join('+');
const press = (key) => document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
const log = [];
document.querySelector('#p0-3 .mark').click(); log.push(shown());
document.querySelector('#d-14 button').click(); log.push(shown());
press('n'); log.push(shown()); press('n'); log.push(shown()); press('p'); log.push(shown());
document.getElementById('next').click(); log.push(shown());
document.title = 'result ' + log.join(' ');
</script></body>";

fn sheet() -> String {
    let input = Input::new("pets.yaml", DOCUMENT, "pets");
    let pages = [PageInput { file: "wheel.txt".to_owned(), text: PAGE.to_owned(), is_named: true }];
    Pipeline::new(&Options::default()).proof(&input, &pages).sheet(&input, &pages)
}

#[test]
fn a_sheet_marks_every_fact_and_needs_nothing_else() {
    let html = sheet();
    for outside in ["http://", "https://", "src=", "@import", "url("] {
        assert!(!html.contains(outside), "{outside}");
    }
    assert!(!html.contains("<script>alert") && !html.contains("<b>wheel</b>"));
    assert_eq!(html.matches("<script>").count(), 1);
    assert!(
        html.contains("page wheel: 12 facts, 10 agree, 2 differ"),
        "{}",
        html.lines().find(|line| line.contains("facts")).unwrap()
    );
    assert!(html.contains("class=\"mark differs\" data-to=\"d-14\">Maximum length: 36</button>"));
    assert!(
        html.contains("class=\"mark agrees\"")
            && html.contains("prefers-color-scheme: dark")
            && html.contains("@media print")
    );
}

#[test]
fn marks_lead_to_the_other_side_in_a_browser() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sheet.html");
    fs::write(&file, sheet().replace("</body>", SCRIPT)).unwrap();
    let arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"];
    let profile = format!("--user-data-dir={}", folder.path().join("profile").display());
    let address = format!("file://{}", file.display());
    let Ok(output) = Command::new("chromium").args(arguments).args([profile, address]).output() else {
        println!("no chromium: skipped the sheet in a browser");
        return;
    };
    let page = String::from_utf8_lossy(&output.stdout);
    let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or_default();
    assert_eq!(
        title,
        "result d-4 p0-6 p0-6+d-14 p0-7+d-15 p0-6+d-14 p0-7+d-15",
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
