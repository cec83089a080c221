//! The cargo features of a crate, for its README and its documentation.

use crate::emit::manifest::Manifest;
use crate::emit::readme::markdown::{code, row, table_head};
use crate::ir::Api;

/// A cargo feature of each crate.
struct Feature {
    name: &'static str,
    is_default: bool,
    /// What the feature does, in one sentence.
    effect: &'static str,
}

/// The features that do not depend on the operations of the crate.
const FEATURES: &[Feature] = &[
    Feature {
        name: "reqwest",
        is_default: true,
        effect: "`Builder::build` makes a client that sends with the HTTP client `reqwest`.",
    },
    Feature { name: "rustls", is_default: true, effect: "`reqwest` sends over HTTPS with rustls." },
    Feature {
        name: "native-tls",
        is_default: false,
        effect: "`reqwest` sends over HTTPS with the TLS library of the system. Switch off `rustls` then.",
    },
    Feature {
        name: "blocking",
        is_default: false,
        effect: "`Builder::build_blocking` and the method `send_blocking` of operations need no async runtime.",
    },
    Feature {
        name: "mock",
        is_default: false,
        effect: "`runtime::Mock` is a transport for tests. Switch it on in the `[dev-dependencies]` of your crate.",
    },
    Feature {
        name: "tower",
        is_default: false,
        effect: "`runtime::Tower` makes a transport of a `tower` service, and `runtime::TransportService` a service of a transport.",
    },
    Feature {
        name: "tracing",
        is_default: false,
        effect: "Each attempt of a call has a span of `tracing`, with the names of the OpenTelemetry conventions.",
    },
    Feature {
        name: "symmetric",
        is_default: false,
        effect: "Types that only requests contain implement `Deserialize`, and types that only responses contain `Serialize`.",
    },
];

const TRAITS: Feature = Feature {
    name: "traits",
    is_default: false,
    effect: "Each API has a trait over its operations, which a test can implement.",
};

const CLI: Feature = Feature {
    name: "cli",
    is_default: false,
    effect: "The crate has a program for shells. Enables `reqwest` and `symmetric`.",
};

/// Returns the features of a crate, without those of parts of its API.
fn features(manifest: &Manifest) -> impl Iterator<Item = &'static Feature> {
    let options = [(manifest.has_traits, &TRAITS), (manifest.has_cli, &CLI)];
    FEATURES.iter().chain(options.into_iter().filter(|(is_emitted, _)| *is_emitted).map(|(_, feature)| feature))
}

/// Returns the section about the cargo features in the documentation of the crate.
pub fn documentation(manifest: &Manifest) -> Vec<String> {
    let item = |feature: &Feature| {
        let default = if feature.is_default { " (default)" } else { "" };
        format!("- `{}`{default}: {}", feature.name, feature.effect)
    };
    let title = ["", "# Cargo features", ""].map(str::to_owned);
    let more = ["", "The README of the crate shows credentials, retries, errors, pages, streams and mocks."]
        .map(str::to_owned);
    title.into_iter().chain(features(manifest).map(item)).chain(more).collect()
}

/// Returns the section about the cargo features in the README.
///
/// `parts` are the rows for parts of the API.
pub fn section(manifest: &Manifest, parts: &str) -> String {
    let mut text = format!("## Features\n\n{}", table_head(["Feature", "Default", "Effect"]));
    for feature in features(manifest) {
        text += &row([&code(feature.name), if feature.is_default { "yes" } else { "no" }, feature.effect]);
    }
    text += parts;
    text += "\nWith `reqwest` and no TLS feature, `Builder::build_with(runtime::Reqwest(client))` takes a `reqwest::Client` of your own, with the TLS\n\
             that you enable in `reqwest`.\n";
    text += "\nWithout `reqwest` the crate has no HTTP client: `Builder::build_with` takes a `runtime::Transport` of your own, and the calls of a\n\
             client from `Builder::build_detached` give an `http::Request` and read an `http::Response`.\n";
    text
}

/// Returns the row for the features of the groups of operations. Empty if the groups have no features.
pub fn of_groups(manifest: &Manifest) -> String {
    if manifest.features.is_empty() {
        return String::new();
    }
    row(["see [Operations](#operations)", "yes", "The operations of one tag, and the types that only they use."])
}

/// Returns a row for each API that has a feature.
pub fn of_apis(apis: &[Api], manifest: &Manifest) -> String {
    let apis = apis.iter().filter(|api| manifest.features.contains(&api.feature()));
    apis.map(|api| row([&code(&api.feature()), "yes", &format!("The module {}.", code(&api.module))])).collect()
}
