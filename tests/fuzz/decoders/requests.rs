//! Builds requests from texts of a caller. No text may change the structure of a request.

use bytes::Bytes;
use serde_json::Value;
use tests::parameter_styles::Client as Styles;
use tests::runtime::{CallOptions, Error, File, Operation};
use tests::{forms, media_types, multipart, parameter_styles, paths, queries, security_api, servers_api};

use super::{Entrance, texts};

const BASE: &str = "https://service.example/base";

const PIECES: &[&str] = &[
    "\r\n",
    "\n",
    "\r",
    "\0",
    "%",
    "%2F",
    "%2e",
    "..",
    ".",
    "/",
    "\\",
    "?",
    "#",
    "&",
    "=",
    ";",
    ",",
    "|",
    " ",
    "+",
    "\"",
    "'",
    "@",
    ":",
    "{",
    "}",
    "{shop}",
    "[",
    "]",
    "é",
    "🦀",
    "\u{2028}",
    "\u{85}",
    "\u{7f}",
    "\t",
    "a=b",
    "X: y\r\n",
    "--",
    "boundary=",
    "*",
    "\u{1e}",
    "\u{fffd}",
    "xn--",
    "0x7f",
    "::",
    "127.1",
    "localhost",
    ":0",
    ":65536",
    "http://",
    "HTTPS://",
    "//",
    "ws:",
    "a:b@",
    "%00",
    "^",
    "`",
];

pub const ENTRANCES: &[Entrance] = &[
    Entrance { name: "path", examples: &["shop\u{1e}lid", "a/b\u{1e}..", "x"], pieces: PIECES, run: path },
    Entrance { name: "query", examples: &["q\u{1e}a\u{1e}b\u{1e}t\u{1e}k:v", "a&b=c"], pieces: PIECES, run: query },
    Entrance {
        name: "styles",
        examples: &["a\u{1e}b\u{1e}c\u{1e}{\"a\":[1,{\"b\":null}]}\u{1e}e", "x\u{1e}\u{1e}\u{1e}[1,\"a\"]"],
        pieces: PIECES,
        run: styles,
    },
    Entrance {
        name: "form",
        examples: &["note\u{1e}tag\u{1e}name\u{1e}https://a/?x", "a b&c"],
        pieces: PIECES,
        run: form,
    },
    Entrance {
        name: "multipart",
        examples: &["a.png\u{1e}image/png\u{1e}title\u{1e}body\u{1e}label", "\"\u{1e}a/b;c=\"d\""],
        pieces: PIECES,
        run: multipart,
    },
    Entrance { name: "file", examples: &["image/png\u{1e}bytes", "a/b; c=d"], pieces: PIECES, run: file },
    Entrance {
        name: "credentials",
        examples: &["user:pass\u{1e}key\u{1e}s%3A1\u{1e}token\u{1e}12", "a\u{1e}b"],
        pieces: PIECES,
        run: credentials,
    },
    Entrance {
        name: "base-url",
        examples: &[
            "https://service.example:8080/a/b/",
            "HTTP://[::1]/",
            "https://127.0.0.1/a",
            "https://user:pass@h/",
            "https://xn--a/",
        ],
        pieces: PIECES,
        run: base_url,
    },
    Entrance {
        name: "server",
        examples: &["https://other.example/v1", "/v2", "v2/", "//host/a", "?a"],
        pieces: PIECES,
        run: server,
    },
    Entrance {
        name: "default-header",
        examples: &["X-Client\u{1e}copperplate", "content-length\u{1e}1", "Cookie\u{1e}a=b"],
        pieces: PIECES,
        run: default_header,
    },
];

/// Returns the request if it is valid. Asserts that its target and headers are well-formed, and prints errors.
fn checked(request: Result<http::Request<Bytes>, Error>) -> Option<http::Request<Bytes>> {
    let request = request.map_err(|error| (error.to_string(), format!("{error:?}"))).ok()?;
    let target = request.uri().to_string();
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}#".contains(&byte);
    assert!(target.bytes().all(|byte| is_plain(byte) || byte == b'|'), "the target is {target:?}");
    for (name, value) in request.headers() {
        let is_visible = |byte: &u8| *byte == b'\t' || (b' '..=b'~').contains(byte) || *byte >= 0x80;
        assert!(value.as_bytes().iter().all(is_visible), "the header {name} is {value:?}");
    }
    Some(request)
}

/// Returns the number of headers that come from the caller or the document, and not from the client.
fn own_headers(request: &http::Request<Bytes>) -> usize {
    request.headers().iter().filter(|(name, _)| !["accept", "user-agent"].contains(&name.as_str())).count()
}

