#!/usr/bin/env bash
# Sends the requests of tests/wire/requests.json to Prism, a mock server that validates each request against the documents in specs/.
# Prism is another reader of the same documents: a request that it rejects is a fault of the document, of the client, or of Prism.
# The tests do not need Prism. It is installed from the npm registry into target/prism.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=5.16.0
if [ ! -x target/prism/node_modules/.bin/prism ]; then
    mkdir -p target/prism
    npm install --prefix target/prism --no-audit --no-fund --ignore-scripts "@stoplight/prism-cli@$version"
fi
node tests/prism/send.mjs target/prism "$@"
