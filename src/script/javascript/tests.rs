//! What scripts give.

use crate::script::{Bindings, Language, Library, Limits, Standalone, compile};

/// The text of what a script gives, or the text of what it throws after a `!`.
fn give(text: &str) -> String {
    let mut host = Standalone::default();
    let outcome = compile(Language::JavaScript, text, &Library::java()).and_then(|script| {
        let bindings = Bindings::new();
        bindings.set("threadName", "users 1-1".into());
        let value = script.run(&bindings, &mut host, Limits::default())?;
        script.text(&value, &mut host)
    });
    outcome.map_or_else(|error| format!("!{}", error.text()), |text| text.to_string())
}

fn check(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        let given = give(text);
        match *expected {
            "!" => assert!(given.starts_with('!'), "{text} gave {given}"),
            expected => assert_eq!(given, expected, "{text}"),
        }
    }
}

#[test]
fn results_are_texts_of_rhino() {
    check(&[
        ("6/2", "3"),
        ("7/2", "3.5"),
        ("1e21", "1e+21"),
        ("0.0000001", "1e-7"),
        ("-0", "0"),
        ("9007199254740993", "9007199254740992"),
        ("undefined", "undefined"),
        ("var x = 5", "undefined"),
        ("null", "null"),
        ("[1,[2,3]]", "1,2,3"),
        ("({a:1})", "[object Object]"),
        ("if (1 < 2) 'less'; else 'more'", "less"),
        ("for (var i = 0; i < 3; i++) { i }", "2"),
        ("threadName", "users 1-1"),
        ("new Date(0)", "Thu Jan 01 1970 00:00:00 GMT-0000 (UTC)"),
    ]);
}

#[test]
fn new_syntax_is_refused() {
    check(&[
        ("let a = 1; a", "!"),
        ("const c = 2; c", "2"),
        ("var f = x => x + 1; f(1)", "2"),
        ("`a${1}`", "a1"),
        ("function g(a, b = 2) { return a + b } g(1)", "!"),
        ("var b = 2; g(1); function g(a) { return a + b }", "3"),
        ("Math.max(...[1,2])", "!"),
        ("for (var v of [1,2]) v", "!"),
        ("class A {}", "!"),
        ("2 ** 3", "!"),
        ("({a})", "!"),
        ("typeof Promise + typeof Symbol + typeof Map", "undefinedundefinedundefined"),
        ("Object.values({a:1})", "!"),
        ("'abc'.replaceAll('a', 'b')", "!"),
        ("parseInt('08')", "NaN"),
        ("'a'.equals('a')", "true"),
        ("'let x = {a}; ...'.length", "16"),
    ]);
}

#[test]
fn java_is_in_reach() {
    check(&[
        ("java.lang.Math.max(1, 2)", "2"),
        ("Packages.java.lang.Integer.parseInt('42')", "42"),
        ("new java.lang.StringBuilder('abc').reverse()", "cba"),
        ("var l = new java.util.ArrayList(); l.add(1); l.add('x'); l", "[1.0, x]"),
        ("var l = new java.util.ArrayList(); l.add('a'); l.get(0) + l[0] + l.size()", "aa1"),
        ("new java.lang.String('a,b').split(',')[1]", "b"),
        ("new java.lang.String('abc').length()", "3"),
        ("new java.lang.String('abc') == 'abc'", "true"),
        ("new java.lang.String('abc').match(/b/)", "b"),
        ("java.lang.NoSuch", "[JavaPackage java.lang.NoSuch]"),
        ("java.lang.Long.MAX_VALUE", "9223372036854776000"),
        (
            "try { java.lang.Integer.parseInt('x') } catch (e) { e.javaException.getMessage() }",
            "For input string: \"x\"",
        ),
    ]);
}

#[test]
fn failures_are_told_in_rhinos_words() {
    check(&[
        ("nosuch", "!org.mozilla.javascript.EcmaError: ReferenceError: \"nosuch\" is not defined."),
        ("throw 'text'", "!org.mozilla.javascript.JavaScriptException: text"),
        ("throw new Error('bad')", "!org.mozilla.javascript.JavaScriptException: Error: bad"),
        ("1 +", "!org.mozilla.javascript.EvaluatorException: Unexpected end of file"),
        ("java.lang.Integer.parseInt('x')", "!java.lang.NumberFormatException: For input string: \"x\""),
    ]);
}

#[test]
fn scripts_leave_nothing_behind() {
    check(&[
        ("zz = 1; Array = 5; zz", "1"),
        ("typeof zz + typeof Array", "undefinedfunction"),
        ("var yy = 2; yy", "2"),
        ("typeof yy", "undefined"),
    ]);
}

#[test]
fn endless_scripts_end() {
    let mut host = Standalone::default();
    let script = compile(Language::JavaScript, "while (true) { }", &Library::java()).unwrap();
    let limits = Limits { steps: Some(1000), ..Limits::default() };
    let error = script.run(&Bindings::new(), &mut host, limits).unwrap_err();
    assert_eq!(error.kind, crate::script::ErrorKind::Stopped);
    assert!(give("function f() { return f() } f()").starts_with('!'));
    assert_eq!(give("1 + 1"), "2");
}