fn count(text: &str, part: &str) -> usize {
    text.matches(part).count()
}

fn path(content: &[u8]) {
    let [shop, part] = texts::<2>(content);
    let client = paths::Client::builder(BASE).build_detached().expect("a client");
    for validates in [true, false] {
        let request = client
            .get_part(paths::required::GetPart { shop: shop.as_str(), order: 1, part: part.as_str() })
            .options(CallOptions::new().validate_request(validates))
            .request();
        if let Some(request) = checked(request) {
            let path = request.uri().path();
            assert!(path.starts_with("/base/shops/") && path.ends_with(".json"), "{path}");
            assert_eq!((count(path, "/"), request.uri().query()), (5, None), "{path}");
            assert!(!path.split('/').any(|segment| segment == "." || segment == ".."), "{path}");
        }
    }
}

fn query(content: &[u8]) {
    let [q, one, two, trace, line] = texts::<5>(content);
    let client = queries::Client::builder(BASE).build_detached().expect("a client");
    for validates in [true, false] {
        let call = client.search(q.as_str()).tag([one.as_str(), two.as_str()]).x_trace([trace.as_str(), "t"]);
        let call = call.x_line([line.as_str(), "k:v"]).options(CallOptions::new().validate_request(validates));
        if let Some(request) = checked(call.request()) {
            let query = request.uri().query().unwrap_or_default();
            assert_eq!((count(query, "&"), count(query, "=")), (2, 3), "{query}");
            let lines = request.headers().get_all("x-line").iter().count();
            assert_eq!((lines, own_headers(&request)), (2, 4), "{:?}", request.headers());
            let trace = request.headers()["x-trace"].to_str().unwrap_or_default();
            assert_eq!(count(trace, ","), 1, "{trace}");
        }
    }
}

fn styles(content: &[u8]) {
    let [a, b, c, json, e] = texts::<5>(content);
    let client = Styles::builder(BASE).build_detached().expect("a client");
    let any: Value = serde_json::from_str(&json).unwrap_or_default();
    let free = std::collections::BTreeMap::from([(b.clone(), any.clone()), (c.clone(), Value::Null)]);
    let color = parameter_styles::types::Color::default().r(1);
    for validates in [true, false] {
        let call =
            client.colors().space([a.as_str(), b.as_str()]).pipe([b.as_str()]).link(c.as_str()).tags([a.as_str()]);
        let call =
            call.free(free.clone()).any(any.clone()).raw(b.as_str()).x_json(any.clone()).session(e.as_str()).seen([1]);
        let filter = parameter_styles::types::Filter::default().ids([a.as_str()]);
        let call = call.filter(filter).marks(color.clone()).options(CallOptions::new().validate_request(validates));
        if let Some(request) = checked(call.request()) {
            let cookie = request.headers()["cookie"].to_str().unwrap_or_default();
            assert_eq!((count(cookie, ";"), request.headers().get_all("cookie").iter().count()), (2, 1), "{cookie}");
            let raw = request.uri().query().unwrap_or_default().split('&').filter(|pair| pair.starts_with("raw="));
            assert!(raw.count() >= 1);
        }
        let call = client.paint(parameter_styles::required::Paint {
            simple: color.clone(),
            label: [a.as_str(), b.as_str()],
            matrix: [1.0],
            a: c.as_str(),
            b: [1],
            by: e.as_str(),
        });
        if let Some(request) = checked(call.options(CallOptions::new().validate_request(validates)).request()) {
            let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
            assert_eq!((count(path, "/"), count(query, "&")), (5, 1), "{path}?{query}");
        }
    }
}

fn form(content: &[u8]) {
    let [note, tag, name, url] = texts::<4>(content);
    let client = forms::Client::builder(BASE).build_detached().expect("a client");
    let owner = forms::ChargeRequestCardOwner::new().name(name.as_str());
    let form = forms::ChargeRequest::new(5)
        .note(note.as_str())
        .tags([tag.as_str()])
        .expand([tag.as_str(), "b"])
        .card(forms::ChargeRequestCard::new().number(note.as_str()).owner(owner))
        .return_url(url.as_str());
    for validates in [true, false] {
        if let Some(request) =
            checked(client.charge(&form).options(CallOptions::new().validate_request(validates)).request())
        {
            let body = String::from_utf8(request.body().to_vec()).expect("a form is text");
            assert_eq!(count(&body, "&"), 7, "{body}");
            assert!(body.bytes().all(|byte| byte.is_ascii_graphic()), "{body}");
        }
    }
}

