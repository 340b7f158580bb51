use super::Uri;
use crate::java::Url;

#[test]
fn addresses_that_java_looks_at_closely() {
    let check = |url: Url, expected: &str| {
        let outcome = Uri::of_url(&url).map_or_else(|error| error.to_string(), |uri| uri.as_str().to_owned());
        assert_eq!(outcome, expected);
    };
    let of_host = |host| Url::of_parts("http", Some(host), 81, "/").unwrap();
    check(of_host("a?b"), "Illegal character found in host: '?': a?b:81");
    check(of_host("a#b"), "Illegal character found in host: '#': a#b:81");
    check(of_host("a@b"), "Illegal character found in host: '@': a@b:81");
    check(of_host("::1"), "http://[::1]:81/");
    check(Url::parse("http://me:secret@h/").unwrap(), "http://me:secret@h/");
}

#[test]
fn what_is_no_uri() {
    let check = |text: &str, expected: &str| {
        let uri = Uri::parse(text);
        assert_eq!(uri.map_or_else(|error| error.to_string(), |uri| uri.to_string()), expected);
    };
    check("http://h/a|b", "Illegal character in path at index 10: http://h/a|b");
    check("http://h/?a=b|c", "Illegal character in query at index 13: http://h/?a=b|c");
    check("http://h/?a[]", "http://h/?a[]");
    check("http://h/[x]", "Illegal character in path at index 9: http://h/[x]");
    check("http://h/100%", "Malformed escape pair at index 12: http://h/100%");
    check("http://${x}/", "Illegal character in authority at index 7: http://${x}/");
    check("http:", "Expected scheme-specific part at index 5: http:");
    check("http://", "Expected authority at index 7: http://");
    check("http://[127.0.0.1:80]/", "Malformed IPv6 address at index 8: http://[127.0.0.1:80]/");
    check("http://[a:80]/", "IPv6 address too short at index 8: http://[a:80]/");
    check("http://[me@h]/", "Illegal character in user info at index 7: http://[me@h]/");
    check("http://h/\u{1f600}|", "Illegal character in path at index 11: http://h/\u{1f600}|");
    check("http://h/\u{fc}?\u{65e5}", "http://h/\u{fc}?\u{65e5}");
}

#[test]
fn hosts_are_names_or_addresses() {
    let check = |text: &str, host: Option<&str>, port: Option<u32>| {
        let uri = Uri::parse(text).unwrap();
        assert_eq!((uri.host(), uri.port()), (host, port), "{text}");
    };
    check("http://u@Host.x:81/", Some("Host.x"), Some(81));
    check("http://127.0.0.1:81/", Some("127.0.0.1"), Some(81));
    check("http://[::1]/", Some("[::1]"), None);
    check("http://a_b:81/", None, None);
    check("http://1.2.3:81/", None, None);
    check("http://h:/", Some("h"), None);
}

#[test]
fn illegal_characters_are_encoded() {
    let check = |text: &str, expected: &str| {
        assert_eq!(Uri::encoding(&Url::parse(text).unwrap()).unwrap().as_str(), expected);
    };
    check("http://h/a%20b", "http://h/a%20b");
    check("http://h/a%20b|c", "http://h/a%2520b%7Cc");
    check("http://h/?x=%zz#a b", "http://h/?x=%25zz#a%20b");
}

#[test]
fn paths_become_normal() {
    let check = |text: &str, expected: &str| assert_eq!(Uri::parse(text).unwrap().normalize().as_str(), expected);
    check("http://h/a/./b/../c?d#e", "http://h/a/c?d#e");
    check("http://h//a///b/", "http://h/a/b/");
    check("http://h/../a", "http://h/../a");
    check("http://h/a/b/..", "http://h/a/");
    check("http://h:/a/.", "http://h/a/");
    check("x/../a:b", "./a:b");
}

#[test]
fn texts_become_ascii() {
    let check = |text: &str, expected: &str| assert_eq!(Uri::parse(text).unwrap().to_ascii(), expected);
    check("http://h/a", "http://h/a");
    check("http://h/\u{fc}", "http://h/%C3%BC");
    check("http://h/u\u{308}", "http://h/%C3%BC");
}
