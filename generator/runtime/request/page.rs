// copperplate runtime: copied into each generated crate that uses it.
//! Requests that name a page of the results.

use std::mem;

use crate::runtime::client::base_url::problem_with;
use crate::runtime::client::page_token::{
    PageToken, Place, is_named, path_and_query, remove_parameter, replace_parameter,
};
use crate::runtime::request::builder::RequestBuilder;

impl RequestBuilder<'_> {
    /// Returns the query so far.
    pub(crate) fn query_text(&self) -> &str {
        &self.query
    }

    /// Returns the names of the parameters that are secrets.
    pub(crate) fn secret_names(&self) -> &[&'static str] {
        &self.secrets
    }

    /// Changes the request so that it names a page. Reports a violation if the page is not on the server `base`.
    pub(crate) fn go_to(&mut self, page: &PageToken, base: &str) {
        match &page.0 {
            Place::Parameter(name, value) => replace_parameter(&mut self.query, name, value),
            Place::Url(url) => match path_and_query(base, &self.path, url) {
                Ok((path, query)) => {
                    let own = mem::replace(&mut self.query, query);
                    self.path = path;
                    // A page token has no secret parameters.
                    for name in &self.secrets {
                        let mut pairs = own.split('&').filter(|pair| is_named(pair, name)).peekable();
                        if pairs.peek().is_some() {
                            remove_parameter(&mut self.query, name);
                        }
                        for pair in pairs {
                            let separator = if self.query.is_empty() { "" } else { "&" };
                            self.query.extend([separator, pair]);
                        }
                    }
                }
                Err(problem) => {
                    let problem = Some(problem_with(url, problem));
                    self.context().client_setting("page").report_violation("url", None, problem);
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::validation::report::Report;
    use crate::runtime::validation::violation::Direction;

    #[test]
    fn a_credential_in_the_url_of_a_page_is_replaced() {
        let report = Report::new(Direction::Request);
        let mut request = RequestBuilder::new(&report);
        let page = PageToken(Place::Url("/pets?api_key=old&page=2".to_owned()));
        request.go_to(&page, "https://service.example");
        request.secret_query("api_key", "new");
        assert_eq!(request.query_text(), "page=2&api_key=new");
    }

    #[test]
    fn a_secret_parameter_of_the_operation_stays() {
        let report = Report::new(Direction::Request);
        let mut request = RequestBuilder::new(&report);
        request.mark_secret("token");
        request.query("token", Some("s"));
        request.query("limit", Some("2"));
        request.go_to(&PageToken(Place::Url("/pets?page=2".to_owned())), "https://service.example");
        assert_eq!(request.query_text(), "page=2&token=s");
    }
}