fn multipart(content: &[u8]) {
    let [name, content_type, title, bytes, label] = texts::<5>(content);
    let client = multipart::Client::builder(BASE).build_detached().expect("a client");
    let picture = File::new(bytes.clone().into_bytes()).file_name(name.as_str()).content_type(content_type.as_str());
    let body =
        multipart::AddPictureRequest::new(multipart::required::AddPictureRequest { picture, title: title.as_str() })
            .labels([label.as_str()])
            .author(multipart::Author::new(label.as_str()));
    for validates in [true, false] {
        if let Some(request) =
            checked(client.add_picture(&body).options(CallOptions::new().validate_request(validates)).request())
        {
            let content_type = request.headers()["content-type"].to_str().unwrap_or_default();
            let boundary = content_type.rsplit_once("boundary=").map(|(_, boundary)| boundary).expect("a boundary");
            let body = String::from_utf8_lossy(request.body());
            assert_eq!(count(&body, &format!("--{boundary}")), 5, "{body}");
            let head = body.split("\r\n\r\n").next().unwrap_or_default();
            assert!(count(head, "\r\n") <= 2, "the head of a part is {head:?}");
            let dispositions =
                head.lines().find(|line| line.starts_with("Content-Disposition: ")).expect("a disposition");
            assert_eq!(count(dispositions, "\""), 4, "{dispositions}");
        }
    }
}

fn file(content: &[u8]) {
    let [content_type, bytes] = texts::<2>(content);
    let client = media_types::Client::builder(BASE).build_detached().expect("a client");
    let file = File::new(bytes.into_bytes()).content_type(content_type);
    _ = checked(client.put_any().body(&file).request());
    _ = checked(client.put_any().body(&file).options(CallOptions::new().validate_request(false)).request());
}

fn credentials(content: &[u8]) {
    let [basic, key, session, token, pin] = texts::<5>(content);
    let builder = || security_api::Client::builder("https://h.example");
    let first = builder().basic(basic.as_str()).key(key.as_str()).build_detached();
    let second = builder().key(key.as_str()).session(session.as_str()).token(token.as_str()).build_detached();
    for client in [first, second].into_iter().flatten() {
        let printed = format!("{client:?}{:?}", client.get_secret());
        assert!(pin.len() < 12 || !printed.contains(&pin) || "SecretClient".contains(&pin), "{printed}");
        if let Some(request) =
            checked(client.get_secret().options(CallOptions::new().validate_request(false)).request())
        {
            assert!(own_headers(&request) <= 1 && count(request.uri().query().unwrap_or_default(), "&") == 0);
        }
        _ = checked(client.get_open().request());
        let secret = security_api::Secret(pin.clone());
        let body = security_api::Pin::new().pin(secret.clone()).old([pin.as_str()]);
        _ = checked(client.set_pin(&body).x_pin(secret).x_pins([pin.as_str()]).request());
    }
}

fn base_url(content: &[u8]) {
    let [url] = texts::<1>(content);
    match paths::Client::builder(url.as_str()).build_detached() {
        Ok(client) => {
            let request = checked(client.ping().request()).expect("a client with a valid base URL");
            assert!(request.uri().path().ends_with("/ping") && request.uri().query().is_none());
            let again = request.uri().to_string();
            let base = again.strip_suffix("/ping").expect("the path");
            assert!(paths::Client::builder(base).build_detached().is_ok(), "{base}");
        }
        Err(error) => _ = (error.to_string(), format!("{error:?}")),
    }
}

fn server(content: &[u8]) {
    let [url] = texts::<1>(content);
    let client = servers_api::Client::builder(BASE).build_detached().expect("a client");
    _ = format!("{client:?}");
    let client = paths::Client::builder(BASE).allow_credentials_for(&url).build_detached();
    if let Ok(client) = client {
        _ = checked(client.ping().request());
    }
    let client = paths::Client::builder(BASE).build_detached().expect("a client");
    if let Some(request) = checked(client.ping().options(CallOptions::new().server(url)).request()) {
        assert!(request.uri().path().ends_with("/ping"), "{}", request.uri());
    }
}

fn default_header(content: &[u8]) {
    let [name, value] = texts::<2>(content);
    match paths::Client::builder(BASE).default_header(&name, &value).build_detached() {
        Ok(client) => {
            let request = checked(client.ping().request()).expect("a client with a valid header");
            assert!(own_headers(&request) <= 1);
        }
        Err(error) => _ = error.to_string(),
    }
}
