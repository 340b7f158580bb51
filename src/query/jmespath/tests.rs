use super::{JmesPath, compact, read_strict};

#[test]
fn expressions() {
    let text = "{\"store\":{\"book\":[{\"t\":\"A\",\"p\":8.95},{\"t\":\"B\",\"p\":12,\"i\":1}],\"b\":{\"z\":\"red\",\"a\":2}},\
        \"n\":[3,1,2],\"tags\":[\"a\",\"b\"],\"nested\":[[1],[2,[3]]]}";
    let (document, _) = read_strict(text).unwrap();
    let check = |expression: &str, expected: &str| {
        let found = JmesPath::new(expression).and_then(|path| path.search(&document).map(|value| compact(&value)));
        assert_eq!(found.unwrap_or_else(|error| format!("! {error}")), expected, "{expression}");
    };
    check("store.book[1].t", "\"B\"");
    check("store.book[-1].i", "1");
    check("n[0:2]", "[3,1]");
    check("n[::-1]", "[2,1,3]");
    check("store.book[*].p | [0]", "8.95");
    check("store.b.*", "[\"red\",2]");
    check("store.book[?p < `10`].t", "[\"A\"]");
    check("store.book[?t=='B' && i].p", "[12]");
    check("store.book[*].{p:p,t:t}", "[{\"p\":8.95,\"t\":\"A\"},{\"p\":12,\"t\":\"B\"}]");
    check("store.book[0].[t,p]", "[\"A\",8.95]");
    check("nested[]", "[1,2,[3]]");
    check("nested[][0]", "[3]");
    check("nested[] | [0]", "1");
    check("nested[].[@]", "[[1],[2],[[3]]]");
    check("nested[].[@][0]", "[1,2,[3]]");
    check("nested[].[[0]]", "[[null],[null],[3]]");
    check("nested[].[[0], [1]]", "[[null,null],[null,null],[3,null]]");
    check("nested[].{a: [0]}", "[{\"a\":null},{\"a\":null},{\"a\":3}]");
    check("nested[0].[@[0]]", "[1]");
    check("nested.[*]", "[null]");
    check("nope || n[0]", "3");
    check("!nope", "true");
    check("sort_by(store.book, &p)[0].t", "\"A\"");
    check("max_by(store.book, &p).t", "\"B\"");
    check("sum(n)", "6.0");
    check("length(store.book)", "2");
    check("join('-', tags)", "\"a-b\"");
    check("keys(store.b)", "[\"z\",\"a\"]");
    check("merge(store.b, `{\"n\":1}`)", "{\"z\":\"red\",\"a\":2,\"n\":1}");
    check("map(&t, store.book)", "[\"A\",\"B\"]");
    check("store.b", "{\"z\":\"red\",\"a\":2}");
    check("sum(tags)", "! Error while evaluating function \"sum\": expected number but was string");
    check("nofunc(a)", "! Unable to compile expression \"nofunc(a)\": syntax error unknown function nofunc");
}

/// What JMeter 5.6.3 says of the first mistake.
#[test]
fn mistakes() {
    const EXPRESSION: &str = "{'!', '(', '*', '[', '{', '[?', '@', '`', RAW_STRING, JSON_CONSTANT, NAME, STRING}";
    const BEHIND_DOT: &str = "{'*', '[', '{', JSON_CONSTANT, NAME, STRING}";
    let check = |expression: &str, expected: &str| {
        let said = JmesPath::new(expression).map(|_| ()).unwrap_err().to_string();
        assert_eq!(said, format!("Unable to compile expression \"{expression}\": syntax error {expected}"));
    };
    // Behind a dot, brackets hold expressions, and a number is none.
    check("nested[].[0]", &format!("mismatched input '0' expecting {EXPRESSION} at position 10"));
    check("nested[*].[0].k", &format!("mismatched input '0' expecting {EXPRESSION} at position 11"));
    check("nested.[-1]", &format!("mismatched input '-1' expecting {EXPRESSION} at position 8"));
    check("nested[].[?@]", &format!("mismatched input '[?' expecting {BEHIND_DOT} at position 9"));
    check("a.", &format!("mismatched input '<EOF>' expecting {BEHIND_DOT} at position 2"));
    check("a..b", &format!("extraneous input '.' expecting {BEHIND_DOT} at position 2"));
    check("a ||", &format!("mismatched input '<EOF>' expecting {EXPRESSION} at position 4"));
    check("a b", "extraneous input 'b' expecting <EOF> at position 2");
    check("a[0]]", "extraneous input ']' expecting <EOF> at position 4");
    check("(a", "missing ')' at '<EOF>' at position 2");
    check("a[?b", "missing ']' at '<EOF>' at position 4");
    check("{a", "mismatched input '<EOF>' expecting ':' at position 2");
    check("{}", "mismatched input '}' expecting {JSON_CONSTANT, NAME, STRING} at position 1");
    check("a[", "no viable alternative at input '[' at position 2");
    check("a[0", "no viable alternative at input '[0' at position 3");
    check("a[x]", "no viable alternative at input '[x' at position 2");
    check("a#", "token recognition error at: '#' at position 1");
}
