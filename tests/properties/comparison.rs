//! Compares the verdicts of `copperplate diff` on random pairs of schemas with the verdicts of the `jsonschema` crate on values.
//!
//! A pair is used as the request body and as the response body of an operation. If `diff` reports no change that may affect
//! callers, no value may show the opposite: a value that the sender's schema allows and describes, and the other schema rejects.
//! Such a value is a counterexample, and the run fails. A change that is called breaking or dangerous although no counterexample
//! was found is only counted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use copperplate::diff::{Change, Direction, Effect, Impact};
use copperplate::load::no_files;
use copperplate::{Input, Options, Pipeline};
use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::described::Sender;
use super::draft_4::{Deviation, Reading};
use super::near::edges;
use super::pair::{Pair, Version};
use super::random::Seeded;
use super::shrink::shrunk;

/// The number of pairs in one document.
const PAIRS: usize = 100;

/// The number of values that are drawn near each of the two schemas.
const VALUES: usize = 24;

/// The deviations that have an effect on the comparison, without and with the deviation for discriminators. A change is safe only
/// if it is safe for validators that use the discriminator, and for validators that ignore it.
const READINGS: [&[Deviation]; 2] = [&[Deviation::WholeNumbers, Deviation::Nulls], Deviation::ALL];

/// The verdict of `diff` on a pair of schemas in one direction.
#[derive(Clone, Default)]
pub struct Verdict {
    pub impact: Option<Impact>,
    /// The rules of the changes with this impact.
    pub rules: BTreeSet<String>,
}

impl Verdict {
    fn add(&mut self, change: &Change, impact: Impact) {
        if Some(impact) > self.impact {
            self.impact = Some(impact);
            self.rules.clear();
        }
        if Some(impact) == self.impact {
            self.rules.insert(change.rule.clone());
        }
    }

    pub fn is_safe(&self) -> bool {
        self.impact <= Some(Impact::Safe)
    }
}

/// The result of the run.
#[derive(Default)]
pub struct Summary {
    seed: u64,
    pairs: usize,
    /// The number of pairs that have an error, and are not compared.
    left_out: usize,
    /// The number of verdicts, by impact: safe, dangerous, breaking. Each pair has two verdicts.
    verdicts: [usize; 3],
    /// The numbers of dangerous and of breaking verdicts without a counterexample.
    unneeded: [usize; 2],
    /// The numbers of verdicts without a counterexample, by impact and rule.
    unneeded_by_rule: BTreeMap<(String, String), usize>,
    /// The shortest pair for each key of `unneeded_by_rule`.
    examples: BTreeMap<(String, String), String>,
    /// Whether the summary prints `examples`.
    shows_examples: bool,
    wrong: Vec<String>,
}

/// Compares `pairs` random pairs of schemas. The result depends only on the arguments. If `shows_examples` is true, the summary
/// prints a pair for each rule whose impact was not needed.
pub fn run(seed: u64, pairs: usize, shows_examples: bool) -> Summary {
    let batches = pairs.div_ceil(PAIRS);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut summary = Summary::default();
        loop {
            let batch = next.fetch_add(1, Ordering::Relaxed);
            if batch >= batches {
                return summary;
            }
            let count = PAIRS.min(pairs - batch * PAIRS);
            summary.add_batch(Seeded(seed.wrapping_mul(1_000_003).wrapping_add(batch as u64 * 7_919)), count);
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut total = Summary { seed, shows_examples, ..Summary::default() };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            total.merge(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
    });
    total.wrong.sort();
    total
}

/// Returns a document with an operation for each version. Its schema is the schema of the request body and of the response body.
fn document<'v>(versions: impl Iterator<Item = (usize, &'v Version)>) -> String {
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    for (index, Version { components, schema }) in versions {
        let content = json!({"application/json": {"schema": schema}});
        let responses = json!({"200": {"description": "d", "content": content}});
        let operation = json!({"requestBody": {"required": true, "content": content}, "responses": responses});
        paths.insert(format!("/p{index}"), json!({"post": operation}));
        schemas.extend(components.as_object().cloned().unwrap_or_default());
    }
    let info = json!({"title": "t", "version": "1"});
    json!({"openapi": "3.0.3", "info": info, "paths": paths, "components": {"schemas": schemas}}).to_string()
}

