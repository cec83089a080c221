// copperplate runtime: copied into each generated crate that uses it.
//! A run of one command: the values of its options, and the call.

use std::time::Duration;

use crate::runtime::cli::curl::curl;
use crate::runtime::cli::failure::Failure;
use crate::runtime::cli::input;
use crate::runtime::cli::json;
use crate::runtime::cli::options::Credential as CredentialOption;
use crate::runtime::cli::options::{CommandOption, Kind, Server};
use crate::runtime::cli::values::Values;
use crate::runtime::client::api::Api;
use crate::runtime::client::box_transport::BoxTransport;
use crate::runtime::client::builder::{Builder, Client};
use crate::runtime::client::call_options::CallOptions;
use crate::runtime::client::credentials::{AnyCredential, Credential};
use crate::runtime::client::operation::Operation;
use crate::runtime::client::retry_policy::RetryPolicy;
use crate::runtime::client::security::{CredentialLocation, Security, SecurityRequirement};
use crate::runtime::client::signing_key::{KeyPair, SigningKey};
use crate::runtime::decoding::decode::{DecodeOwned, from_slice};
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::error::Error;
use bytes::Bytes;

/// The response to a call, as it is awaited.
pub type Response<'c> = std::pin::Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, Error>> + 'c>>;

/// Awaits the response to a call.
pub type Await<'a> = dyn Fn(Response<'_>) -> Result<http::Response<Bytes>, Error> + 'a;

/// A run of one command.
pub struct Session<'r> {
    pub(super) values: Values<'r>,
    pub(super) servers: &'static [Server],
    pub(super) credentials: &'static [CredentialOption],
    /// The options of the command.
    pub(super) options: &'static [CommandOption],
    /// The names of the members of the body whose values are secrets.
    pub(super) secret_names: &'static [&'static str],
    pub(super) transport: BoxTransport,
    pub(super) await_response: &'r Await<'r>,
}

/// What a command did.
#[derive(Debug)]
pub enum Exchange {
    /// It built a request, as this `curl` command prints it.
    Request(String),
    /// It received a response. The error says why it is no success.
    Response(http::Response<Bytes>, Option<Box<Error>>),
}

