use super::*;

/// Tags as `name(attribute=value ...)`, conditions in brackets.
fn shown(tokens: Tokens<'_>) -> String {
    let attribute = |(name, value): (&str, Option<Cow<'_, str>>)| match value {
        Some(value) => format!("{name}={value}"),
        None => name.to_owned(),
    };
    let token = |token| match token {
        Token::Start(tag) => format!("{}({})", tag.name, tag.attributes().map(attribute).collect::<Vec<_>>().join(" ")),
        Token::End(name) => format!("/{name}"),
        Token::Condition(condition) => format!("[{condition}"),
        Token::ConditionEnd => "]".to_owned(),
    };
    tokens.map(token).collect::<Vec<_>>().join(" ")
}

#[test]
fn tags_have_attributes() {
    let check = |html: &str, expected: &str| assert_eq!(shown(Tokens::new(html)), expected, "{html}");
    check("<IMG Src=a>", "IMG(Src=a)");
    check("<img src = \"a>b\" alt='' x>", "img(src=a>b alt= x)");
    check("<img/src=a/>", "img(src=a/)");
    check("<img src='a'/ >x</img >", "img(src=a) /img");
    check("<img \"src\"=a =x=y>", "img(\"src\"=a =x=y)");
    check("<img\u{c}src=a>", "img\u{c}src=a()");
    check("<img src=a\"b>", "img(src=a\"b)");
    check("text < b <1> <> </> <b>", "b()");
    check("<img src=a", "");
    check("<img src=\"a><b>", "");
}

#[test]
fn references_are_decoded() {
    let check = |text: &str, expected: &str| assert_eq!(decoded(text), expected);
    check("a&amp;b&eacute;&quot;", "a&b\u{e9}\"");
    check("&#65;&#x42;&#67d", "ABCd");
    check("&copy=1&lt&bogus;&;&#;&", "&copy=1&lt&bogus;&;&#;&");
    check("&#0;&#xd800;", "\u{fffd}\u{fffd}");
}

#[test]
fn what_is_text_has_no_tags() {
    let check = |html: &str, expected: &str| assert_eq!(shown(Tokens::new(html)), expected, "{html}");
    check("<script>'<b>'</scriptx></SCRIPT><i>", "script() /SCRIPT i()");
    check("<script><b>", "script()");
    check(
        "<style><b></style><title><b></title><textarea><b></textarea>",
        "style() /style title() /title textarea() /textarea",
    );
    check("<!-- <b> --><!--><i><!---><u><!-- --!><s>", "i() u() s()");
    check("<!DOCTYPE a \"b>c\"><b><?php <i> ?><!x <u>", "b()");
}

#[test]
fn conditional_comments_are_seen_by_some() {
    let html = "<!--[if lt IE 9]><b><![endif]--><![if IE]><i><![endif]><!-- [if x] <u>--><s>";
    assert_eq!(shown(Tokens::new(html)), "i() s()");
    assert_eq!(shown(Tokens::new(html).with_conditions()), "[if lt IE 9 b() ] [if IE i() ] s()");
}
