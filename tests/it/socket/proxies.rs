//! Tests of the proxies that environment variables name. A process has one environment, so each test runs itself again as another
//! process with the variables.

use std::process::Command;
use std::thread;

use generated::cfw;

use super::{Server, item, json};

/// The variable that names the base URLs that the other process calls.
const TARGETS: &str = "PROXY_TEST_TARGETS";

/// Calls each URL over both transports.
fn call(targets: &str) {
    for base_url in targets.split(' ') {
        let builder = || cfw::Client::builder(base_url).x_auth_token("token-1").allow_plain_http();
        let printed = format!("{:?}", builder().build().unwrap().clone());
        assert!(!printed.contains("s3cr3t"), "{printed}");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(builder().build().unwrap().delete_service_item(item("i")).send()).unwrap();
        let builder = builder();
        let blocking = move || builder.build_blocking().unwrap().delete_service_item(item("i")).send_blocking().is_ok();
        assert!(thread::spawn(blocking).join().unwrap());
    }
}

/// A proxy would read the token, and would connect to its own computer.
#[test]
fn requests_to_this_computer_go_through_no_proxy() {
    if let Ok(targets) = std::env::var(TARGETS) {
        return call(&targets);
    }
    for (variable, scheme) in [("HTTP_PROXY", "http://u:s3cr3t@"), ("http_proxy", ""), ("ALL_PROXY", "http://")] {
        let body = || json(200, r#"{"data": {"id": "i", "name": "n"}}"#);
        let (proxy, server) = (Server::responding(body()), Server::responding(body()));
        let own = format!("{} http://localhost:{}", server.base_url(), server.address().port());
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "socket::proxies::requests_to_this_computer_go_through_no_proxy"]);
        for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy", "REQUEST_METHOD"] {
            child.env_remove(name);
        }
        child.env(variable, format!("{scheme}{}", proxy.address()));
        let output = child.env(TARGETS, format!("{own} http://service.example")).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        assert_eq!(server.stop().len(), 4, "{variable}");
        let proxied: Vec<String> = proxy.stop().into_iter().map(|request| request.line).collect();
        assert_eq!(proxied.len(), 2, "{variable}");
        assert!(proxied.iter().all(|line| line.contains(" http://service.example/")), "{proxied:?}");
    }
}