/// Returns the index of the pair whose operation or component a text names, such as `POST /p12, body` or
/// `/components/schemas/C12P0`.
fn index_in(text: &str, marker: &str) -> Option<usize> {
    let rest = text.split(marker).nth(1)?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Returns the verdicts of `diff` on each pair: in requests, and in responses. A pair with errors has no verdicts.
pub fn verdicts(pairs: &[Pair]) -> BTreeMap<usize, [Verdict; 2]> {
    let options = Options { at_root: true, features: true, ..Options::default() };
    let mut left: BTreeSet<usize> = (0..pairs.len()).collect();
    loop {
        let input = |version: fn(&Pair) -> &Version| {
            let versions = left.iter().map(|index| (*index, version(&pairs[*index])));
            Input { file: "a.json".to_owned(), text: document(versions), module: "api".to_owned() }
        };
        let (old, new) = (input(|pair| &pair.old), input(|pair| &pair.new));
        let comparison = Pipeline::new(&options).diff((&old, &no_files), (&new, &no_files));
        if let Some(changes) = comparison.changes {
            return verdicts_of(&changes, &left);
        }
        let count = left.len();
        for finding in comparison.old.iter().chain(&comparison.new).filter(|finding| finding.is_error()) {
            let pointer = finding.pointer.to_string();
            let index = index_in(&pointer, "/paths/~1p").or_else(|| index_in(&pointer, "/components/schemas/C"));
            index.map(|index| left.remove(&index));
        }
        if left.len() == count || left.is_empty() {
            return BTreeMap::new();
        }
    }
}

fn verdicts_of(changes: &[Change], compared: &BTreeSet<usize>) -> BTreeMap<usize, [Verdict; 2]> {
    let mut verdicts: BTreeMap<usize, [Verdict; 2]> =
        compared.iter().map(|index| (*index, <[Verdict; 2]>::default())).collect();
    for change in changes {
        let Effect::Wire { impact, direction } = change.effect else { continue };
        let Some(verdicts) = index_in(&change.subject, "POST /p").and_then(|index| verdicts.get_mut(&index)) else {
            continue;
        };
        match direction {
            Direction::Request => verdicts[0].add(change, impact),
            Direction::Response => verdicts[1].add(change, impact),
            Direction::Neither => verdicts.iter_mut().for_each(|verdict| verdict.add(change, impact)),
        }
    }
    verdicts
}

/// The validators for one version of a schema: one for each reading.
struct Validators(Vec<Validator>);

impl Validators {
    fn new(version: &Version, is_request: bool) -> Option<Self> {
        let mut components = version.components.clone();
        components["Root"] = version.schema.clone();
        let has_discriminator = components.to_string().contains("discriminator");
        let readings = if has_discriminator { &READINGS[..] } else { &READINGS[..1] };
        let validator = |deviations: &&'static [Deviation]| {
            let reading = Reading { components: &components, deviations, request: is_request };
            super::validator(reading, "Root").ok()
        };
        Some(Self(readings.iter().map(validator).collect::<Option<_>>()?))
    }

    fn accepts(&self, reading: usize, value: &Value) -> bool {
        self.0.get(reading).or(self.0.first()).is_some_and(|validator| validator.is_valid(value))
    }
}

/// Returns a value that the sender sends by its own version, and that the other version rejects.
pub fn counterexample<'v>(
    pair: &Pair,
    is_request: bool,
    values: impl IntoIterator<Item = &'v Value>,
) -> Option<&'v Value> {
    let (sender, receiver) = if is_request { (&pair.old, &pair.new) } else { (&pair.new, &pair.old) };
    let (sends, receives) = (Validators::new(sender, is_request)?, Validators::new(receiver, is_request)?);
    let described = Sender { components: &sender.components, is_request };
    values.into_iter().find(|value| {
        (0..READINGS.len()).any(|reading| sends.accepts(reading, value) && !receives.accepts(reading, value))
            && described.describes(&[&sender.schema], value)
    })
}

/// Creates values near both versions of a schema.
pub fn values(seeded: &mut Seeded, pair: &Pair) -> Vec<Value> {
    let mut values = Vec::new();
    for Version { components, schema } in [&pair.old, &pair.new] {
        values.extend(edges(schema));
        for _ in 0..VALUES {
            let near = seeded.near(schema, components, 4);
            let value = if seeded.one_in(3) { seeded.mutated(&near) } else { near };
            values.push(with_kind(seeded, value, components));
        }
    }
    let mut seen = BTreeSet::new();
    values.retain(|value| seen.insert(value.to_string()));
    values
}

