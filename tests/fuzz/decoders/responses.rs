//! Reads responses of a hostile server.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response};
use tests::runtime::{Error, Operation, ResponsePolicy};
use tests::{bodies, encodings, media_types, response_headers, responses, security_api};

use super::{Entrance, texts};

const BASE: &str = "https://service.example/base";

const PIECES: &[&str] = &[
    "200",
    "204",
    "302",
    "404",
    "500",
    "application/json",
    "text/plain",
    "text/csv",
    "image/png",
    "; charset=utf-8",
    "; charset=latin1",
    "application/problem+json",
    "*/*",
    ";",
    ",",
    "/",
    "\"",
    "{\"q\":\"a\"}",
    "{\"code\":\"a\"}",
    "{\"failed\":true}",
    "[",
    "{",
    "}",
    "null",
    "true",
    "1",
    "-",
    ".",
    "e5",
    "a,b",
    ",,",
    " ",
    "\t",
    "\u{feff}",
    "é",
    "\0",
    "\u{1e}",
    "[1,2]",
    "[[",
    "\\u0000",
    "\r\n",
];

pub const ENTRANCES: &[Entrance] = &[
    Entrance {
        name: "media-types",
        examples: &[
            "200\u{1e}application/json\u{1e}{\"q\":\"a\"}",
            "200\u{1e}text/csv\u{1e}a,b",
            "400\u{1e}text/plain\u{1e}x",
            "302\u{1e}\u{1e}",
        ],
        pieces: PIECES,
        run: media_types,
    },
    Entrance {
        name: "response-headers",
        examples: &[
            "1\u{1e}0.5\u{1e}true\u{1e}open\u{1e}a,b\u{1e}1,2",
            "[1]\u{1e}\"1\"\u{1e}0\u{1e}\u{1e}\"a,b\",c\u{1e}[1,2]",
        ],
        pieces: PIECES,
        run: response_headers,
    },
    Entrance {
        name: "failures",
        examples: &[
            "200\u{1e}r-1\u{1e}{\"name\":\"abc\",\"failed\":true}",
            "409\u{1e}\u{1e}{\"code\":\"a\",\"message\":\"b\",\"id\":\"c\"}",
        ],
        pieces: PIECES,
        run: failures,
    },
    Entrance {
        name: "text-bodies",
        examples: &[
            "200\u{1e}text/plain\u{1e} 7\n",
            "404\u{1e}text/plain;charset=iso-8859-1\u{1e}\u{e9}",
            "200\u{1e}\u{1e}12",
        ],
        pieces: PIECES,
        run: text_bodies,
    },
];

fn response(status: &str, headers: &[(&str, &str)], body: &str) -> Response<Bytes> {
    // The last byte of the data decides whether the body is valid UTF-8.
    let mut bytes = body.as_bytes().to_vec();
    if bytes.last() == Some(&b'!') {
        bytes.push(0xFF);
    }
    let mut response = Response::new(Bytes::from(bytes));
    *response.status_mut() = status.parse().unwrap_or_default();
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value.as_bytes())) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// Prints an error with all its parts.
fn print(result: Result<(), Error>) {
    if let Err(error) = result {
        let parts = (error.code(), error.message(), error.request_id(), error.status(), error.violations());
        _ = (error.to_string(), format!("{error:?} {parts:?}"));
        _ = error.decode_error().map(ToString::to_string);
        assert!(
            !error.to_string().chars().any(char::is_control),
            "an error message is a line without control characters: {error}"
        );
    }
}

fn media_types(content: &[u8]) {
    let [status, content_type, body] = texts::<3>(content);
    let client = media_types::Client::builder(BASE).validate_responses(ResponsePolicy::Enforce).build_detached();
    let client = client.expect("a client");
    let response = || response(&status, &[("content-type", &content_type), ("location", &body)], &body);
    print(client.ask(&media_types::Query::new("a")).read(response()).map(|reply| drop(format!("{reply:?}"))));
    print(client.put_any().read(response()).map(|reply| drop(format!("{reply:?}"))));
    print(client.put_text("a").read(response()).map(|reply| drop(format!("{reply:?}"))));
    print(client.moved().read(response()).map(|reply| drop(format!("{reply:?}"))));
}

fn response_headers(content: &[u8]) {
    let [count, ratio, last, state, tags, ids] = texts::<6>(content);
    let headers: &[(&str, &str)] = &[
        ("x-count", &count),
        ("x-ratio", &ratio),
        ("x-last", &last),
        ("x-state", &state),
        ("x-tags", &tags),
        ("x-tags", &ids),
        ("x-ids", &ids),
        ("etag", &tags),
        ("set-cookie", &tags),
        ("x-api-key", &count),
    ];
    for policy in [ResponsePolicy::Enforce, ResponsePolicy::Warn(std::sync::Arc::new(|_, _| {}))] {
        let client = response_headers::Client::builder(BASE).validate_responses(policy).build_detached();
        let client = client.expect("a client");
        print(client.things().read(response("200", headers, "")).map(|reply| drop(format!("{reply:?}"))));
        print(client.get_session().read(response("204", headers, "")).map(|reply| drop(format!("{reply:?}"))));
        print(client.get_key().read(response("204", headers, "")).map(|reply| drop(format!("{reply:?}"))));
    }
}

fn failures(content: &[u8]) {
    let [status, id, body] = texts::<3>(content);
    let client = responses::Client::builder(BASE).build_detached().expect("a client");
    let response = || response(&status, &[("x-request-id", &id), ("x-cost", &body)], &body);
    print(client.start_job().read(response()).map(|reply| drop(format!("{reply:?}"))));
    print(client.status().read(response()).map(|reply| drop(format!("{reply:?}"))));
    let client = security_api::Client::builder(BASE).build_detached().expect("a client");
    print(client.visit().read(response()).map(|reply| drop(format!("{reply:?}"))));
    let client = bodies::Client::builder(BASE).build_detached().expect("a client");
    print(client.get_notes().read(response()).map(|reply| drop(format!("{reply:?}"))));
}

fn text_bodies(content: &[u8]) {
    let [status, content_type, body] = texts::<3>(content);
    let client = encodings::Client::builder(BASE).build_detached().expect("a client");
    let response = || response(&status, &[("content-type", &content_type)], &body);
    print(client.get_count().read(response()).map(|reply| drop(format!("{reply:?}"))));
    print(client.get_file().read(response()).map(|reply| drop(format!("{reply:?}"))));
}
