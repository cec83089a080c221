//! Tests that secrets are never printed: by `Debug`, by `Display`, in violations, or in panic messages.

use std::fmt::{Debug, Display};
use std::time::Duration;

use bytes::Bytes;
use generated::runtime::{
    self, CallOptions, Credentials, Direction, FromJsonError, Operation, ResponseLimit, ResponsePolicy, Secret,
    TransportError, from_json,
};
use generated::{cfw, osm, personium};
use tests::runtime::Operation as _;
use tests::{response_headers as headers_api, runtime as fixture, security_api as security};

use super::{Server, item};

/// A string that is part of every secret in these tests.
const MARK: &str = "s3cr3t-mark";

/// Asserts that a text does not contain [`MARK`], not even percent-encoded or as Base64.
#[track_caller]
fn assert_hidden(text: &str) {
    assert!(!text.contains(MARK) && !text.contains("czNjcjN0"), "{text}");
}

#[track_caller]
fn assert_debug(value: &impl Debug) {
    assert_hidden(&format!("{value:?}"));
    assert_hidden(&format!("{value:#?}"));
}

#[track_caller]
fn assert_printed(value: &(impl Debug + Display)) {
    assert_debug(value);
    assert_hidden(&value.to_string());
}

/// Returns a response with secrets in its headers.
fn response(status: u16, body: &str) -> http::Response<Bytes> {
    let builder = http::Response::builder().status(status).header("Content-Type", "application/json");
    let builder = ["Set-Cookie", "Cookie", "Authorization", "X-Subject-Token", "Proxy-Authorization", "X-Api-Key"]
        .into_iter()
        .fold(builder, |builder, name| builder.header(name, MARK));
    builder.body(body.to_owned().into()).unwrap()
}

fn builder() -> osm::Builder {
    osm::Client::builder("https://service.example")
        .x_auth_token(MARK)
        .default_header("X-Own-Header", MARK)
        .default_header("Cookie", &format!("sid={MARK}"))
}

/// An operation of the cases, whose crate has all parts of the runtime. It prints everything that generated code can access while it writes a request and reads a response.
struct Probe<'a> {
    call: fixture::Call<'a, security::Security2, fixture::Detached>,
}

impl Debug for Probe<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        fixture::client::described_operation::print(self, f)
    }
}

impl<'a> fixture::HasCall for Probe<'a> {
    type Api = security::Security2;
    type Transport = fixture::Detached;

    fn call(&self) -> &fixture::Call<'_, security::Security2, fixture::Detached> {
        &self.call
    }

    fn set_options(&mut self, options: fixture::CallOptions) {
        self.call.set_options(options);
    }
}

impl fixture::Multipart for Probe<'_> {
    fn write_parts(&self, parts: &mut fixture::MultipartBuilder<'_>) {
        parts.header("X-Part", Some(MARK));
        parts.text("pin", "", Some(MARK));
        parts.header("X-Part", Some(&format!("{MARK}\r\n")));
        parts.file("file", "image/png", [&fixture::File::new(MARK).file_name(MARK)]);
        assert_debug(parts);
    }
}

impl fixture::Operation for Probe<'_> {
    type Success = String;
    type Headers = ();
    type Failure = String;

    const ID: &'static str = "probe";
    const METHOD: http::Method = http::Method::POST;
    const SECURITY: fixture::Security = &[];

    fn check_arguments(&self, at: fixture::ValidationContext<'_>) {
        assert_debug(&at.header("X").secret());
    }

    fn write_request(&self, request: &mut fixture::RequestBuilder<'_>) {
        request.mark_secret("pin");
        let values = [fixture::PathValue::simple(MARK)];
        assert_debug(&values);
        request.path("/{pin}", &values);
        request.query("pin", Some(MARK));
        request.query_joined("pin", [MARK]);
        request.header("pin", Some(MARK));
        request.header("pin", Some(&format!("{MARK}\r\n")));
        request.header_joined("pin", [format!("{MARK},")].iter());
        request.cookie("pin", MARK);
        request.multipart("multipart/form-data", self);
        assert_debug(request);
    }

    fn read_response(response: &fixture::RawResponse) -> fixture::ReadResult<Self> {
        assert_debug(response);
        Ok(fixture::Outcome::Success(String::new(), ()))
    }
}

