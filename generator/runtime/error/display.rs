// copperplate runtime: copied into each generated crate that uses it.
//! Prints an error on one line, without secrets.

use std::fmt::{self, Write};

use http::StatusCode;

use crate::runtime::client::transport_cause::Summary;
use crate::runtime::error::{BUILDER, Error, Inner, Kind, ServiceFailure};
use crate::runtime::printing::{BodySummary, Cut, OneLine};
use crate::runtime::response::html::{is_html, title};
use crate::runtime::response::media_type::content_type;
use crate::runtime::response::received::ReceivedResponse;

/// The maximal number of characters that `Display` prints.
const LENGTH: usize = 2000;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { request, earlier_attempts, .. } = &*self.0;
        let mut line = OneLine::new(f, LENGTH);
        write!(line, "{request}: ")?;
        self.write_kind(&mut line)?;
        for (index, attempt) in earlier_attempts.iter().enumerate() {
            let start = if index == 0 { "; earlier attempts failed: " } else { ", " };
            write!(line, "{start}{}", attempt.reason)?;
        }
        Ok(())
    }
}

impl Error {
    fn write_kind(&self, line: &mut OneLine<'_, '_>) -> fmt::Result {
        let Inner { request, kind, .. } = &*self.0;
        match kind {
            Kind::InvalidRequest(violations) if request.operation == BUILDER => {
                write!(line, "the client was not built: {violations}")
            }
            Kind::InvalidRequest(violations) => write!(line, "the request was not sent: {violations}"),
            // part: security
            Kind::Credential(missing) => write!(line, "the request was not sent: {missing}"),
            // end of part
            Kind::Transport(error) => write!(line, "{}", Summary(error)),
            Kind::Service(failure) => write!(line, "{failure}"),
            Kind::InvalidResponse(violations, received) => {
                write!(line, "{}, but the response is invalid: {violations}", Head(received))
            }
            Kind::Decode(error, received) => {
                let (head, body) = (Head(received), &received.body);
                if !error.is_of_whole_body() {
                    let summary = BodySummary(body, &received.headers);
                    let separator = if error.pointer.is_empty() { ": " } else { " " };
                    return write!(line, "{head}, but the body does not decode{separator}{error}; {summary}");
                }
                write!(line, "{head}, but {}{}", error.message, Title(received))?;
                match body.is_empty() {
                    true => Ok(()),
                    false => write!(line, "; {}", BodySummary(body, &received.headers)),
                }
            }
        }
    }
}

impl fmt::Display for ServiceFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { received, code, message, .. } = self;
        write!(f, "status {}", Status(received.status))?;
        if !self.is_documented {
            f.write_str(", which the document does not describe")?;
        }
        if let Some(message) = message {
            write!(f, ", message {:?}", Cut::new(message))?;
        }
        if let Some(code) = code {
            write!(f, ", code {}", Cut::new(code))?;
        }
        RequestId(received).fmt(f)?;
        match message {
            Some(_) => Ok(()),
            None if is_html(&received.body, &received.headers) => {
                let expected = if self.does_not_decode() { ", not JSON" } else { "" };
                write!(f, "; the body is HTML{expected}{}", Title(received))
            }
            None => {
                write!(f, "; {}", BodySummary(&received.body, &received.headers))?;
                match self.printable_text() {
                    Some(text) => write!(f, ": {:?}", Cut::new(text)),
                    None => Ok(()),
                }
            }
        }
    }
}

impl ServiceFailure {
    /// Returns whether the document describes the body, but the body is something else.
    fn does_not_decode(&self) -> bool {
        self.is_documented && self.failure.is_none()
    }

    /// Returns the body if it is plain text that the service or a proxy wrote for people. A body that the document
    /// describes is not printed, because each part of it can be a secret. Neither is the body of a success.
    fn printable_text(&self) -> Option<&str> {
        let ReceivedResponse { status, headers, .. } = &self.received;
        let media_type = content_type(headers).unwrap_or_default();
        let is_plain = media_type.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("text/plain"));
        let is_failure = status.is_client_error() || status.is_server_error();
        self.body_text.as_deref().filter(|_| is_plain && is_failure && self.failure.is_none())
    }
}

/// Prints the status of a response and the ID of the request.
struct Head<'a>(&'a ReceivedResponse);

impl fmt::Display for Head<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "status {}{}", Status(self.0.status), RequestId(self.0))
    }
}

/// Prints a status with its usual name, such as `404 Not Found`. A status without a name is a number.
struct Status(StatusCode);

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())?;
        self.0.canonical_reason().map_or(Ok(()), |reason| write!(f, " {reason}"))
    }
}

/// Prints the ID of the request after a comma, if the response has one.
struct RequestId<'a>(&'a ReceivedResponse);

impl fmt::Display for RequestId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.request_id.as_deref().map_or(Ok(()), |id| write!(f, ", request ID {}", Cut::new(id)))
    }
}

/// Prints the title of a body that is HTML.
struct Title<'a>(&'a ReceivedResponse);

impl fmt::Display for Title<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ReceivedResponse { headers, body, .. } = self.0;
        let title = is_html(body, headers).then(|| title(body)).flatten();
        title.map_or(Ok(()), |title| write!(f, " with the title {:?}", Cut::new(&title)))
    }
}
