//! The facts of three pages, as a person listed them in `../shared/facts/facts.csv`.
