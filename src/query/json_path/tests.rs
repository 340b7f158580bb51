use super::*;

const STORE: &str = r#"{"store":{"book":[
  {"title":"Sayings","price":8.95,"tags":["a","b"]},
  {"title":"Sword","price":12.99,"isbn":"x-1","tags":[]},
  {"title":"Moby","price":8.99,"isbn":"x-2"}],
  "bicycle":{"color":"red","price":19.95}},"limit":10,"none":null}"#;

/// The values that a path leads to in the store, joined by `|`.
fn values(path: &str) -> String {
    let json = Json::read(STORE).unwrap();
    let found = JsonPath::new(path).and_then(|path| {
        let found = path.read_list(&json)?;
        Ok(found.iter().map(|value| value.text().into_owned()).collect::<Vec<_>>().join("|"))
    });
    found.unwrap_or_else(|error| error.to_string())
}

/// The one value or the list that a path leads to.
fn value(path: &str) -> String {
    let json = Json::read(STORE).unwrap();
    let found = JsonPath::new(path).and_then(|path| {
        Ok(match path.read(&json)? {
            Found::One(value) => value.text().into_owned(),
            Found::All(values) => format!("{} values", values.len()),
        })
    });
    found.unwrap_or_else(|error| error.to_string())
}

#[test]
fn steps() {
    let check = |path, expected: &str| assert_eq!(values(path), expected, "{path}");
    check("$.store.bicycle.color", "red");
    check("store.bicycle.color", "red");
    check("@.limit", "10");
    check("$['store']['bicycle']['color']", "red");
    check("$.store.book[0].title", "Sayings");
    check("$.store.book[-1].title", "Moby");
    check("$.store.book[0,2].title", "Sayings|Moby");
    check("$.store.book[1:].title", "Sword|Moby");
    check("$.store.book[:-1].title", "Sayings|Sword");
    check("$.store.book[0:2].title", "Sayings|Sword");
    check("$.store.book[*].isbn", "x-1|x-2");
    check("$..price", "8.95|12.99|8.99|19.95");
    check("$..book[1].title", "Sword");
    check("$.store.bicycle.*", "red|19.95");
    check("$.store.bicycle['price','color']", r#"{"color":"red","price":19.95}"#);
    check("$.store.book[0].tags", r#"["a","b"]"#);
    check("$.store.book[0].tags[*]", "a|b");
    check("$.none", "null");
    check("$.limit[", "10");
    check("$..nothing", "");
}

#[test]
fn filters() {
    let check = |path, expected: &str| assert_eq!(values(path), expected, "{path}");
    check("$..book[?(@.isbn)].title", "Sword|Moby");
    check("$..book[?(!@.isbn)].title", "Sayings");
    check("$..book[?(@.price < $.limit)].title", "Sayings|Moby");
    check("$..book[?(@.price == '8.95')].title", "Sayings");
    check("$..book[?(@.price > 8.95 && @.isbn == 'x-2')].title", "Moby");
    check("$..book[?(@.title == 'Moby' || @.price >= 12.99)].title", "Sword|Moby");
    check("$..book[?(!(@.title == 'Moby'))].title", "Sayings|Sword");
    check("$..book[?(@.title =~ /s.*/i)].title", "Sayings|Sword");
    check("$..book[?(@.title =~ /s/i)].title", "");
    check("$..book[?(@.title in ['Moby','Dick'])].title", "Moby");
    check("$..book[?(@.title nin ['Moby','Dick'])].title", "Sayings|Sword");
    check("$..book[?(@.tags contains 'a')].title", "Sayings");
    check("$..book[?(@.tags size 2)].title", "Sayings");
    check("$..book[?(@.tags empty true)].title", "Sword");
    check("$..book[?(@.tags subsetof ['a','b','c'])].title", "Sayings|Sword");
    check("$..book[?(@.tags anyof ['b'])].title", "Sayings");
    check("$..book[?(@.title.length() > 1)].title", "");
    check("$..book[?(@.tags.length() > 1)].title", "Sayings");
    check("$.store.bicycle[?(@.color == 'red')].price", "19.95");
}

#[test]
fn functions() {
    let check = |path, expected: &str| assert_eq!(value(path), expected, "{path}");
    check("$.store.book.length()", "3");
    check("$.store.book[0].tags.concat()", "ab");
    check("$..price.sum()", "50.879999999999995");
    check("$..price.max()", "19.95");
    check("$..price.avg()", "12.719999999999999");
    check("$.store.keys()", "[book, bicycle]");
    check("$.sum(1, 2, $.limit)", "13.0");
    check("$.store.book.last()", r#"{"title":"Moby","price":8.99,"isbn":"x-2"}"#);
    check("$.limit.nothing()", "Function with name: nothing does not exist.");
    assert!(values("$.store.book.length()").starts_with("Options AS_PATH_LIST"));
}

#[test]
fn paths_that_lead_nowhere() {
    let check = |path, expected: &str| assert_eq!(value(path), expected, "{path}");
    check("$.zz", "No results for path: $['zz']");
    check("$.zz.y", "Missing property in path $['zz']");
    check("$.store.book[7]", "No results for path: $['store']['book'][7]");
    check(
        "$.store.book[0][0]",
        "Filter: [0] can only be applied to arrays. Current context is: {title=Sayings, price=8.95, tags=[\"a\",\"b\"]}",
    );
    check("$.store.book[*].zz", "0 values");
    check(
        "$.none.x",
        "Expected to find an object with property ['x'] in path $['none'] but found 'null'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'.",
    );
}

#[test]
fn what_is_no_path() {
    let check = |path, expected: &str| assert_eq!(JsonPath::new(path).unwrap_err().to_string(), expected, "{path}");
    check("", "json can not be null or empty");
    check("$.", "Path must not end with a '.' or '..'");
    check("$.a b", "Use bracket notion ['my prop'] if your property contains blank characters. position: 2");
    check("$$", "Illegal character at position 1 expected '.' or '['");
    check("$[::2]", "Failed to parse SliceOperation: ::2");
    check("$['a", "Property has not been closed - missing closing '");
    check("$[?(@.a ==)]", "Failed to parse filter: [?(@.a ==)], error on position: 9, char: )");
    check("$.a[]", "Could not parse token starting at position 3. Expected ?, ', 0-9, * ");
}

#[test]
fn definiteness() {
    for path in ["$", "$.a['b'][0]", "$.a['b','c']", "$.a.length()"] {
        assert!(JsonPath::new(path).unwrap().is_definite(), "{path}");
    }
    for path in ["$..a", "$.*", "$.a[0,1]", "$.a[1:]", "$.a[?(@)]", "$['a','b'].c"] {
        assert!(!JsonPath::new(path).unwrap().is_definite(), "{path}");
    }
}

proptest::proptest! {
    #[test]
    fn nothing_panics(path in "[$@.a\\[\\]?()*'0-9:,=<&|!/ \"é-]{0,16}") {
        let json = Json::read(STORE).unwrap();
        if let Ok(path) = JsonPath::new(&path) {
            let _ = path.read(&json);
        }
    }
}
