// copperplate runtime: copied into each generated crate that uses it.
//! Builds the request of a call.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method};

use crate::runtime::client::api::Api;
use crate::runtime::client::attempt::Attempt;
use crate::runtime::client::authorization::Authorization;
use crate::runtime::client::base_url::{problem_with, resolve};
use crate::runtime::client::call::Call;
use crate::runtime::client::credential_provider::MissingCredential;
use crate::runtime::client::http_method::http_method;
use crate::runtime::client::operation::Operation;
use crate::runtime::client::polling::ready_output;
use crate::runtime::client::transport::ResponseLimit;
use crate::runtime::error::Error;
use crate::runtime::error::failed_request::FailedRequest;
use crate::runtime::request::builder::RequestBuilder;
use crate::runtime::request::framing_header::is_framing_header;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::report::Report;
use crate::runtime::validation::validate::share;
use crate::runtime::validation::violation::Direction;

impl<A: Api, T> Call<'_, A, T> {
    /// Builds the request, and does not send it.
    ///
    /// # Errors
    /// Returns an error if the request is invalid. [`Error::violations`] lists all violations.
    pub fn request<O: Operation<Api = A>>(&self, operation: &O) -> Result<http::Request<Bytes>, Error> {
        let authorization = ready_output(self.authorization(O::SECURITY)).unwrap_or(Err(MissingCredential::NotIssued));
        let authorization = authorization.map_err(missing_credential::<O>)?;
        let request = self.build(
            operation,
            &authorization,
        )?;
        let request = authorization.signed(request, self.client.config.clock.now());
        Ok(request)
    }

    /// Builds the request with these credentials and this idempotency key, without its signature.
    pub(super) fn build<O: Operation<Api = A>>(
        &self,
        operation: &O,
        authorization: &Authorization,
    ) -> Result<http::Request<Bytes>, Error> {
        let (config, options) = (&self.client.config, self.options());
        let is_validated = options.validate_request.unwrap_or(config.validate_requests);
        let report = Report::new(Direction::Request);
        if is_validated {
            share(|| operation.check_arguments(ValidationContext::root(&report)));
        }
        let mut request = RequestBuilder::new(&report);
        request.masks_secrets = options.masks_secrets;
        operation.write_request(&mut request);
        authorization.attach(is_validated, &mut request);
        for (name, value) in &options.headers {
            request.header_of_call(name, value);
        }
        let server = self.server(O::SERVER);
        let base = resolve(&config.base, server).unwrap_or_else(|problem| {
            let problem = problem_with(server.unwrap_or_default(), problem);
            request.context().client_setting("server").report_violation("url", None, Some(problem));
            Cow::Borrowed("")
        });
        if let Some(header) = &options.method_override {
            check_method_override(header, &request);
        }
        let path = request.template();
        let has_secret = request.has_secret() || !config.headers.is_empty();
        let mut request = request.finish(&base, http_method::<O>(), &config.headers, O::ACCEPT, &config.user_agent);
        let is_base = matches!(base, Cow::Borrowed(_));
        if has_secret && !(is_base && config.base_may_receive_credentials) {
            let problem = config.destinations.problem(request.uri(), &config.base, options.server.is_some());
            if let Some(problem) = problem {
                let at = ValidationContext::root(&report);
                at.client_setting("server").report_violation("credential", None, Some(problem));
            }
        }
        report.finish().map_err(|violations| {
            Error::invalid_request(FailedRequest::unsent(O::ID, Some(http_method::<O>())), violations)
        })?;
        if let Some(header) = options.method_override.clone() {
            // Every HTTP method is a valid header value.
            if let Ok(method) = HeaderValue::from_str(http_method::<O>().as_str()) {
                request.headers_mut().insert(header, method);
            }
            *request.method_mut() = Method::POST;
        }
        request.extensions_mut().insert(self.first_attempt::<O>(path));
        Ok(request)
    }

    /// Describes the first attempt to send a request with this path template.
    fn first_attempt<O: Operation<Api = A>>(&self, path: &'static str) -> Attempt {
        let (config, options) = (&self.client.config, self.options());
        Attempt {
            operation: O::ID,
            method: http_method::<O>(),
            path,
            number: 1,
            timeout: self.timeout().min(options.attempt_timeout.unwrap_or(config.attempt_timeout)),
            idle_timeout: options.idle_timeout.or(config.idle_timeout),
            response_limit: self.limit(),
        }
    }

    /// Returns the timeout of the call.
    pub(crate) fn timeout(&self) -> Duration {
        self.options().timeout.unwrap_or(self.client.config.timeout)
    }

    pub(crate) fn limit(&self) -> ResponseLimit {
        self.options().limit.unwrap_or(self.client.config.limit)
    }
}

/// Reports a violation if the header with the HTTP method of a tunnelled request is invalid, or if the request sets it itself.
fn check_method_override(header: &HeaderName, request: &RequestBuilder<'_>) {
    if is_framing_header(header) {
        request.context().header(header.as_str()).report_violation("header-name", None, None);
    }
    if request.sets(header) {
        let reason = Some("the request sets this header itself".to_owned());
        request.context().header(header.as_str()).report_violation("header-name", None, reason);
    }
}

/// Returns the error for a credential that could not be obtained.
pub(super) fn missing_credential<O: Operation>(missing: MissingCredential) -> Error {
    Error::credential(FailedRequest::unsent(O::ID, Some(http_method::<O>())), missing)
}
