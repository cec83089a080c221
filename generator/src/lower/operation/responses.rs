//! Lowers the responses of an operation to a success type, an enum of failures, and the arms of the `match` that decodes
//! responses. An arm selects a success or a failure by the status and media type of the response.

use std::sync::Arc;

use crate::ir::{
    Content, FailureCondition, FailureVariant, MediaTypeMatch, ResponseArm, ResponseKind, Responses, StatusMatch,
    Success, SuccessVariant,
};
use crate::lower::docs;
use crate::lower::naming::context::{NamingContext, Role};
use crate::lower::naming::scope::Scope;
use crate::lower::operation::response_bodies::ResponseBody;
use crate::lower::operation::statuses::{by_status, is_success, status_match, status_variant, status_words};
use crate::lower::state::Lowering;
use crate::resolve::document::{self, FailureTest, Operation, Response, Status};

impl<'d> Lowering<'d> {
    /// Lowers the responses of an operation; `None` if a body is reported as an error.
    pub(super) fn lower_responses(&mut self, operation: &'d Operation, type_name: &str) -> Option<Responses> {
        let responses = by_status(operation);
        let has_success = responses.iter().any(|response| is_success(response.status, operation));
        let is_only_one = responses.len() == 1;
        let mut arms = Arms::default();
        for response in responses {
            let words = match is_only_one {
                true => "response".to_owned(),
                false => format!("{} response", status_words(response.status)),
            };
            let context = NamingContext::at(&response.pointer, Role::Response, type_name, &words).shared_as("response");
            let bodies = self.lower_response_bodies(operation, response, &context)?;
            match response.status {
                Status::Default if !has_success => {
                    arms.add(StatusMatch::Range(2), response, &bodies, true);
                    arms.add(StatusMatch::Other, response, &bodies, false);
                }
                status if is_success(status, operation) => {
                    if let Some(condition) = response.failure.as_ref().map(failure_condition) {
                        let body = bodies.first().map(|body| body.content.clone());
                        let name = status_variant(response.status);
                        arms.add_failure(status_match(status), response, name, body, Some(condition), None);
                    }
                    arms.add(status_match(status), response, &bodies, true);
                }
                status => arms.add(status_match(status), response, &bodies, false),
            }
        }
        let headers = self.lower_success_headers(operation, type_name);
        let failure_type = match arms.failures.is_empty() {
            true => String::new(),
            false => self.type_names.take_first(["", "Response"].map(|word| format!("{type_name}{word}Failure"))),
        };
        let success = self.success_type(arms.successes, type_name);
        let stream = match self.item_media(operation) {
            Some(media) => Some(self.lower_item_stream(media, type_name)?),
            None => None,
        };
        Some(Responses { success, headers, failures: arms.failures, failure_type, stream, arms: arms.arms })
    }

    fn success_type(&mut self, mut successes: Vec<SuccessVariant>, type_name: &str) -> Success {
        match successes.len() {
            0 => Success::One(None),
            1 => Success::One(successes.remove(0).body),
            _ => Success::Several {
                name: self.type_names.take_first(["", "Response"].map(|word| format!("{type_name}{word}Success"))),
                variants: successes,
            },
        }
    }
}

fn failure_condition(failure: &document::FailureCondition) -> FailureCondition {
    let equals = match &failure.test {
        FailureTest::NonEmpty => None,
        FailureTest::Equals(value) => Some(value.to_string()),
    };
    FailureCondition { pointer: failure.pointer.clone(), equals }
}

/// Collects the response arms of an operation, and the success and failure variants that the arms select.
#[derive(Default)]
struct Arms {
    successes: Vec<SuccessVariant>,
    failures: Vec<FailureVariant>,
    arms: Vec<ResponseArm>,
    success_names: Scope,
    failure_names: Scope,
}

impl Arms {
    /// Adds an arm for each body that a response can have, or a single arm if the response has no body. The arm of the preferred
    /// body comes last and accepts every media type, because a response without `Content-Type` is decoded as the preferred body.
    fn add(&mut self, status: StatusMatch, response: &Response, bodies: &[ResponseBody], is_success: bool) {
        let offered: Arc<Vec<Vec<String>>> = Arc::new(bodies.iter().map(|body| body.media_types.clone()).collect());
        let has_choice = bodies.len() > 1;
        let others = (1..bodies.len()).map(Some);
        for index in others.chain([(!bodies.is_empty()).then_some(0)]) {
            let body = index.and_then(|index| bodies.get(index));
            let media_type = index.filter(|index| *index > 0);
            let media_type = media_type.map(|index| MediaTypeMatch { offered: Arc::clone(&offered), index });
            let name = match body.filter(|_| has_choice) {
                Some(body) => format!("{}{}", status_variant(response.status), body.name),
                None => status_variant(response.status),
            };
            let content = body.map(|body| body.content.clone());
            match is_success {
                true => self.add_success(status, response, name, content, media_type),
                false => self.add_failure(status, response, name, content, None, media_type),
            }
        }
    }

    fn add_success(
        &mut self,
        status: StatusMatch,
        response: &Response,
        name: String,
        body: Option<Content>,
        media_type: Option<MediaTypeMatch>,
    ) {
        let kind = ResponseKind::Success(self.successes.len());
        let name = self.success_names.take(name);
        self.successes.push(SuccessVariant { name, docs: response_docs(response, None), body });
        self.arms.push(ResponseArm { status, condition: None, media_type, kind });
    }

    fn add_failure(
        &mut self,
        status: StatusMatch,
        response: &Response,
        name: String,
        body: Option<Content>,
        condition: Option<FailureCondition>,
        media_type: Option<MediaTypeMatch>,
    ) {
        let kind = ResponseKind::Failure(self.failures.len());
        let name = self.failure_names.take(name);
        let docs = response_docs(response, condition.as_ref());
        self.failures.push(FailureVariant { name, docs, body });
        self.arms.push(ResponseArm { status, condition, media_type, kind });
    }
}

fn response_docs(response: &Response, condition: Option<&FailureCondition>) -> Vec<String> {
    let status = match response.status {
        Status::Code(code) => format!("Status {code}"),
        Status::Range(first_digit) => format!("Status {first_digit}XX"),
        Status::Default => "Any other status".to_owned(),
    };
    let mut lines = docs::prose(&format!("{status}: {}", response.description));
    let condition = condition.map(|FailureCondition { pointer, equals }| match equals {
        None => format!("The response is a failure if {} is not empty.", docs::code(pointer)),
        Some(value) => format!("The response is a failure if {} is {}.", docs::code(pointer), docs::code(value)),
    });
    docs::paragraph(&mut lines, condition);
    lines
}
