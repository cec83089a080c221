// copperplate runtime: copied into each generated crate that uses it.
//! Signs requests with `SDK-HMAC-SHA256`.
//!
//! A signature covers the method, the path, the query, the body and the headers that it lists. The gateway computes the same
//! canonical request, and accepts a date that differs from its own by at most 15 minutes.
//!
//! The path of a canonical request is decoded, split at each `/`, and encoded again. So `%2F` and `/` have the same
//! signature, although they are different paths.

use std::fmt::Write;
use std::time::SystemTime;

use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::header::{ACCEPT, AUTHORIZATION, HOST, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use sha2::{Digest, Sha256};

use crate::runtime::client::signing_key::{ALGORITHM, SigningKey};
use crate::runtime::request::percent_encoding::{percent_decode, percent_encode_bytes};
use crate::runtime::response::http_date::date_and_time;

/// The header with the time of the signature.
const DATE: HeaderName = HeaderName::from_static("x-sdk-date");

/// The header with the hash of the body. A request that has the header is signed with the value of the header.
const BODY_HASH: HeaderName = HeaderName::from_static("x-sdk-content-sha256");

impl SigningKey {
    /// Signs a complete request: sets the headers `X-Sdk-Date` and `Authorization`. Replaces both if they are set.
    pub(crate) fn sign(&self, request: &mut http::Request<Bytes>, now: SystemTime) {
        let ([year, month, day], [hour, minute, second]) = date_and_time(now);
        let date = format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z");
        request.headers_mut().remove(AUTHORIZATION);
        if let Ok(date) = HeaderValue::from_str(&date) {
            request.headers_mut().insert(DATE, date);
        }
        let headers = signed_headers(request.headers(), request.uri());
        let body_hash = match request.headers().get(BODY_HASH).and_then(|value| value.to_str().ok()) {
            Some(hash) => hash.trim().to_owned(),
            None => hex(&Sha256::digest(request.body())),
        };
        let canonical = canonical_request(request.method().as_str(), request.uri(), &headers, &body_hash);
        let authorization = authorization(self, &date, &headers, &canonical);
        // Building the request fails if the access key is not a valid part of a header.
        if let Ok(mut value) = HeaderValue::from_str(&authorization) {
            value.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, value);
        }
    }
}

/// Returns the signed headers of a request, with names in lowercase and sorted: `Host`, and all others except
///
/// - `Authorization`, which contains the signature,
/// - `Accept` and `User-Agent`, which proxies change, and which do not change what the request does,
/// - names with `_`, which gateways drop,
/// - headers with several lines, because nothing defines their canonical form.
///
/// The signature of `Host` binds a request to its service: no other service accepts it.
fn signed_headers(headers: &HeaderMap, uri: &Uri) -> Vec<(String, String)> {
    let is_signed = |name: &HeaderName| {
        ![ACCEPT, AUTHORIZATION, HOST, USER_AGENT].contains(name)
            && !name.as_str().contains('_')
            && headers.get_all(name).iter().count() == 1
    };
    let names = headers.keys().filter(|name| is_signed(name));
    let values = names.map(|name| (name.as_str(), headers.get(name).and_then(|value| value.to_str().ok())));
    let signed = values.filter_map(|(name, value)| Some((name.to_owned(), value?.trim().to_owned())));
    let mut signed: Vec<_> = signed.chain(host(uri).map(|host| ("host".to_owned(), host))).collect();
    signed.sort();
    signed
}

/// Returns the header `Host` that the transport sends: the host, and the port if it is not the default port.
fn host(uri: &Uri) -> Option<String> {
    let default = if uri.scheme_str() == Some("https") { 443 } else { 80 };
    let host = uri.host()?;
    Some(uri.port_u16().filter(|port| *port != default).map_or(host.to_owned(), |port| format!("{host}:{port}")))
}

/// Returns the canonical request. `headers` are the signed headers, with names in lowercase, trimmed values, and sorted.
#[doc(hidden)]
pub fn canonical_request(method: &str, uri: &Uri, headers: &[(String, String)], body_hash: &str) -> String {
    let mut canonical = format!("{method}\n");
    for (index, segment) in percent_decode(uri.path()).split(|byte| *byte == b'/').enumerate() {
        if index > 0 {
            canonical.push('/');
        }
        percent_encode_bytes(segment, &mut canonical);
    }
    if !canonical.ends_with('/') {
        canonical.push('/');
    }
    canonical.push('\n');
    let pairs = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    // A `+` in a query is a space, as in forms.
    let decoded = |text: &str| percent_decode(&text.replace('+', " "));
    let mut pairs: Vec<_> = pairs.map(|(name, value)| (decoded(name), decoded(value))).collect();
    pairs.sort();
    for (index, (name, value)) in pairs.iter().enumerate() {
        if index > 0 {
            canonical.push('&');
        }
        percent_encode_bytes(name, &mut canonical);
        canonical.push('=');
        percent_encode_bytes(value, &mut canonical);
    }
    canonical.push('\n');
    for (name, value) in headers {
        canonical.extend([name, ":", value, "\n"]);
    }
    canonical.extend(["\n", &names(headers), "\n", body_hash]);
    canonical
}

/// Returns the value of the header `Authorization`.
#[doc(hidden)]
pub fn authorization(key: &SigningKey, date: &str, headers: &[(String, String)], canonical: &str) -> String {
    let text = format!("{ALGORITHM}\n{date}\n{}", hex(&Sha256::digest(canonical)));
    // HMAC accepts a key of any length.
    let signature =
        Hmac::<Sha256>::new_from_slice(key.secret_key.as_bytes()).map(|mac| mac.chain_update(text).finalize());
    let signature = signature.map(|signature| hex(&signature.into_bytes())).unwrap_or_default();
    format!("{ALGORITHM} Access={}, SignedHeaders={}, Signature={signature}", key.access_key, names(headers))
}

fn names(headers: &[(String, String)]) -> String {
    headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
