// copperplate runtime: copied into each generated crate that uses it.
//! The proxies that environment variables name.

use std::env;

use reqwest::{NoProxy, Proxy};

/// The hosts of this computer. A proxy on another computer would receive their credentials, and would connect to itself.
const THIS_COMPUTER: &str = "localhost,127.0.0.0/8,::1";

/// Returns the proxies that environment variables name, except for requests to this computer. `reqwest` reads the same
/// variables, but sends requests to this computer through the proxies too, unless `NO_PROXY` names it.
///
/// Returns no proxy if the variables name none. `reqwest` then uses the settings of the operating system, if it has any.
pub(crate) fn environment_proxies() -> Vec<Proxy> {
    // A CGI program has the header `Proxy` of its client in `HTTP_PROXY`, so `reqwest` uses no proxy there.
    if env::var_os("REQUEST_METHOD").is_some() {
        return Vec::new();
    }
    let excluded = first_variable(["NO_PROXY", "no_proxy"]).unwrap_or_default();
    let excluded = NoProxy::from_string(&format!("{THIS_COMPUTER},{excluded}"));
    let proxies = [
        url(["HTTP_PROXY", "http_proxy"]).and_then(|url| Proxy::http(url).ok()),
        url(["HTTPS_PROXY", "https_proxy"]).and_then(|url| Proxy::https(url).ok()),
        url(["ALL_PROXY", "all_proxy"]).and_then(|url| Proxy::all(url).ok()),
    ];
    proxies.into_iter().flatten().map(|proxy| proxy.no_proxy(excluded.clone())).collect()
}

fn first_variable(names: [&str; 2]) -> Option<String> {
    names.into_iter().find_map(|name| env::var(name).ok())
}

/// Returns the URL in the first of these variables that is set. A URL without a scheme is one of plain HTTP.
fn url(names: [&str; 2]) -> Option<String> {
    let text = first_variable(names).filter(|text| !text.is_empty())?;
    Some(if text.contains("://") { text } else { format!("http://{text}") })
}
