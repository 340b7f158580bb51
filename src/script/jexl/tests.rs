//! What expressions give, in both versions.

use crate::script::{Bindings, Language, Library, Limits, Standalone, compile};

/// The text of what an expression gives; `null`, or `!` for a failure.
fn give(language: Language, text: &str) -> String {
    let mut host = Standalone::default();
    let Ok(script) = compile(language, text, &Library::java()) else { return "!".into() };
    match script.run(&Bindings::new(), &mut host, Limits::default()) {
        Ok(value) => script.text(&value, &mut host).unwrap().to_string(),
        Err(_) => "!".into(),
    }
}

/// An expression, what version 3 gives, what version 2 gives.
fn check(rows: &[(&str, &str, &str)]) {
    for (text, three, two) in rows {
        assert_eq!(give(Language::Jexl3, text), *three, "JEXL 3: {text}");
        assert_eq!(give(Language::Jexl2, text), *two, "JEXL 2: {text}");
    }
}

#[test]
fn numbers() {
    check(&[
        ("7/2", "3", "3"),
        ("7/2.0", "3.5", "3.5"),
        ("0.1+0.2", "0.30000000000000004", "0.30000000000000004"),
        ("2147483647+1", "2147483648", "2147483648"),
        ("9223372036854775807+1", "9223372036854775808", "9223372036854775808"),
        ("12345678.9*10", "1.23456789E8", "1.2345679E8"),
        ("-7%3", "-1", "2"),
        ("1.10B+1.1", "2.20", "2.2"),
        ("1.5B*2", "3", "3"),
        ("010 + 0x1F", "39", "39"),
        ("1e3", "1000.0", "!"),
        ("1/0", "!", "!"),
        ("null + 1", "!", "!"),
        ("true + 1", "2", "!"),
        ("6 & 3 | 8", "10", "10"),
    ]);
}

#[test]
fn texts() {
    check(&[
        ("'5'+3", "53", "8"),
        ("1 + '' + 2", "12", "3"),
        ("'1.5' + 1", "1.51", "2.5"),
        ("'5'*3", "15", "15"),
        ("'a'*2", "!", "!"),
        ("'x' + null", "!", "!"),
        ("'hello'.substring(1,3).toUpperCase()", "EL", "EL"),
        ("'a,b'.split(',')[1]", "b", "!"),
        (r"'it\'s'", "it's", "it's"),
        ("`a${1+1}`", "a2", "!"),
    ]);
}

#[test]
fn comparisons_and_truth() {
    check(&[
        ("'10' < '9'", "true", "true"),
        ("'10' < 9", "false", "false"),
        ("'abc' == 5", "!", "!"),
        ("'true' == true", "true", "true"),
        ("1 < 2 < 3", "!", "!"),
        ("null > 0", "false", "false"),
        ("'' ? 1 : 2", "2", "2"),
        ("0 ?: 'd'", "d", "d"),
        ("'abc123' =~ '[a-z]+[0-9]+'", "true", "true"),
        ("2 =~ [1,2,3]", "true", "true"),
        ("'hello' =^ 'he'", "true", "!"),
        ("not empty 'x' and size('abc') eq 3", "true", "true"),
    ]);
}

#[test]
fn collections_and_statements() {
    check(&[
        ("[10,20,30][1]", "20", "!"),
        ("{'a':1}", "{a=1}", "{a=1}"),
        ("{'a':{'b':5}}.a.b", "5", "5"),
        ("{1,2,2}.size()", "2", "!"),
        ("x = 5; x * 2", "10", "10"),
        ("x.y = 5; x.y", "5", "5"),
        ("s = 0; for (n : [1,2,3]) { s = s + n } s", "6", "6"),
        ("i = 0; while (true) { i = i + 1; if (i > 5) break; } i", "6", "!"),
        ("if (1 > 2) 'a' else 'b'", "b", "b"),
        ("var f = (n) -> { n < 2 ? 1 : n * f(n - 1) }; f(5)", "120", "!"),
        ("new('java.math.BigDecimal', '1.50').add(new('java.math.BigDecimal', '2'))", "3.50", "3.50"),
        ("return 9; 10", "9", "9"),
        ("1 /* a */ + 1 ## b", "2", "2"),
    ]);
}

#[test]
fn unknown_names() {
    check(&[
        ("nosuch", "!", "!"),
        ("nosuch.size()", "null", "!"),
        ("nosuch.x", "null", "!"),
        ("nosuch ?: 'd'", "d", "d"),
        ("'a'.nosuch()", "null", "!"),
        ("nosuch()", "!", "!"),
        ("new('no.such.Class')", "!", "!"),
    ]);
    assert_eq!(give(Language::LenientJexl2, "nosuch"), "null");
    assert_eq!(give(Language::LenientJexl2, "nosuch + 1"), "1");
}

#[test]
fn endless_scripts_end() {
    let mut host = Standalone::default();
    let script = compile(Language::Jexl3, "while (true) { }", &Library::java()).unwrap();
    let limits = Limits { steps: Some(100_000), ..Limits::default() };
    let error = script.run(&Bindings::new(), &mut host, limits).unwrap_err();
    assert_eq!(error.kind, crate::script::ErrorKind::Stopped);
    let recursion = "var f = (n) -> { f(n) }; f(1)";
    let script = compile(Language::Jexl3, recursion, &Library::java()).unwrap();
    let error = script.run(&Bindings::new(), &mut host, Limits::default()).unwrap_err();
    assert_eq!(error.class, "java.lang.StackOverflowError");
    assert!(compile(Language::Jexl3, &"(".repeat(100_000), &Library::java()).is_err());
}