#[test]
fn requests_under_construction_and_raw_responses_are_not_printed() {
    let client = security::Client::builder("https://service.example")
        .default_header("X-Own-Header", MARK)
        .default_header("Cookie", &format!("sid={MARK}"))
        .build_detached()
        .unwrap();
    let call = Probe { call: fixture::Call::new(&client) };
    let error = fixture::Operation::request(&call).unwrap_err();
    assert_eq!(error.violations().unwrap().len(), 3, "{error}");
    assert_printed(&error);
    assert_printed(&error.violations().unwrap().iter().next().unwrap());
    let reply = fixture::Operation::read(&call, response(200, "{}")).unwrap();
    assert_debug(&reply);
    assert_debug(&reply.all_headers);
    assert_debug(&call);
    let call = fixture::Operation::options(call, fixture::CallOptions::new().max_response_bytes(1));
    let error = fixture::Operation::read(&call, response(200, "{}")).unwrap_err();
    assert_eq!(error.url(), Some("https://service.example/…"));
    assert_printed(&error);
}

#[test]
fn clients_and_calls_are_not_printed() {
    assert_debug(&Secret::from(MARK));
    assert_debug(&CallOptions::new().header("X-Own", MARK).max_response_bytes(1));
    assert_debug(&CallOptions::new().server(format!("https://user:{MARK}@service.example/?key={MARK}")));
    assert_debug(&builder());
    assert_debug(&osm::Client::builder(format!("https://user:{MARK}@service.example/?key={MARK}")));
    let body = osm::DeleteRelationRequest::new(osm::required::DeleteRelationRequest {
        group_id: "group-1",
        related_id: "case-456",
    });
    let client = builder().build_detached().unwrap();
    assert_debug(&client);
    assert_debug(&builder().build().unwrap());
    assert_debug(&builder().build_blocking().unwrap());
    let call = client.delete_relation("case-123", &body);
    assert_debug(&call);
    let request = call.request().unwrap();
    assert_eq!(
        (&request.headers()["x-auth-token"], &request.headers()["x-own-header"]),
        (&MARK.parse().unwrap(), &MARK.parse().unwrap())
    );
    assert_debug(&request);
    let cell = personium::Client::builder("https://cell.example").access_token(MARK).build_detached().unwrap();
    let unlink = cell.unlink_relation_from_ext_cell(personium::required::UnlinkRelationFromExtCell {
        relation: personium::RelationKey::bare("r"),
        ext_cell_url: "https://cell2.example/",
    });
    assert_eq!(unlink.request().unwrap().headers()["authorization"], format!("Bearer {MARK}"));
    assert_debug(&unlink);
    assert_debug(&unlink.request().unwrap());
}

/// Signing keys, credentials that a provider issues, and those of one call.
#[tokio::test]
async fn keys_and_issued_credentials_are_not_printed() {
    use generated::runtime::{CachedCredential, Credential, CredentialError, IssuedCredential, KeyPair, SigningKey};
    let pair = || KeyPair { access_key: MARK, secret_key: MARK };
    let key = SigningKey::new(pair()).security_token(MARK).project_id("p");
    assert_debug(&pair());
    assert_debug(&key);
    assert_debug(&IssuedCredential::new(key.clone()));
    assert_debug(&Credential::from(MARK));
    assert_debug(&Credential::from(key.clone()));
    let cached = CachedCredential::blocking(|| Ok(IssuedCredential::new(Secret::from(MARK))));
    assert_debug(&cached.get(std::time::SystemTime::now()).await);
    assert_debug(&Credential::from(cached.clone()));
    let of_call = || Credentials::<osm::Osm>::new().x_auth_token(MARK).access_key(key.clone());
    assert_debug(&of_call());
    assert_debug(&CallOptions::new().credentials(of_call()));
    let client = cfw::Client::builder("https://service.example").access_key(key.clone()).x_auth_token(cached);
    assert_debug(&client);
    let client = client.build_detached().unwrap();
    assert_debug(&client);
    assert_debug(&client.delete_service_item(item("i")).request().unwrap());
    for key in [
        SigningKey::new(KeyPair { access_key: format!("{MARK},"), secret_key: MARK.to_owned() }),
        key.security_token("\n"),
    ] {
        let client = cfw::Client::builder("https://service.example").access_key(key);
        assert_printed(&client.build_detached().unwrap_err());
    }
    // The text of a provider is escaped and cut.
    let failing = CachedCredential::<Secret>::blocking(|| Err(format!("\u{1b}{}", "x".repeat(5000)).into()));
    let error: CredentialError = failing.get(std::time::SystemTime::now()).await.unwrap_err();
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(text.len() < 1200 && !text.contains('\u{1b}'), "{text}");
    }
}

