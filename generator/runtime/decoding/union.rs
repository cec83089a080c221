// copperplate runtime: copied unchanged into every generated crate.
//! `oneOf` and `anyOf`: which alternative a value is.
//!
//! The discriminator names it, or each alternative is tried with all its rules. No alternative is taken just because it comes first:
//! where several fit, it is the one that keeps every digit, and every member that any of them keeps, and of several of those the one
//! that asks for most, whose row is the first. A value that no single alternative can hold stays as it came, and validation says what is
//! wrong with it, if anything is.

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::runtime::decoding::decode::DecodeOwned;
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::request::text::Text;
use crate::runtime::schema::budget::Budget;
use crate::runtime::validation::context::{Report, ValidationContext};
use crate::runtime::validation::violation::Direction;

/// A type that holds one of several alternatives: the rules of each.
pub trait ValidateVariant {
    /// Where the schema of a component stands.
    const SCHEMA: Option<&'static str> = None;

    /// Reports every violation of the alternative that the value holds. Emitted for each type with rules.
    fn check_variant(&self, at: ValidationContext<'_>) {
        _ = at;
    }
}

/// What names the alternatives; written by the macro `union!`.
pub trait Discriminated {
    /// The discriminator.
    const TAG: Option<Tag>;
    /// For each alternative the values of the discriminator that name it.
    const TAGS: &'static [&'static [&'static str]];
}

/// What reads one alternative.
pub type Alternative<U> = fn(&Value, &Leniency) -> Result<U, serde_json::Error>;

/// How the alternatives are told apart; written by the macro `union!`.
pub trait Union: ValidateVariant + Discriminated + Sized + 'static {
    /// The keyword: `oneOf` or `anyOf`.
    const KEYWORD: &'static str;
    /// The alternatives: first those that ask for more.
    const ALTERNATIVES: &'static [Alternative<Self>];
    /// How a value is written, where two alternatives of a `oneOf` could take one value, so that the others have to be asked.
    const COMPARED: Option<fn(&Self) -> Option<Value>>;

    /// A value that no single alternative can hold.
    fn unknown(value: Value) -> Self;

    /// The members of an object that the alternative keeps; `None` where it keeps all.
    fn members(&self) -> Option<&'static [&'static str]>;

    /// The value, where no single alternative can hold it.
    fn as_unknown(&self) -> Option<&Value>;
}

/// A discriminator.
#[derive(Debug, Clone, Copy)]
pub struct Tag {
    /// The member that names the alternative.
    pub property: &'static str,
    /// Whether the document names every alternative, so that any other value is wrong.
    pub closed: bool,
}

/// How many alternatives each part of a value may make the reader try, and how many any value may.
const MOST_TRIALS: (usize, usize) = (100, 20_000);

/// How deep unions may lie within one another.
const DEEPEST: usize = 128;

thread_local! {
    /// What trying alternatives for one value takes.
    static EFFORT: Budget = const { Budget::new(DEEPEST, MOST_TRIALS.0, MOST_TRIALS.1) };
}

/// Reads an alternative; the macro names the function of each.
///
/// # Errors
/// Where the value has another type.
pub fn read<T: DecodeOwned, U>(
    value: &Value,
    leniency: &Leniency,
    alternative: fn(T) -> U,
) -> Result<U, serde_json::Error> {
    T::decode(value, leniency).map(alternative)
}

/// Reads a union from anything that holds JSON.
///
/// # Errors
/// Where the value is no JSON, or the alternative that the discriminator names has another type.
pub fn deserialize<'de, U: Union, D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<U, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let named = named::<U>(&value);
    let count = if named.is_some() { 1 } else { U::ALTERNATIVES.len() };
    if !EFFORT.with(|effort| effort.begin(count, &value)) {
        return Err(D::Error::custom("its alternatives lead through one another too often"));
    }
    let chosen = choose(value, named, leniency);
    EFFORT.with(Budget::end);
    chosen.map_err(D::Error::custom)
}

fn choose<U: Union>(value: Value, named: Option<usize>, leniency: &Leniency) -> Result<U, serde_json::Error> {
    if let Some(alternative) = named.and_then(|index| U::ALTERNATIVES.get(index)) {
        return alternative(&value, leniency);
    }
    let tried = U::ALTERNATIVES.iter().enumerate().filter(|(index, _)| may_be::<U>(*index, &value));
    let attempt = |alternative: &Alternative<U>| {
        let trial = leniency.on_trial();
        let read = alternative(&value, &trial);
        if trial.is_rounded() {
            leniency.rounded();
        }
        read.ok().map(|read| (read, trial))
    };
    let (mut read, trials): (Vec<U>, Vec<Leniency>) = tried.filter_map(|(_, alternative)| attempt(alternative)).unzip();
    let fits = |place: &usize| trials[*place].count() == 0 && is_valid(&read[*place]);
    let mut fitting: Vec<usize> = (0..read.len()).filter(fits).collect();
    if fitting.iter().any(|place| trials[*place].is_exact()) {
        fitting.retain(|place| trials[*place].is_exact());
    }
    let chosen = match fitting.as_slice() {
        [] => (!read.is_empty()).then_some(0),
        [only] => Some(*only),
        several => keeps_most(&value, &read, several),
    };
    Ok(match chosen {
        Some(place) => {
            leniency.absorb(&trials[place]);
            read.swap_remove(place)
        }
        None => U::unknown(value),
    })
}

/// The alternative that the discriminator names.
fn named<U: Discriminated>(value: &Value) -> Option<usize> {
    let tag = value.get(U::TAG?.property)?.as_str()?;
    U::TAGS.iter().position(|tags| tags.contains(&tag))
}

