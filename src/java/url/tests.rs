use super::Url;

#[test]
fn addresses_stay_as_they_are_written() {
    let check = |text: &str, expected: Result<(&str, Option<u32>, &str, Option<&str>), &str>| {
        let url = Url::parse(text).map_err(|error| error.to_string());
        let parts = url.as_ref().map(|url| (url.host(), url.port(), url.path(), url.query()));
        assert_eq!(parts.map_err(String::as_str), expected, "{text}");
    };
    check("http://Host:81/a b?c?d#e", Ok(("Host", Some(81), "/a b", Some("c?d"))));
    check("HTTP://u:p@h", Ok(("h", None, "", None)));
    check("http://[::1]:8080/", Ok(("[::1]", Some(8080), "/", None)));
    check("http://h?x", Ok(("h", None, "", Some("x"))));
    check("http:///x", Ok(("", None, "/x", None)));
    check("http://a@b@c/", Ok(("", None, "/", None)));
    check("mailto:a@b", Ok(("", None, "a@b", None)));
    check("/x", Err("no protocol: /x"));
    check("no:x", Err("unknown protocol: no"));
    check("http://h:abc/", Err("Error at index 0 in: \"abc\""));
    check("http://h:-2/", Err("Invalid port number :-2"));
    check("http://[x]/", Err("Invalid authority field: [x]"));
    check("http://h\t/", Err("Illegal character found in host: control char (code=9)"));
}

#[test]
fn addresses_are_put_together() {
    let check = |protocol: &str, host: Option<&str>, port: i32, file: &str, expected: &str| {
        let url = Url::of_parts(protocol, host, port, file);
        assert_eq!(url.map_or_else(|error| error.to_string(), |url| url.to_string()), expected);
    };
    check("HTTP", Some("h"), -1, "/a?b?c#d", "http://h/a?b?c#d");
    check("http", Some("127.0.0.1:80"), 81, "/", "http://[127.0.0.1:80]:81/");
    check("file", None, -1, "a.txt", "file:a.txt");
    check("gopher", Some("h"), 80, "/", "unknown protocol: gopher");
    check("http", Some("h/x"), 80, "/", "Illegal character found in host: '/'");
    check("http", Some("h"), -2, "/", "Invalid port number :-2");
}

#[test]
fn addresses_are_joined() {
    let check = |base: &str, spec: &str, expected: &str| {
        let url = Url::parse(base).unwrap().join(spec);
        assert_eq!(url.map_or_else(|error| error.to_string(), |url| url.to_string()), expected, "{base} and {spec}");
    };
    check("http://h:81/p/q?x=y#z", "r", "http://h:81/p/r");
    check("http://h:81/p/q?x=y#z", "", "http://h:81/p/q?x=y#z");
    check("http://h:81/p/q?x=y#z", "#w", "http://h:81/p/q?x=y#w");
    check("http://h/p/q", "?a", "http://h/p/?a");
    check("http://h/p/q", "//other/x", "http://other/x");
    check("http://h/p/q", "../../r", "http://h/../r");
    check("http://h/p/q", "./a/../b/./c/..", "http://h/p/b/");
    check("http://h/p/q", "http:r", "http://h/p/r");
    check("http://h", "x", "http://h/x");
    check("http://h/p", "myapp://x", "unknown protocol: myapp");
}