/// Errors about malformed credentials do not contain the values of these credentials.
#[test]
fn errors_of_builders_and_requests_are_not_printed() {
    let url = format!("https://user:{MARK}@service.example");
    let wrong = osm::Client::builder(url).default_header("X-Own", &format!("{MARK}\n")).default_header("Host", MARK);
    let error = wrong.default_header("Content-Type", MARK).build_detached().unwrap_err();
    assert_eq!(error.violations().unwrap().len(), 4, "{error}");
    assert_printed(&error);
    let client = cfw::Client::builder("https://service.example").x_auth_token(format!("{MARK}\n")).build_detached();
    assert_printed(&client.unwrap_err());
    let client = cfw::Client::builder("https://service.example").build_detached().unwrap();
    let own = Credentials::<cfw::Cfw>::new().x_auth_token(format!("{MARK}\n"));
    let call = client.delete_service_item(item("i")).options(CallOptions::new().credentials(own));
    assert_printed(&call.request().unwrap_err());

    let builder = || security::Client::builder("https://service.example");
    for client in
        [builder().key(MARK).session(MARK).build_detached().unwrap(), builder().basic(MARK).build_detached().unwrap()]
    {
        assert_debug(&client);
        for request in [client.get_secret().request(), client.get_open().request()] {
            assert_debug(&request.as_ref().map(http::Request::headers));
            assert_hidden(&request.err().map(|error| format!("{error} {error:?}")).unwrap_or_default());
        }
    }
    let pin = security::Pin::new().pin(security::Secret(MARK.to_owned())).old([MARK]);
    let client = builder().build_detached().unwrap();
    let call = client.set_pin(&pin).x_pin(security::Secret(format!("{MARK}\n"))).x_pins([format!("{MARK},")]);
    assert_debug(&call);
    assert_printed(&call.request().unwrap_err());
    assert_printed(&call.options(tests::runtime::CallOptions::new().validate_request(false)).request().unwrap_err());
}