/// Whether an object whose discriminator names no alternative may be this one: where the document names every alternative it is none,
/// and where it leaves out some it is one of those. An object without the discriminator may be any that does not require it.
fn may_be<U: Union>(index: usize, value: &Value) -> bool {
    match U::TAG.filter(|tag| value.get(tag.property).is_some()) {
        Some(tag) => {
            let some_are_unnamed = U::TAGS.iter().any(|tags| tags.is_empty());
            let is_unnamed = U::TAGS.get(index).is_none_or(|tags| tags.is_empty());
            is_unnamed || !(some_are_unnamed || tag.closed)
        }
        None => true,
    }
}

/// Whether a value keeps all rules, whichever way it travels.
fn is_valid<U: ValidateVariant>(value: &U) -> bool {
    let valid = |direction| {
        let report = Report::new(direction);
        value.check_variant(ValidationContext::root(&report));
        report.finish().is_ok()
    };
    valid(Direction::Response) || valid(Direction::Request)
}

/// The first of several that keeps every member of the value that any of them keeps.
fn keeps_most<U: Union>(value: &Value, read: &[U], fitting: &[usize]) -> Option<usize> {
    let Some(members) = value.as_object() else { return fitting.first().copied() };
    let keeps = |place: usize, name: &str| read[place].members().is_none_or(|known| known.contains(&name));
    let is_kept = |name: &&String| fitting.iter().any(|place| keeps(*place, name));
    let kept: Vec<&String> = members.keys().filter(is_kept).collect();
    fitting.iter().copied().find(|place| kept.iter().all(|name| keeps(*place, name)))
}

/// How many alternatives a value fits; `None` where that takes too long to find out.
fn fitting<U: Union>(value: &Value) -> Option<usize> {
    let fits = |alternative: &&Alternative<U>| {
        let leniency = Leniency::counted();
        alternative(value, &leniency).is_ok_and(|read| leniency.count() == 0 && is_valid(&read))
    };
    let may = EFFORT.with(|effort| effort.begin(U::ALTERNATIVES.len(), value));
    may.then(|| {
        let count = U::ALTERNATIVES.iter().filter(fits).count();
        EFFORT.with(Budget::end);
        count
    })
}

/// The place of a value that is this union.
fn ruled<U: ValidateVariant>(at: ValidationContext<'_>) -> ValidationContext<'_> {
    U::SCHEMA.map_or(at, |schema| at.with_schema(schema))
}

/// Checks a union that is only sent: what was kept as it came was never read, so it is the caller's own.
pub fn check_sent<U: ValidateVariant>(value: &U, at: ValidationContext<'_>) {
    value.check_variant(ruled::<U>(at));
}

/// Checks a union: the alternative it holds and, where alternatives overlap, that no other one of a `oneOf` takes the value too.
pub fn check<U: Union>(value: &U, at: ValidationContext<'_>) {
    let at = ruled::<U>(at);
    if let Some(value) = value.as_unknown() {
        return match U::TAG.filter(|tag| tag.closed && value.is_object()) {
            Some(tag) => at.named::<U>(tag, value),
            None => at.fitting::<U>(value),
        };
    }
    value.check_variant(at);
    let written = U::COMPARED.and_then(|written| written(value));
    if let Some(written) = written.filter(|written| named::<U>(written).is_none())
        && let Some(count) = fitting::<U>(&written).filter(|count| *count > 1)
    {
        at.violated(U::KEYWORD, Some("1".to_owned()), Some(count.to_string()));
    }
}

impl ValidationContext<'_> {
    /// A value whose discriminator names no alternative.
    fn named<U: Union>(self, tag: Tag, value: &Value) {
        let names: Vec<&str> = U::TAGS.iter().copied().flatten().copied().collect();
        match value.get(tag.property) {
            None => self.violated("discriminator", Some(tag.property.to_owned()), None),
            Some(found) if found.as_str().is_some_and(|found| names.contains(&found)) => {}
            Some(found) => {
                let at = self.member(tag.property);
                at.violated_in_holder("discriminator", Some(names.join(", ")), at.shown(&found.to_string()));
            }
        }
    }

    /// A value that fits none, or several, or whose members no single alternative can hold.
    fn fitting<U: Union>(self, value: &Value) {
        let fits = fitting::<U>(value);
        // Where alternatives are not compared, one is enough.
        let is_right = match U::COMPARED {
            Some(_) => fits == Some(1),
            None => fits.is_some_and(|count| count > 0),
        };
        if !is_right {
            self.violated(U::KEYWORD, None, fits.map(|count| format!("right for {count} alternatives")));
        }
    }

    /// `discriminator`: the value of the member must name the alternative at `index` that the value is, or, where the document does
    /// not name them all, at least no other one.
    pub fn discriminator<U: Discriminated>(self, tag: &impl Text, index: usize) {
        let tag = &*tag.text();
        let is_wrong = match U::TAGS.iter().position(|tags| tags.contains(&tag)) {
            Some(named) => named != index,
            None => U::TAG.is_some_and(|tag| tag.closed),
        };
        if is_wrong {
            let limit = U::TAGS.get(index).map(|tags| tags.join(", "));
            self.violated_in_holder("discriminator", limit, self.shown(tag));
        }
    }
}

/// Writes an alternative together with the discriminator, which its own schema does not describe.
///
/// # Errors
/// Where the value cannot be written.
pub fn serialize_tagged<U: Discriminated, T: Serialize, S: serde::Serializer>(
    value: &T,
    tag: &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut written = serde_json::to_value(value).map_err(serde::ser::Error::custom)?;
    if let (Value::Object(members), Some(Tag { property, .. })) = (&mut written, U::TAG) {
        members.entry(property).or_insert_with(|| Value::String(tag.to_owned()));
    }
    written.serialize(serializer)
}
