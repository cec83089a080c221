//! A gateway that verifies signatures of `SDK-HMAC-SHA256`. It is written from the description of the algorithm, and shares no
//! code with the runtime.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::socket::Request;

/// The number of seconds by which the date of a signature may differ from the time of the gateway.
const SKEW: i64 = 15 * 60;

/// A gateway that knows one key pair.
pub(super) struct Gateway {
    pub(super) access_key: &'static str,
    pub(super) secret_key: &'static str,
    /// The time of the gateway, such as `20260101T000000Z`.
    pub(super) now: &'static str,
}

impl Gateway {
    /// Verifies the signature of a request.
    ///
    /// # Errors
    /// Returns the reason why the gateway rejects the request.
    pub(super) fn verify(&self, request: &Request) -> Result<(), String> {
        let authorization = only(request, "authorization")?;
        let parts = authorization.strip_prefix("SDK-HMAC-SHA256 ").ok_or("another algorithm")?;
        let parts: BTreeMap<&str, &str> = parts.split(", ").filter_map(|part| part.split_once('=')).collect();
        let part = |name: &str| parts.get(name).copied().ok_or(format!("no {name}"));
        if part("Access")? != self.access_key {
            return Err("the access key is unknown".to_owned());
        }
        let date = only(request, "x-sdk-date")?;
        if (seconds(date)? - seconds(self.now)?).abs() > SKEW {
            return Err("the date is too early or too late".to_owned());
        }
        let signed: Vec<&str> = part("SignedHeaders")?.split(';').collect();
        if !signed.is_sorted() || !signed.contains(&"x-sdk-date") {
            return Err("the signed headers are not sorted, or lack the date".to_owned());
        }
        let canonical = canonical(request, &signed)?;
        let text = format!("SDK-HMAC-SHA256\n{date}\n{}", hex(&Sha256::digest(canonical)));
        let expected = hex(&hmac(self.secret_key.as_bytes(), text.as_bytes()));
        if part("Signature")? == expected { Ok(()) } else { Err("the signature is wrong".to_owned()) }
    }
}

/// Returns the only value of a header.
fn only<'r>(request: &'r Request, name: &str) -> Result<&'r str, String> {
    match request.header(name)[..] {
        [value] => Ok(value),
        ref values => Err(format!("{} headers {name}", values.len())),
    }
}

fn canonical(request: &Request, signed: &[&str]) -> Result<Vec<u8>, String> {
    let [method, target, _] = request.line.split(' ').collect::<Vec<_>>()[..] else {
        return Err("no request line".to_owned());
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let segments: Vec<String> = unescaped(path)?.split(|byte| *byte == b'/').map(escaped).collect();
    let path = segments.join("/");
    let end = if path.ends_with('/') { "" } else { "/" };
    let mut pairs = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        pairs.push((unescaped(name)?, unescaped(value)?));
    }
    pairs.sort();
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
    let mut lines = format!("{method}\n{path}{end}\n{}\n", pairs.join("&"));
    for name in signed {
        lines += &format!("{name}:{}\n", only(request, name)?.trim());
    }
    let hash = match request.header("x-sdk-content-sha256")[..] {
        [] => hex(&Sha256::digest(&request.body)),
        [hash] => hash.to_owned(),
        _ => return Err("several hashes of the body".to_owned()),
    };
    Ok(format!("{lines}\n{}\n{hash}", signed.join(";")).into_bytes())
}

/// HMAC of RFC 2104.
fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut block = if key.len() > 64 { Sha256::digest(key).to_vec() } else { key.to_vec() };
    block.resize(64, 0);
    let padded = |byte: u8, rest: &[u8]| {
        let mut bytes: Vec<u8> = block.iter().map(|key| key ^ byte).collect();
        bytes.extend(rest);
        Sha256::digest(bytes).to_vec()
    };
    padded(0x5c, &padded(0x36, message))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn escaped(bytes: impl AsRef<[u8]>) -> String {
    let escape = |byte: &u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(*byte).to_string(),
        other => format!("%{other:02X}"),
    };
    bytes.as_ref().iter().map(escape).collect()
}

fn unescaped(text: &str) -> Result<Vec<u8>, String> {
    let mut bytes = text.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digits: String = bytes.by_ref().take(2).map(char::from).collect();
            out.push(u8::from_str_radix(&digits, 16).map_err(|_| format!("{text} has a malformed escape"))?);
        } else {
            out.push(byte);
        }
    }
    Ok(out)
}

/// Returns the seconds since the start of the year 2000, for dates of the same month.
fn seconds(date: &str) -> Result<i64, String> {
    let is_date = date.len() == 16 && date.is_ascii() && &date[8..9] == "T" && &date[15..] == "Z";
    let number = |from: usize, to: usize| date[from..to].parse::<i64>().map_err(|_| format!("{date} is not a date"));
    if !is_date {
        return Err(format!("{date} is not a date"));
    }
    let days = (number(0, 4)? * 12 + number(4, 6)?) * 31 + number(6, 8)?;
    Ok(((days * 24 + number(9, 11)?) * 60 + number(11, 13)?) * 60 + number(13, 15)?)
}
