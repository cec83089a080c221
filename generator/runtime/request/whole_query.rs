// copperplate runtime: copied into each generated crate that uses it.
//! Sends a value as the whole query of a URL (`in: querystring`).

use serde::Serialize;
use serde_json::Value as Json;

use crate::runtime::request::builder::MASK; // part: cli
use crate::runtime::request::builder::{RequestBuilder, json};
use crate::runtime::request::percent_encoding::percent_encode;

impl RequestBuilder<'_> {
    /// Sends a value as the whole query: as JSON, or as the text of a scalar. Adds nothing if `value` is `None`.
    pub fn whole_query<'v, T>(&mut self, parameter: &str, is_json: bool, value: impl IntoIterator<Item = &'v T>)
    where
        T: Serialize + ?Sized + 'v,
    {
        let request = self.context();
        let at = self.with_secrecy(parameter, request.query(parameter));
        for value in value.into_iter().filter_map(|value| json(value, at)) {
            self.note_in_url(parameter);
            // part: cli
            if self.masks(parameter) {
                self.query.push_str(MASK);
                continue;
            }
            // end of part
            match value {
                Json::String(text) if !is_json => percent_encode(&text, &mut self.query),
                value => percent_encode(&value.to_string(), &mut self.query),
            }
        }
    }
}
