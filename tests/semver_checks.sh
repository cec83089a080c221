#!/usr/bin/env bash
# Asks cargo-semver-checks about the crates of each pair of documents in tests/surface, and compares its answer with the
# version bump that `copperplate diff` reports, which the first lines of each consumer.rs repeat.
#
# A crate that cargo-semver-checks finds broken must have a major difference. The reverse is counted and listed:
# cargo-semver-checks has no lint for changed types of fields, arguments and results, which a consumer detects
# (`cargo test -p tests --test it surface`).
#
# Needs cargo-semver-checks: cargo install --locked cargo-semver-checks
set -euo pipefail
cd "$(dirname "$0")/.."

copperplate=${COPPERPLATE:-"cargo run --quiet --"}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}/semver_checks
# The JSON of rustdoc is unstable.
export RUSTC_BOOTSTRAP=1

# Writes the JSON of rustdoc for the crate of a document.
describe() {
    # One name and one folder for all: names of the crate come from that of the document, and dependencies are compiled once.
    cp "$1" "$work/pets.yaml"
    $copperplate generate "$work/pets.yaml" --out "$work/crate" --name pair $3 > "$work/out" 2>&1 || { cat "$work/out"; return 1; }
    cargo rustdoc --quiet --lib --manifest-path "$work/crate/Cargo.toml" $4 -- -Z unstable-options --output-format json --cap-lints allow
    cp "$CARGO_TARGET_DIR/doc/pair.json" "$2"
}

declare -A count=([major]=0 [compatible]=0 [unseen]=0 [wrong]=0)
for folder in tests/surface/*/; do
    name=$(basename "$folder")
    expected=$(sed -n 's,^//! Expected: ,,p' "$folder/consumer.rs")
    options="" features=""
    if [[ $name == trait_* ]]; then options="--traits" features="--features traits"; fi
    describe "$folder/old.yaml" "$work/old.json" "$options" "$features"
    describe "$folder/new.yaml" "$work/new.json" "$options" "$features"
    verdict=compatible
    cargo semver-checks --baseline-rustdoc "$work/old.json" --current-rustdoc "$work/new.json" --release-type minor \
        > "$work/out" 2>&1 || verdict=major
    if [[ $verdict == major ]] && ! grep -q 'semver requires new major version' "$work/out"; then
        cat "$work/out"
        exit 2
    fi
    # `silent` differences are major, although code compiles after them.
    case "$verdict-$([[ $expected =~ (^|; )(major|silent) ]] && echo major || echo compatible)" in
        major-major) outcome=major ;;
        compatible-compatible) outcome=compatible ;;
        compatible-major) outcome=unseen ;;
        *) outcome=wrong ;;
    esac
    count[$outcome]=$((count[$outcome] + 1))
    if [[ $outcome == unseen || $outcome == wrong ]]; then
        echo "$name: cargo-semver-checks says $verdict; diff says $expected"
    fi
    if [[ $outcome == wrong ]]; then grep '^--- failure' "$work/out"; fi
done
echo "${count[major]} pairs are major for both, ${count[compatible]} are compatible for both"
echo "${count[unseen]} major differences are not among the lints of cargo-semver-checks"
echo "${count[wrong]} pairs are major for cargo-semver-checks alone"
[[ ${count[wrong]} == 0 ]]