/// Sets the member `kind` of an object if the components have unions with a discriminator. The string may be a discriminator value,
/// the name of a variant, or neither.
fn with_kind(seeded: &mut Seeded, mut value: Value, components: &Value) -> Value {
    let has_kind = |component: &Value| component["properties"].get("kind").is_some();
    let members = components.as_object().into_iter().flatten();
    let variants: Vec<&String> = members.filter(|(_, component)| has_kind(component)).map(|(name, _)| name).collect();
    if value.is_object() && !variants.is_empty() && !seeded.one_in(8) {
        let tag = seeded.of(&["cat", "dog", "eel", "cat", "dog", "ant"]).to_owned();
        value["kind"] = if seeded.one_in(3) { json!(seeded.of(&variants)) } else { json!(tag) };
    }
    value
}

/// Returns the lines that describe a pair.
fn text(pair: &Pair) -> String {
    let referenced = |version: &Version| {
        let is_used = version.schema.to_string().contains("$ref");
        if is_used { format!(" {}", version.components) } else { String::new() }
    };
    let version =
        |name: &str, version: &Version| format!("           {name} {}{}", version.schema, referenced(version));
    format!("{}\n{}", version("old", &pair.old), version("new", &pair.new))
}

impl Summary {
    fn add_batch(&mut self, mut seeded: Seeded, count: usize) {
        let pairs: Vec<Pair> = (0..count).map(|index| seeded.pair(&format!("C{index}"))).collect();
        let verdicts = verdicts(&pairs);
        self.pairs += verdicts.len();
        self.left_out += count - verdicts.len();
        for (index, verdicts) in &verdicts {
            let pair = &pairs[*index];
            let values = values(&mut seeded, pair);
            for (verdict, is_request) in verdicts.iter().zip([true, false]) {
                self.add_verdict(verdict, pair, is_request, &values);
            }
        }
    }

    fn add_verdict(&mut self, verdict: &Verdict, pair: &Pair, is_request: bool, values: &[Value]) {
        let place = verdict.impact.map_or(0, |impact| impact as usize);
        self.verdicts[place] += 1;
        match counterexample(pair, is_request, values) {
            Some(value) if verdict.is_safe() => self.wrong.push(shrunk(pair, is_request, value)),
            None if !verdict.is_safe() => {
                self.unneeded[place - 1] += 1;
                let impact = if place == 2 { "breaking" } else { "dangerous" };
                for rule in &verdict.rules {
                    let key = (impact.to_owned(), rule.clone());
                    *self.unneeded_by_rule.entry(key.clone()).or_default() += 1;
                    self.add_example(key, text(pair));
                }
            }
            _ => {}
        }
    }

    /// Keeps the shortest example for each key.
    fn add_example(&mut self, key: (String, String), example: String) {
        let known = self.examples.entry(key).or_insert_with(|| example.clone());
        if (example.len(), &example) < (known.len(), known) {
            *known = example;
        }
    }

    fn merge(&mut self, other: Self) {
        for (key, example) in other.examples {
            self.add_example(key, example);
        }
        self.pairs += other.pairs;
        self.left_out += other.left_out;
        self.verdicts.iter_mut().zip(other.verdicts).for_each(|(total, count)| *total += count);
        self.unneeded.iter_mut().zip(other.unneeded).for_each(|(total, count)| *total += count);
        for (rule, count) in other.unneeded_by_rule {
            *self.unneeded_by_rule.entry(rule).or_default() += count;
        }
        self.wrong.extend(other.wrong);
    }

    /// Returns whether no safe verdict has a counterexample, and whether there are enough safe and enough breaking verdicts.
    pub fn is_clean(&self) -> bool {
        let [safe, _, breaking] = self.verdicts;
        self.wrong.is_empty() && self.left_out * 2 < self.pairs && safe.min(breaking) * 20 > self.pairs
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [safe, dangerous, breaking] = self.verdicts;
        let wrong = self.wrong.len();
        writeln!(f, "seed {}: {} pairs of schemas, and {} with errors", self.seed, self.pairs, self.left_out)?;
        writeln!(
            f,
            "{safe} safe, {dangerous} dangerous, {breaking} breaking; {wrong} safe verdicts have a counterexample"
        )?;
        let [dangerous, breaking] = self.unneeded;
        writeln!(f, "no counterexample was found for {breaking} breaking and {dangerous} dangerous verdicts:")?;
        let mut rules: Vec<_> = self.unneeded_by_rule.iter().collect();
        rules.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (key, count) in rules {
            writeln!(f, "{count:8} {} {}", key.0, key.1)?;
            if let Some(example) = self.examples.get(key).filter(|_| self.shows_examples) {
                writeln!(f, "{example}")?;
            }
        }
        self.wrong.iter().try_for_each(|case| writeln!(f, "wrong: {case}"))
    }
}
