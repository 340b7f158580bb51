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
    check("a[", "! Unable to compile expression \"a[\": syntax error unexpected None in brackets");
    check("nofunc(a)", "! Unable to compile expression \"nofunc(a)\": syntax error unknown function nofunc");
}