/// No error about a response shows the secrets of that response, not even in a panic message.
#[test]
fn errors_of_responses_are_not_printed() {
    let client = builder().validate_responses(ResponsePolicy::Enforce).build_detached().unwrap();
    let body = osm::CreateRelationsRequest::new(osm::required::CreateRelationsRequest {
        group_id: "group-1",
        related_id_list: ["case-456"],
    });
    let long = format!(r#"{{"error_msg": "{}"}}"#, "x".repeat(40));
    for (status, body_of_response) in [(200, "["), (200, &long), (418, "{}"), (400, r#"{"error_code": "a"}"#)] {
        let result = client.create_relations("case-123", &body).read(response(status, body_of_response));
        let error = result.unwrap_err();
        assert_printed(&error);
        assert_debug(&error.headers().unwrap());
        assert_debug(&error.violations());
        assert_debug(&error.decode_error());
    }
    let reply = client.create_relations("case-123", &body).read(response(200, "{}")).unwrap();
    assert_debug(&reply);

    let client = headers_api::Client::builder("https://service.example")
        .validate_responses(tests::runtime::ResponsePolicy::Enforce)
        .build_detached()
        .unwrap();
    let reply = client.get_session().read(response(204, "")).unwrap();
    assert_eq!(reply.headers.set_cookie.as_deref(), Some(MARK));
    assert_debug(&reply);
    // The documented type of this header is an integer.
    let error = client.get_key().read(response(204, "")).unwrap_err();
    assert!(error.is_invalid_response(), "{error}");
    assert_printed(&error);
    assert_debug(&error.violations());
}

/// Cookies are secrets, and each part of a body and of the headers that the document does not describe can be one.
#[test]
fn cookies_and_bodies_are_not_printed() {
    let client = security::Client::builder("https://service.example").build_detached().unwrap();
    let call = client.visit().visit(MARK);
    assert_debug(&call);
    assert_printed(&call.request().unwrap_err());
    assert_debug(&call.request().unwrap_err().violations());

    let respond = |status: u16, body: &str| {
        let response = http::Response::builder().status(status).header("X-Pins", MARK).header("X-Other", MARK);
        response.body(Bytes::from(body.to_owned())).unwrap()
    };
    let reply = client.visit().read(respond(200, MARK)).unwrap();
    assert_eq!((reply.value.as_str(), reply.headers.x_pins.as_deref()), (MARK, Some(&[MARK.to_owned()][..])));
    assert_debug(&reply);
    let body = format!(r#"{{"pin":"{MARK}"}}"#);
    for (status, body) in [(403, body.as_str()), (403, MARK), (404, MARK), (500, &body), (500, MARK)] {
        let error = client.visit().read(respond(status, body)).unwrap_err();
        assert!(error.to_string().ends_with(&format!("; the body has {} bytes", body.len())), "{error}");
        assert_printed(&error);
        assert_eq!(error.body().unwrap(), body);
    }
    let error = from_json::<osm::RelationResponse>(r#"{"error_msg": 777888}"#, Direction::Response).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("777"), "{error}");
}

/// The URL of a request can contain a credential as a query parameter.
#[tokio::test]
async fn errors_of_transports_are_not_printed() {
    use runtime::{BlockingTransport, Transport};

    let server = Server::unresponsive();
    let requests = || {
        [
            format!("http://127.0.0.1:1/{MARK}?key={MARK}"),
            format!("http://127.0.0.1:1/?key='{MARK}"),
            format!("http://127.0.0.1:1/^{MARK}"),
            format!("{}/?key={MARK}", server.base_url()),
            format!("http://127.1/?key={MARK}"),
        ]
        .map(|url| {
            let client = cfw::Client::builder("http://localhost").x_auth_token("t").timeout(Duration::from_millis(200));
            let mut request = client.build_detached().unwrap().delete_service_item(item("i")).request().unwrap();
            *request.uri_mut() = url.parse().unwrap();
            request
        })
    };
    for request in requests() {
        let error = runtime::Reqwest(reqwest::Client::new()).execute(request).await.unwrap_err();
        assert_printed(&error);
    }
    let requests = requests();
    let execute = |request| runtime::Blocking(reqwest::blocking::Client::new()).execute(request);
    let blocking = move || requests.into_iter().for_each(|request| assert_printed(&execute(request).unwrap_err()));
    std::thread::spawn(blocking).join().unwrap();
    let timeout = Duration::from_millis(50);
    let client = cfw::Client::builder(server.base_url()).x_auth_token(MARK).attempt_timeout(timeout).build().unwrap();
    let error = client.delete_service_item(item("i")).send().await.unwrap_err();
    assert_printed(&error);
    assert_debug(&error.earlier_attempts());
    assert_debug(&runtime::FakeResponse::new(200, MARK).header("x-token", MARK));
    assert_debug(&TransportError::ResponseTooLarge(ResponseLimit(1)));
    let long = TransportError::Connection(format!("\u{1b}{}", "x".repeat(5000)).into());
    let text = format!("{long:?}");
    assert!(text.len() < 1200 && !text.contains('\u{1b}'), "{text}");
}

/// Text from a server cannot control the terminal, imitate a line of a log, or fill the log.
#[test]
fn texts_of_servers_are_escaped_and_cut() {
    const CONTROL: &str = "\u{1b}[31m\r\n\u{9b}\u{202e}END";
    let control = serde_json::to_string(CONTROL).unwrap().replace("\\u001b", "\u{1b}");
    let client = builder().validate_responses(ResponsePolicy::Enforce).build_detached().unwrap();
    let body = osm::CreateRelationsRequest::new(osm::required::CreateRelationsRequest {
        group_id: "group-1",
        related_id_list: ["case-456"],
    });
    let read = |status: u16, body_of_response: String| {
        let response = http::Response::builder().status(status).header("X-Long", "y".repeat(100_000));
        let response = response.body(Bytes::from(body_of_response)).unwrap();
        client.create_relations("case-123", &body).read(response).unwrap_err()
    };
    let long = "x".repeat(100_000);
    for error in [
        read(502, format!("<html>{CONTROL}{long}")),
        read(400, serde_json::json!({"error_code": CONTROL, "error_msg": CONTROL}).to_string()),
        read(400, serde_json::json!({"error_code": long, "error_msg": long}).to_string()),
        read(200, serde_json::json!({"error_msg": [CONTROL, long]}).to_string()),
        read(200, serde_json::json!({"error_msg": {CONTROL: long}}).to_string()),
        read(200, format!("{{\"error_msg\": {control}}}")),
        read(200, serde_json::json!({"error_msg": long}).to_string()),
    ] {
        for text in [error.to_string(), format!("{error:?}"), format!("{:?}", error.violations())] {
            assert!(!text.contains(|letter: char| letter.is_control() || letter == '\u{202e}'), "{text:?}");
            assert!(text.len() < 3000, "{} bytes: {text}", text.len());
        }
    }
    // The accessor methods return the unescaped text from the service.
    let error = read(400, serde_json::json!({"error_code": CONTROL}).to_string());
    assert_eq!(error.code(), Some(CONTROL));
    let not_json: Result<osm::RelationResponse, _> =
        from_json(format!("{{\"error_msg\": {{\"{CONTROL}{long}\": 1"), Direction::Response);
    let error: FromJsonError = not_json.unwrap_err();
    assert!(error.to_string().len() < 1000 && !error.to_string().contains('\u{1b}'), "{error}");
    assert!(format!("{error:?}").len() < 1000, "{error:?}");
}

/// The types of the runtime that a test in this file prints, or in `fixtures/pagination.rs`.
const PRINTED: &str = "Blocking Builder CachedCredential CallOptions Client Credential CredentialError Credentials DecodeError Error FakeResponse File \
    FromJsonError IssuedCredential KeyPair FailedAttempt MultipartBuilder Outcome PathValue SigningKey \
    RawResponse Reply RequestBuilder Reqwest ResponseLimit Secret TransportError ValidationContext Violation Violations Items PageToken Pages";

/// The other public items of the runtime: traits, functions, modules, and types that contain only text from the OpenAPI document.
const WITHOUT_TEXT: &str = "Api Attempt AttemptOutcome BlockingTransport BoxTransport ByteStream Call CredentialLocation CredentialProvider DefaultTransport Detached Direction Discriminated Encoding \
    ErrorFields Expression FailureCondition HasCall Hooks ItemFormat ItemKind ItemStream Leniency Location Lookahead Matcher Mock MockedOperation MockError Multipart NextPage Operation Page \
    PageTokenError Paginated Pattern Piece Program ReadResult ResponsePolicy RetryPolicy Scheme Security SecurityRequirement Sending Step StreamingTransport Style Term Text Tower Transport TransportService Union \
    Validate ValidateVariant ViolationHook Webhook WebhookResult character_ranges codec decode from_json from_value keywords not_implemented send send_boxed union webhook webhook_without_body";

/// Types that contain a value without a schema. Such a value is not secret, and is printed like other values.
const VALUES: &str = "ServerVariableError StreamItem UnknownJson UnknownText";

/// Each public item of the runtime is printed by a test in this file, or cannot contain text from a caller or a server.
#[test]
fn every_public_item_of_the_runtime_is_known() {
    // An import of several lines counts as one line.
    let source = include_str!("../../../generator/runtime/mod.rs").replace("{\n    ", "{").replace(",\n}", "}");
    let exported: Vec<&str> = source
        .lines()
        .filter_map(|line| Some(line.strip_prefix("pub use ")?.split_once(';')?.0))
        .flat_map(|path| match path.split_once('{') {
            Some((_, names)) => names.trim_end_matches('}').split(", ").collect(),
            None => vec![path.rsplit("::").next().unwrap_or(path)],
        })
        .collect();
    let known: Vec<&str> = [PRINTED, WITHOUT_TEXT, VALUES].into_iter().flat_map(str::split_whitespace).collect();
    let unknown: Vec<&&str> = exported.iter().filter(|name| !known.contains(name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}: print them in a test, or add them to `WITHOUT_TEXT`");
    assert!(known.iter().all(|name| exported.contains(name)));
}
