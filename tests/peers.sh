#!/usr/bin/env bash
# Installs the generators that `corpus bench` compares with into target/peers: all of them, or the given ones.
# The tests do not need them.
set -euo pipefail
cd "$(dirname "$0")/.."

versions=(cargo-progenitor@0.15.1 openapi-to-rust@0.23.0 oas3-gen@0.29.0 ploidy@0.15.0)
for package in "${versions[@]}"; do
    name=${package%@*}
    if [ $# -eq 0 ] || [[ " $* " == *" $name "* ]]; then
        cargo install --locked --root target/peers "$package"
    fi
done
