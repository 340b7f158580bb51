use super::{Dialect, Pattern, compiled};

/// All matches with their groups, `whole(group group)`; `-` is a group that took no part.
fn matches(dialect: Dialect, pattern: &str, text: &str) -> String {
    let pattern = match Pattern::new(pattern, dialect) {
        Ok(pattern) => pattern,
        Err(error) => return error.to_string(),
    };
    let shown = pattern.matches(text).map(|found| {
        let groups: Vec<_> = (1..=found.groups()).map(|group| found.group(group).unwrap_or("-")).collect();
        let groups = if groups.is_empty() { String::new() } else { format!("({})", groups.join(" ")) };
        format!("{}{groups}", found.group(0).unwrap())
    });
    shown.collect::<Vec<_>>().join(",")
}

#[test]
fn oro() {
    let check = |pattern, text, expected: &str| assert_eq!(matches(Dialect::Oro, pattern, text), expected, "{pattern}");
    check("id=(\\d+)", "id=1 id=x id=22", "id=1(1),id=22(22)");
    check("{\"id\":(.+?)}", "{\"id\":7},{\"id\":8}", "{\"id\":7}(7),{\"id\":8}(8)");
    check("(a)|(b)", "ab", "a(a -),b(- b)");
    check("f(?i)(OO)", "foo FOO", "foo(oo),FOO(OO)");
    check("(?-i)Foo", "foo Foo", "Foo");
    check("(?x)a b # c", "ab", "ab");
    check("\\w+", "aé_1-ж", "aé_1,ж");
    check("\\d+", "1٣x2", "1٣,2");
    check("a\\sb", "a\u{A0}b a\u{2003}b", "a\u{2003}b");
    check(".+", "a\r\u{2028}b\nc", "a\r\u{2028}b,c");
    check("[[:alpha:]]+", "aé1b", "aé,b");
    check("[[:^digit:]]", "1a", "a");
    check("[]x]+", "a]x[", "]x");
    check("\\Qa\\E \\u0041 \\z", "QaE u0041 z", "QaE u0041 z");
    check("\\p{L}", "pppppp", "");
    check("\\101\\x42\\cA", "AB\u{1}", "AB\u{1}");
    check("(a)\\1", "aaa", "aa(a)");
    check("a(?=b)", "ab ac", "a");
    check("a(?!b).", "ab ac", "ac");
    check("a{,3}", "a{,3}", "a{,3}");
    check("(?#comment)x", "x", "x");
}

#[test]
fn the_ends_of_text_and_lines() {
    let check = |dialect, pattern, text, expected: &str| {
        assert_eq!(matches(dialect, pattern, text), expected, "{pattern} {text:?}");
    };
    for dialect in [Dialect::Oro, Dialect::Java] {
        check(dialect, "b$", "b\nb\n", "b");
        check(dialect, "b$", "b\nb", "b");
        check(dialect, "(?m)b$", "b\nb\n", "b,b");
        check(dialect, "(?m)^.?", "a\nb\n", "a,b");
        check(dialect, "^b", "a\nb", "");
        check(dialect, "b\\Z", "b\nb\n", "b");
    }
    check(Dialect::Oro, "b$", "b\r\n", "");
    check(Dialect::Java, "b$", "b\r\n", "b");
}

#[test]
fn empty_matches() {
    let check = |pattern, text, oro: &str, java: &str| {
        let count = |dialect| matches(dialect, pattern, text).replace(',', ".");
        assert_eq!((count(Dialect::Oro).as_str(), count(Dialect::Java).as_str()), (oro, java), "{pattern}");
    };
    check("\\d*", "a1b22\ncc", ".1.22...", ".1..22....");
    check("a*?", "aab", ".a.a.", "...");
    check("a||b", "ab", "a.b", "a..");
    check("x*", "", "", "");
}

