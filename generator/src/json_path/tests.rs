//! Tests of JSONPath: examples, mistakes, the budget, and the comparison with another implementation on random paths.

use serde_json::{Value, json};

use super::{Budget, JsonPath};

fn store() -> Value {
    json!({
        "store": {
            "book": [
                {"category": "reference", "author": "Nigel Rees", "title": "Sayings", "price": 8.95},
                {"category": "fiction", "author": "Evelyn Waugh", "title": "Sword", "price": 12.99},
                {"category": "fiction", "author": "Herman Melville", "title": "Moby", "isbn": "0-553", "price": 8.99}
            ],
            "bicycle": {"color": "red", "price": 399}
        },
        "o": {"j j": {"k.k": 3}, "'": {"@": 2}, "é/~": 1},
        "a": [3, 5, 1, 2, 4, 6, {"b": "j"}, {"b": "k"}, {"b": {}}, {"b": "ka\r"}],
        "deep": [[[1, [2]], null, true]]
    })
}

fn select(path: &str) -> Vec<String> {
    let path = JsonPath::parse(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    path.select(&store(), &Budget::new(1_000_000)).into_iter().map(|place| place.to_string()).collect()
}

#[test]
fn values_are_selected() {
    for (path, expected) in [
        ("$", &[""][..]),
        ("$.store.bicycle.color", &["/store/bicycle/color"]),
        ("$ .store\n['bicycle'][ \"color\" , 'x' ]", &["/store/bicycle/color"]),
        ("$.o['j j']['k.k']", &["/o/j j/k.k"]),
        ("$.o[\"'\"]['@']", &["/o/'/@"]),
        ("$.o['\\u00e9\\/\\u007e']", &["/o/é~1~0"]),
        ("$.o['\\ud83d\\ude00','\\'']", &["/o/'"]),
        ("$.store.book[0,-1].title", &["/store/book/0/title", "/store/book/2/title"]),
        ("$.a[1:3]", &["/a/1", "/a/2"]),
        ("$.a[-2 : ]", &["/a/8", "/a/9"]),
        ("$.a[5:1:-2]", &["/a/5", "/a/3"]),
        ("$.a[::-4]", &["/a/9", "/a/5", "/a/1"]),
        ("$.a[1:5:0]", &[]),
        ("$.a[100:-100:-1]", &["/a/9", "/a/8", "/a/7", "/a/6", "/a/5", "/a/4", "/a/3", "/a/2", "/a/1", "/a/0"]),
        ("$.a[0,0]", &["/a/0"]),
        ("$.deep..[0]", &["/deep/0", "/deep/0/0", "/deep/0/0/0", "/deep/0/0/1/0"]),
        ("$..price", &["/store/book/0/price", "/store/book/1/price", "/store/book/2/price", "/store/bicycle/price"]),
        ("$.store.book[?@.isbn].title", &["/store/book/2/title"]),
        ("$.store.book[?@.price < 10 && @.category == 'fiction']", &["/store/book/2"]),
        ("$.store.book[?(@.price<9||!@.price) && !(@.isbn)]", &["/store/book/0"]),
        ("$.a[?@ >= 5]", &["/a/1", "/a/5"]),
        ("$.a[?@.b == 'k']", &["/a/7"]),
        ("$.a[?@.b != 'k' && @.b]", &["/a/6", "/a/8", "/a/9"]),
        ("$.a[?@.x == @.y && @ < 2.0]", &["/a/2"]),
        ("$.a[?@.x <= length(@.y) && @ <= 1]", &["/a/2"]),
        ("$.a[?match(@.b, '[jk]')]", &["/a/6", "/a/7"]),
        ("$.a[?search(@.b, 'k')]", &["/a/7", "/a/9"]),
        ("$.a[?match(@.b, 'ka.')]", &[]),
        ("$.a[?match(@.b, '(')]", &[]),
        ("$.a[?search(@.b, $.a[7].b)]", &["/a/7", "/a/9"]),
        ("$.a[?match(@.b, $.a[7].b)]", &["/a/7"]),
        ("$.a[?length(@.b) == 3]", &["/a/9"]),
        ("$.store[?count(@..price) > 1]", &["/store/book"]),
        ("$.store[?value(@..color) == 'red']", &["/store/bicycle"]),
        ("$.store.book[?@.price == $.store.book[1].price]", &["/store/book/1"]),
        ("$.deep[0][?@ == null]", &["/deep/0/1"]),
        ("$.deep[0][?@ == true]", &["/deep/0/2"]),
        ("$.a[?@ == 3e0]", &["/a/0"]),
        ("$.store.book[?@[?@ == 'Moby']].price", &["/store/book/2/price"]),
    ] {
        assert_eq!(select(path).iter().map(String::as_str).collect::<Vec<_>>(), expected, "{path}");
    }
}

#[test]
fn mistakes_have_a_place() {
    for (path, problem) in [
        ("", "`$` is expected at character 1"),
        ("store", "`$` is expected at character 1"),
        (" $", "`$` is expected at character 1"),
        ("$ ", "`.` or `[` is expected at character 2"),
        ("$.a é", "`.` or `[` is expected at character 4"),
        ("$é", "`.` or `[` is expected at character 2"),
        ("$.", "a member name is expected at character 3"),
        ("$...a", "a member name is expected at character 4"),
        ("$['a", "the end of the string is expected at character 5"),
        ("$['a\\x']", "an escape sequence is expected at character 6"),
        ("$['\\ud800']", "a surrogate pair is expected at character 10"),
        ("$[01]", "an integer is expected at character 3"),
        ("$[-0]", "an integer is expected at character 3"),
        ("$[9007199254740992]", "an integer is expected at character 3"),
        ("$[1 2]", "`]` is expected at character 5"),
        ("$[]", "a selector is expected at character 3"),
        ("$[?@.a == ]", "a query, a value or a function is expected at character 11"),
        ("$[?1]", "a comparison is expected at character 5"),
        ("$[?@.a == 01]", "a number is expected at character 11"),
        ("$[?@.* == 1]", "a query for a single value, before this place, is expected at character 11"),
        ("$[?!@.a == 1]", "`]` is expected at character 9"),
        ("$[?count(1) == 1]", "a query, before this place, is expected at character 11"),
        ("$[?match(@.a, 'a') == 1]", "a value, before this place, is expected at character 23"),
        ("$[?length(@.a)]", "a comparison is expected at character 15"),
        ("$[?first(@.a)]", "`first` is not a function of RFC 9535"),
    ] {
        assert_eq!(JsonPath::parse(path).err().as_deref(), Some(problem), "{path}");
    }
    let parentheses = |count: usize| format!("$[?{}@{}]", "(".repeat(count), ")".repeat(count));
    assert!(JsonPath::parse(&parentheses(20)).is_ok() && JsonPath::parse(&parentheses(5_000)).is_err());
    assert!(JsonPath::parse(&"$".repeat(20_000)).is_err());
    let patterns = vec!["match(@, 'a')"; 17].join("||");
    assert!(JsonPath::parse(&format!("$[?{patterns}]")).is_err());
}

#[test]
fn an_evaluation_ends_with_its_budget() {
    let list = Value::from(vec![json!({"a": "x".repeat(100)}); 2_000]);
    for path in [
        "$..[?$..zzz]",
        "$[*,*,*,*][?$[::1].b]",
        "$[?$ == $]",
        "$[?$[?@.a == $[1].a && @.b]]",
        "$[?search(@.a, '(a{1,30}){1,30}b')]",
        "$[*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*].a",
    ] {
        let budget = Budget::new(100_000);
        assert!(JsonPath::parse(path).is_ok_and(|path| path.select(&list, &budget).len() <= 2_000));
        assert!(budget.is_used_up(), "{path}");
    }
}

/// Numbers that depend on a seed.
struct Random(u64);

impl Random {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % count
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[usize::try_from(self.below(choices.len() as u64)).unwrap_or_default()]
    }

    fn path(&mut self, start: &str, depth: u64) -> String {
        let mut path = start.to_owned();
        for _ in 0..self.below(4) {
            path += &match self.below(if depth == 0 { 4 } else { 5 }) {
                0 => self.pick(&[".*", "..*", "[*]", "..[0]", "[::-1]", "[1:]", "[-1]", "['a','b']"]).to_owned(),
                4 => format!("{}[?{}]", self.pick(&["", ".."]), self.condition(depth - 1)),
                _ => self.pick(&[".a", ".b", "[0]", "..a", "..b", ".c"]).to_owned(),
            };
        }
        path
    }

    fn single(&mut self) -> String {
        self.pick(&["@", "@.a", "@[0]", "@.b.a", "$.a", "1", "'x'", "null", "true", "2.0", "length(@.a)"]).to_owned()
    }

    fn condition(&mut self, depth: u64) -> String {
        match self.below(6) {
            0 => self.path("@", depth),
            1 => format!("{} {} {}", self.single(), self.pick(&["==", "!=", "<", ">"]), self.single()),
            2 => format!("count({}) > 1", self.path("@", depth)),
            3 => format!("value({}) == {}", self.path("@", depth), self.single()),
            4 => format!("{}(@.a, '{}')", self.pick(&["match", "search"]), self.pick(&["x", "x.*", "[a-x]"])),
            _ if depth == 0 => "!@.a".to_owned(),
            _ => {
                let operator = self.pick(&["&&", "||"]);
                format!("!({} {operator} {})", self.condition(depth - 1), self.condition(depth - 1))
            }
        }
    }

    fn value(&mut self, depth: u64) -> Value {
        match self.below(if depth == 0 { 5 } else { 9 }) {
            0 => json!(self.below(3)),
            1 => json!(2.0),
            2 => json!(self.pick(&["x", "xa", "b"])),
            3 => json!(null),
            4 => json!(true),
            5 | 6 => (0..self.below(4)).map(|_| self.value(depth - 1)).collect(),
            _ => ["a", "b", "c"].iter().map(|name| ((*name).to_owned(), self.value(depth - 1))).collect(),
        }
    }
}

/// Another implementation selects the same values, in the same order.
#[test]
fn random_paths_select_what_another_implementation_selects() {
    let mut random = Random(7);
    let mut selected = 0;
    for _ in 0..3_000 {
        let (path, value) = (random.path("$", 2), random.value(4));
        let other = serde_json_path::JsonPath::parse(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut expected: Vec<String> = Vec::new();
        for location in other.query_located(&value).locations() {
            let place = location.to_json_pointer();
            if !expected.contains(&place) {
                expected.push(place);
            }
        }
        let own = JsonPath::parse(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let own: Vec<String> =
            own.select(&value, &Budget::new(1_000_000)).into_iter().map(|place| place.to_string()).collect();
        selected += own.len();
        assert_eq!(own, expected, "{path} {value}");
    }
    assert!(selected > 1_000, "{selected}");
}