impl Session<'_> {
    /// Builds the client of the command.
    ///
    /// # Errors
    /// Returns an error if an option is wrong.
    pub fn client<A: Api>(&self) -> Result<Client<A, BoxTransport>, Failure> {
        let base_url = self.values.text("base-url");
        let mut builder: Builder<A> = Client::builder(match base_url {
            Some(url) => url.to_owned(),
            None => self.server_url()?,
        });
        builder = builder.single_server(base_url.is_some());
        for header in self.values.texts("header") {
            let Some((name, value)) = header.split_once(':') else {
                return Err(Failure::Usage("--header: write `NAME: VALUE`".to_owned()));
            };
            builder = builder.default_header(name.trim(), value.trim());
        }
        for credential in self.credentials {
            if let Some(variables) = self.values.text(credential.option) {
                let value = self.credential(credential.option, &credential.scheme.location, variables)?;
                builder = builder.credential(credential.scheme, value);
            }
        }
        if let Some(seconds) = self.values.text("timeout") {
            let duration = seconds.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            let wrong = || Failure::Usage("--timeout: write a number of seconds".to_owned());
            builder = builder.timeout(duration.ok_or_else(wrong)?);
        }
        if self.values.has_flag("no-retry") {
            builder = builder.retry(RetryPolicy::off());
        }
        if self.values.has_flag("allow-plain-http") {
            builder = builder.allow_plain_http();
        }
        builder.build_with(self.transport.clone()).map_err(|error| Failure::Usage(error.to_string()))
    }

    /// Returns the URL of the server that the options choose: the named one, the first one with a variable that is set, or the
    /// first one.
    fn server_url(&self) -> Result<String, Failure> {
        let servers = self.servers;
        let server = match self.values.text("server") {
            Some(name) => servers.iter().find(|server| server.name == name),
            None => {
                let chosen = servers
                    .iter()
                    .find(|server| server.variables.iter().any(|option| self.values.text(option).is_some()));
                chosen.or(servers.first())
            }
        };
        match server {
            Some(server) => (server.url)(&self.values),
            None => Err(Failure::Usage("--base-url is required, because the document names no server".to_owned())),
        }
    }

    /// Reads a credential from the environment variables that an option names.
    fn credential(
        &self,
        option: &str,
        location: &CredentialLocation,
        variables: &str,
    ) -> Result<AnyCredential, Failure> {
        match location {
            CredentialLocation::SdkHmacSha256 => {
                let names: Vec<&str> = variables.split(',').collect();
                let [access_key, secret_key, token @ ..] = names.as_slice() else {
                    return Err(Failure::Usage(format!("--{option}: write the names of two variables, as in AK,SK")));
                };
                let key = SigningKey::new(KeyPair {
                    access_key: self.values.environment(option, access_key)?,
                    secret_key: self.values.environment(option, secret_key)?,
                });
                let key = match token.first() {
                    Some(token) => key.security_token(self.values.environment(option, token)?),
                    None => key,
                };
                Ok(AnyCredential::SigningKey(Credential::from(key)))
            }
            _ => Ok(AnyCredential::Secret(Credential::from(self.values.environment(option, variables)?))),
        }
    }

    /// Returns the value of a required option.
    ///
    /// # Errors
    /// Returns an error if the text is not a value of the type.
    pub fn value<T: DecodeOwned>(&self, option: &str) -> Result<T, Failure> {
        let value = self.optional(option)?;
        value.ok_or_else(|| Failure::Usage(format!("--{option} is required")))
    }

    /// Returns the value of an option. Returns `None` if it is not set.
    ///
    /// # Errors
    /// Returns an error if the text is not a value of the type.
    pub fn optional<T: DecodeOwned>(&self, option: &str) -> Result<Option<T>, Failure> {
        let Some(option) = self.options.iter().find(|known| known.name == option) else { return Ok(None) };
        let Some(json) = self.json(option)? else { return Ok(None) };
        let value = decoded(&json);
        value.map(Some).map_err(|error| match option.is_secret {
            true => Failure::Usage(format!("--{}: the value of the environment variable is not valid", option.name)),
            false => Failure::Usage(format!("--{}: {error}", option.name)),
        })
    }

    /// Returns which of the forms of a key is given. Each form has a name, which `option` can have as its value, and a list of
    /// options.
    ///
    /// # Errors
    /// Returns an error if the given options are not those of a form.
    pub fn form(&self, option: &str, forms: &[(&str, &[&str])]) -> Result<usize, Failure> {
        let all = forms.iter().flat_map(|(_, options)| *options).copied();
        let given: Vec<&str> = all.filter(|option| self.values.is_set(option)).collect();
        let name = self.values.text(option);
        let fits = |(form, options): &(&str, &[&str])| {
            name.is_none_or(|name| name == *form)
                && options.iter().all(|option| self.values.is_set(option))
                && given.iter().all(|option| options.contains(option))
        };
        forms.iter().position(fits).ok_or_else(|| {
            let shown = |(form, options): &(&str, &[&str])| {
                let options: String = options.iter().map(|option| format!(" --{option}")).collect();
                format!("\n  {form}:{options}")
            };
            let shown: String = forms.iter().map(shown).collect();
            Failure::Usage(format!("the options fit none of these forms, which --{option} names:{shown}"))
        })
    }

    /// Returns the required JSON body: the value of `--body`, with the members that options set.
    ///
    /// # Errors
    /// Returns an error if it cannot be read, or is not a value of the type.
    pub fn body<T: DecodeOwned>(&self) -> Result<T, Failure> {
        decoded_body(self.body_json()?.as_deref().unwrap_or("{}"))
    }

    /// Returns the JSON body. Returns `None` if no option sets it.
    ///
    /// # Errors
    /// Returns an error if it cannot be read, or is not a value of the type.
    pub fn optional_body<T: DecodeOwned>(&self) -> Result<Option<T>, Failure> {
        self.body_json()?.map(|json| decoded_body(&json)).transpose()
    }

    /// Returns the text of the JSON body. Returns `None` if no option sets it.
    fn body_json(&self) -> Result<Option<String>, Failure> {
        let given = self.values.text("body").map(input::json).transpose()?;
        let mut members = Vec::new();
        for option in self.options {
            if let (Some(name), Some(value)) = (option.member, self.json(option)?) {
                members.push((name, value));
            }
        }
        if members.is_empty() {
            return Ok(given);
        }
        let object = json::with_members(given.as_deref().unwrap_or("{}"), members);
        object.map(Some).ok_or_else(|| {
            Failure::Usage("--body is not a JSON object, so that no other option can set a member".to_owned())
        })
    }

    /// Returns the body that is text, from the file that `--body` names.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read.
    pub fn text_body(&self) -> Result<Option<String>, Failure> {
        self.values.text("body").map(input::read_text).transpose()
    }

    /// Returns the body that is text of another type, such as a number, from the file that `--body` names.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, or the text is not a value of the type.
    pub fn scalar_body<T: DecodeOwned>(&self) -> Result<Option<T>, Failure> {
        let Some(text) = self.text_body()? else { return Ok(None) };
        let text = text.trim_end_matches('\n');
        let value = decoded(&json::string(text)).or_else(|_| decoded(text));
        value.map(Some).map_err(|error| Failure::Usage(format!("--body: {error}")))
    }

    /// Returns the body that is bytes, from the file that `--body` names.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read.
    pub fn bytes_body(&self) -> Result<Option<Bytes>, Failure> {
        self.values.text("body").map(|path| input::read(path).map(Bytes::from)).transpose()
    }

    /// Sends an operation, or prints its request under `--dry-run`.
    ///
    /// # Errors
    /// Returns an error if the request is invalid, or no response was received.
    pub fn send<O>(&self, operation: O) -> Result<Exchange, Failure>
    where
        O: Operation<Transport = BoxTransport> + Sync,
        O::Api: Sync,
    {
        self.check_credentials(O::SECURITY)?;
        if self.values.has_flag("dry-run") {
            return Self::shown(operation, Some(self.secret_names));
        }
        let response = (self.await_response)(Box::pin(operation.send_raw()))?;
        let error = operation.read(response.clone()).err();
        Ok(Exchange::Response(response, error.map(Box::new)))
    }

    /// Like [`Session::send`], but the printed request does not show the body, because it is a secret as a whole.
    ///
    /// # Errors
    /// Returns an error if the request is invalid, or no response was received.
    pub fn send_secret_body<O>(&self, operation: O) -> Result<Exchange, Failure>
    where
        O: Operation<Transport = BoxTransport> + Sync,
        O::Api: Sync,
    {
        if self.values.has_flag("dry-run") {
            self.check_credentials(O::SECURITY)?;
            return Self::shown(operation, None);
        }
        self.send(operation)
    }

    /// Prints the request of an operation. `names` are the members of the body that are secrets; `None` if the whole body is one.
    fn shown<O: Operation>(operation: O, names: Option<&[&str]>) -> Result<Exchange, Failure> {
        // A mask satisfies rules that the secret in its place may violate.
        operation.request()?;
        let masked = operation.options(CallOptions { masks_secrets: true, ..CallOptions::new() });
        Ok(Exchange::Request(curl(&masked.request()?, names)))
    }

    /// Returns an error that names the options for the credentials of an operation, if they are missing.
    fn check_credentials(&self, security: Security) -> Result<(), Failure> {
        let option = |requirement: &SecurityRequirement| {
            let known = self.credentials.iter().find(|known| known.scheme.name == requirement.scheme.name);
            known.map_or("", |known| known.option)
        };
        let is_complete =
            |needed: &&[SecurityRequirement]| needed.iter().all(|requirement| self.values.is_set(option(requirement)));
        if security.is_empty() || security.iter().any(is_complete) {
            return Ok(());
        }
        let alternatives = security.iter().map(|needed| {
            let options: Vec<String> = needed.iter().map(|requirement| format!("--{}", option(requirement))).collect();
            options.join(" and ")
        });
        let alternatives: Vec<String> = alternatives.collect();
        Err(Failure::Usage(format!("a credential is missing: set {}", alternatives.join(", or "))))
    }

    /// Returns the JSON text of an option's value. Returns `None` if the option is not set.
    fn json(&self, option: &CommandOption) -> Result<Option<String>, Failure> {
        let mut values = Vec::new();
        for text in self.values.texts(option.name) {
            let secret = option.is_secret.then(|| self.values.environment(option.name, text)).transpose()?;
            let value = json::value_text(option.kind, secret.as_deref().unwrap_or(text));
            values.push(value.ok_or_else(|| {
                let kind = if option.kind == Kind::Boolean { "`true` or `false`" } else { "a number" };
                match option.is_secret {
                    true => Failure::Usage(format!("--{}: the value is not {kind}", option.name)),
                    false => Failure::Usage(format!("--{}: {text:?} is not {kind}", option.name)),
                }
            })?);
        }
        Ok(match option.is_list {
            true if values.is_empty() => None,
            true => Some(format!("[{}]", values.join(","))),
            false => values.pop(),
        })
    }
}

fn decoded<T: DecodeOwned>(json: &str) -> Result<T, serde_json::Error> {
    from_slice(json.as_bytes(), &Leniency::counting())
}

fn decoded_body<T: DecodeOwned>(json: &str) -> Result<T, Failure> {
    decoded(json).map_err(|error| Failure::Usage(format!("the body: {error}")))
}

/// Prints no option, because an option can be a secret.
impl std::fmt::Debug for Session<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("values", &self.values).finish_non_exhaustive()
    }
}