#[test]
fn java() {
    let check =
        |pattern, text, expected: &str| assert_eq!(matches(Dialect::Java, pattern, text), expected, "{pattern}");
    check("(?<=a)b(?<name>c)\\k<name>", "abcc", "bcc(c)");
    check("(?i:A)b", "ab aB", "ab");
    check("(?i)é", "É", "");
    check("(?iu)é", "É", "É");
    check("\\w+", "aé1", "a,1");
    check("(?U)\\w+", "aé1", "aé1");
    check("[a-z&&[^b]]+", "abc", "a,c");
    check("\\Qa.b*\\E+", "a.b** a.b*", "a.b**,a.b*");
    check("\\Qa.b*\\E?x", "a.bx", "a.bx");
    check("a++b", "aab", "aab");
    check("(?>a|ab)c", "abc", "");
    check("\\p{Lu}\\p{IsLatin}\\p{Punct}", "Ab!", "Ab!");
    check(".", "\u{85}\u{2028}x", "x");
    check("\\R\\h", "\r\n\t", "\r\n\t");
    check("\\u0041\\x{42}\\0103", "ABC", "ABC");
    check("(a)(b)?\\2", "a", "");
}

#[test]
fn what_is_no_pattern() {
    let check = |dialect, pattern, expected: &str| assert_eq!(matches(dialect, pattern, ""), expected);
    check(Dialect::Oro, "(", "Invalid expression: (\nUnmatched parentheses.");
    check(Dialect::Oro, "*a", "Invalid expression: *a\n?+* follows nothing in expression");
    check(Dialect::Oro, "o++", "Invalid expression: o++\nNested repetitions *?+ in expression");
    check(Dialect::Oro, "(?<a>x)", "Invalid expression: (?<a>x)\nSequence (?<...) not recognized");
    check(Dialect::Oro, "(?i:x)", "Invalid expression: (?i:x)\nSequence (?:...) not recognized");
    check(Dialect::Oro, "[z-a]", "Invalid expression: [z-a]\nInvalid [] range in expression.");
    check(Dialect::Oro, "[a", "Invalid expression: [a\nUnmatched [] in expression.");
    check(Dialect::Oro, "\\", "Invalid expression: \\\nTrailing \\ in expression.");
    check(Dialect::Oro, "\\1", "Invalid expression: \\1\nInvalid backreference: \\1");
    check(Dialect::Oro, "a{3,2}", "Invalid expression: a{3,2}\nInvalid interval {3,2}");
    check(Dialect::Java, "*a", "Dangling meta character '*' near index 0\n*a\n^");
    check(Dialect::Java, "{\"id\"", "Illegal repetition near index 1\n{\"id\"\n ^");
    check(Dialect::Java, "(a", "Unclosed group near index 2\n(a");
    check(Dialect::Java, "\\y", "Illegal/unsupported escape sequence near index 1\n\\y\n ^");
}

#[test]
fn wholes_and_parts() {
    let pattern = Pattern::new("a|ab", Dialect::Oro).unwrap();
    assert!(pattern.is_in("xab") && pattern.is_whole("a"));
    assert!(!pattern.is_whole("ab"), "ORO looks no further than its first way");
    assert!(Pattern::new("a|ab", Dialect::Java).unwrap().is_whole("ab"));
    assert!(Pattern::new("a$", Dialect::Oro).unwrap().is_in("a\n"));
}

#[test]
fn a_pattern_that_takes_for_ever_is_given_up() {
    let pattern = Pattern::new("(a*)*\\1b", Dialect::Oro).unwrap();
    assert!(!pattern.is_in(&"a".repeat(5000)));
    let linear = Pattern::new("(a+)+$", Dialect::Oro).unwrap();
    assert!(!linear.is_in(&("a".repeat(50_000) + "b")));
}

#[test]
fn patterns_are_shared() {
    let one = compiled("a+", Dialect::Oro).unwrap();
    assert!(std::sync::Arc::ptr_eq(&one, &compiled("a+", Dialect::Oro).unwrap()));
    assert!(!std::sync::Arc::ptr_eq(&one, &compiled("a+", Dialect::Java).unwrap()));
}

proptest::proptest! {
    #[test]
    fn nothing_panics(pattern in "[ab(){}\\[\\]?*+|^$\\\\.:=!<>&#0-9ixké-]{0,12}", text in "[ab\\né]{0,6}") {
        for dialect in [Dialect::Oro, Dialect::Java] {
            if let Ok(pattern) = Pattern::new(&pattern, dialect) {
                pattern.matches(&text).take(20).for_each(drop);
                pattern.is_whole(&text);
            }
        }
    }
}
