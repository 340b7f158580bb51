use super::{Jodd, Jsoup};

const PAGE: &str = "<div id=top><h1>Hello <b>big</b>\n world</h1><p class='intro first'>One</p><p class=intro>Two <br> \
    lines</p></div><ul><li><a href='/one'>1</a><li><a href='/two'>2</a></ul><p data-Id=7>caf&eacute; &nbsp;&lt;x&gt;</p>";

#[test]
fn jsoup() {
    let page = Jsoup::read(PAGE);
    let check = |selector: &str, expected: &str| {
        let found = page.find(selector, None);
        let texts = found.map(|found| found.into_iter().flatten().collect::<Vec<_>>().join("|"));
        assert_eq!(texts.unwrap_or_else(|error| error.to_string()), expected, "{selector}");
    };
    check("H1", "Hello big world");
    check("#top > p:nth-child(3)", "Two lines");
    check("p.intro + p, li:has(a[href$=two])", "Two lines|2");
    check("a[href^=/t]", "2");
    check("a[href~=o(ne|ther)]", "1");
    check("[^data-]", "café <x>");
    check("p:contains(two)", "Two lines");
    check("p:not(.intro)", "café <x>");
    check("li:eq(1) a", "2");
    check("h1:containsOwn(hello)", "Hello big world");
    check("p:matches(^T\\w+)", "Two lines");
    check("p[", "Could not parse query 'p[': unexpected token at '['");
    check("p:nope(1)", "Could not parse query 'p:nope(1)': unexpected token at ':nope(1)'");
    assert_eq!(page.find("a", Some("HREF")).unwrap(), [Some("/one".to_owned()), Some("/two".to_owned())]);
    assert_eq!(page.find("h1", Some("x")).unwrap(), [Some(String::new())]);
}

#[test]
fn jodd() {
    let check = |page: &str, selector: &str, expected: &str| {
        let found = Jodd::read(page).find(selector, None);
        let texts = found.map(|found| found.into_iter().flatten().collect::<Vec<_>>().join("|"));
        assert_eq!(texts.unwrap_or_default(), expected, "{selector}");
    };
    check(PAGE, "p.intro", "One|Two  \n    lines".replace("\n    ", "").as_str());
    check(PAGE, "H1", "");
    check(PAGE, "a[href^=/t]", "");
    check(PAGE, "a[href^='/t']", "2");
    check(PAGE, "li:first", "1");
    check(PAGE, "li:last", "2");
    check(PAGE, "b, h1", "big|Hello big\n world");
    check("<li>1<li>2<td>x<b>bold<i>both</b>it</i>", "li", "1|2xboldbothit");
    check("<p>a", "body", "");
    assert_eq!(Jodd::read("<input disabled>").find("input", Some("disabled")).unwrap(), [None]);
}
