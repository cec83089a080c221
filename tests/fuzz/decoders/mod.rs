//! Passes random data to the runtime of generated crates, through the emitted code of the cases.
//!
//! The name of an input selects an entrance: a function that decodes or encodes the data. If an entrance takes several texts, the
//! character [`SEPARATOR`] separates them.

mod json;
mod requests;
mod responses;
mod values;

use crate::input::Input;
use crate::pipeline::Commands;
use crate::random::Seeded;
use crate::{Target, hostile};

/// The character that separates several texts in the data.
pub const SEPARATOR: char = '\u{1E}';

/// A function that decodes or encodes data.
pub struct Entrance {
    pub name: &'static str,
    /// Data that the function accepts. It is changed at random places.
    pub examples: &'static [&'static str],
    /// Pieces that are inserted into the data.
    pub pieces: &'static [&'static str],
    /// Passes the data to the runtime. Panics if a result is wrong.
    pub run: fn(&[u8]),
}

const GROUPS: &[&[Entrance]] = &[json::ENTRANCES, requests::ENTRANCES, responses::ENTRANCES, values::ENTRANCES];

/// Creates data for a random entrance.
pub fn input(random: &mut Seeded) -> Input {
    let group = GROUPS[random.below(GROUPS.len())];
    let entrance = &group[random.below(group.len())];
    let mut content = random.of(entrance.examples).as_bytes().to_vec();
    let most = random.of(&[2, 4, 4, 8, 16]);
    for _ in 0..random.below(most) {
        change(&mut content, entrance, random);
    }
    Input { target: Target::Decoders, name: entrance.name.to_owned(), content, old: None, commands: Commands::ALL }
}

/// Passes data to the entrance with this name.
pub fn run(name: &str, content: &[u8]) {
    let mut entrances = GROUPS.iter().copied().flatten();
    let entrance = entrances.find(|entrance| entrance.name == name);
    (entrance.unwrap_or_else(|| panic!("no entrance `{name}`")).run)(content);
}

fn change(content: &mut Vec<u8>, entrance: &Entrance, random: &mut Seeded) {
    let start = random.below(content.len() + 1);
    let end = (start + random.below(8)).min(content.len());
    match random.below(10) {
        0 => _ = content.drain(start..end),
        1 => {
            let place = random.below(content.len() + 1);
            let copy = content[start..end].to_vec();
            content.splice(place..place, copy);
        }
        2 if start < content.len() => content[start] = random.below(256) as u8,
        3 if start < content.len() => content[start] ^= 1 << random.below(8),
        4 => _ = content.splice(start..end, hostile::number(random).bytes()),
        5 => _ = content.splice(start..start, hostile::name(random).into_bytes()),
        6 => {
            let other = random.of(entrance.examples).as_bytes();
            let from = random.below(other.len() + 1);
            content.splice(start..end, other[from..].iter().copied());
        }
        7 if random.one_in(8) => {
            let times = random.below(200);
            content.splice(start..start, random.of(entrance.pieces).repeat(times).into_bytes());
        }
        8 if start < content.len() => {
            let letter = random.below(95) as u8;
            content[start] = b' ' + letter;
        }
        _ => _ = content.splice(start..start, random.of(entrance.pieces).bytes()),
    }
}

/// Splits data into `N` texts. Missing texts are empty; invalid UTF-8 is replaced.
fn texts<const N: usize>(content: &[u8]) -> [String; N] {
    let text = String::from_utf8_lossy(content);
    let mut texts = text.splitn(N, SEPARATOR);
    std::array::from_fn(|_| texts.next().unwrap_or_default().to_owned())
}
