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
use serde_json::{Map, Value, json};

use super::exchange::{Exchange, Reason};
use super::near::edges;
use super::pair::{Pair, Version};
use super::random::Seeded;
use super::shrink::shrunk;

/// The number of pairs in one document.
const PAIRS: usize = 100;

/// The number of values that are drawn near each of the two schemas.
const VALUES: usize = 24;

/// The number of values that are drawn near each of the two schemas if no counterexample was found for a verdict that is not safe.
const MORE_VALUES: usize = 150;

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
    by_rule: BTreeMap<(Impact, String), Rule>,
    /// Whether the summary prints the examples.
    shows_examples: bool,
    wrong: Vec<String>,
}

/// The verdicts that are not safe because of one rule.
#[derive(Default)]
struct Rule {
    verdicts: usize,
    /// The number of verdicts without a counterexample, and the shortest pair, for each reason.
    unneeded: BTreeMap<Reason, (usize, String)>,
}

impl Rule {
    fn count(&self, reason: Reason) -> usize {
        self.unneeded.get(&reason).map_or(0, |(count, _)| *count)
    }

    fn all_unneeded(&self) -> usize {
        self.unneeded.values().map(|(count, _)| count).sum()
    }

    /// Adds verdicts without a counterexample. Keeps the shortest example.
    fn add(&mut self, reason: Reason, count: usize, example: String) {
        let (total, known) = self.unneeded.entry(reason).or_insert_with(|| (0, example.clone()));
        *total += count;
        if (example.len(), &example) < (known.len(), known) {
            *known = example;
        }
    }
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
            Input::new("a.json", document(versions), "api")
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

/// Creates values near both versions of a schema, `count` near each.
pub fn values(seeded: &mut Seeded, pair: &Pair, count: usize) -> Vec<Value> {
    let mut values = Vec::new();
    for Version { components, schema } in [&pair.old, &pair.new] {
        values.extend(edges(schema));
        for _ in 0..count {
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
            let values = values(&mut seeded, pair, VALUES);
            for (verdict, is_request) in verdicts.iter().zip([true, false]) {
                if let Some(exchange) = Exchange::new(pair, is_request) {
                    self.add_verdict(verdict, pair, &exchange, &values, &mut seeded);
                }
            }
        }
    }

    fn add_verdict(
        &mut self,
        verdict: &Verdict,
        pair: &Pair,
        exchange: &Exchange<'_>,
        values: &[Value],
        seeded: &mut Seeded,
    ) {
        self.verdicts[verdict.impact.map_or(0, |impact| impact as usize)] += 1;
        let found = exchange.counterexample(values);
        let Some(impact) = verdict.impact.filter(|impact| *impact > Impact::Safe) else {
            self.wrong.extend(found.map(|value| shrunk(pair, exchange.is_request, value)));
            return;
        };
        for rule in &verdict.rules {
            self.by_rule.entry((impact, rule.clone())).or_default().verdicts += 1;
        }
        if found.is_some() {
            return;
        }
        let more = self::values(seeded, pair, MORE_VALUES);
        if exchange.counterexample(&more).is_none() {
            self.unneeded[impact as usize - 1] += 1;
            let reason = exchange.reason(&more);
            for rule in &verdict.rules {
                self.by_rule.entry((impact, rule.clone())).or_default().add(reason, 1, text(pair));
            }
        }
    }

    fn merge(&mut self, other: Self) {
        self.pairs += other.pairs;
        self.left_out += other.left_out;
        self.verdicts.iter_mut().zip(other.verdicts).for_each(|(total, count)| *total += count);
        self.unneeded.iter_mut().zip(other.unneeded).for_each(|(total, count)| *total += count);
        for (key, rule) in other.by_rule {
            let total = self.by_rule.entry(key).or_default();
            total.verdicts += rule.verdicts;
            rule.unneeded.into_iter().for_each(|(reason, (count, example))| total.add(reason, count, example));
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
        writeln!(f, "no counterexample was found for {breaking} breaking and {dangerous} dangerous verdicts")?;
        writeln!(f, "Verdicts without a counterexample, by rule, because")?;
        writeln!(f, "  (a) no value of the sender was found,")?;
        writeln!(
            f,
            "  (b) the values that the receiver rejects have members that the sender's document does not describe,"
        )?;
        writeln!(f, "  (c) the receiver accepts all values of the sender that were found:")?;
        writeln!(f, "verdicts  without     %      (a)    (b)    (c)  impact    rule")?;
        let mut rules: Vec<_> = self.by_rule.iter().filter(|(_, rule)| !rule.unneeded.is_empty()).collect();
        rules.sort_by_key(|(_, rule)| std::cmp::Reverse(rule.all_unneeded()));
        for ((impact, name), rule) in rules {
            let (all, unneeded) = (rule.verdicts, rule.all_unneeded());
            let [a, b, c] =
                [Reason::NoValue, Reason::Undescribed, Reason::NoDifference].map(|reason| rule.count(reason));
            let impact = if *impact == Impact::Breaking { "breaking" } else { "dangerous" };
            let share = unneeded * 100 / all;
            writeln!(f, "{all:8} {unneeded:8} {share:5}   {a:6} {b:6} {c:6}  {impact:9} {name}")?;
            for (reason, (_, example)) in rule.unneeded.iter().filter(|_| self.shows_examples) {
                writeln!(f, "         {reason:?}\n{example}")?;
            }
        }
        self.wrong.iter().try_for_each(|case| writeln!(f, "wrong: {case}"))
    }
}
