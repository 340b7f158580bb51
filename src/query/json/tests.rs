use super::*;

fn text(json: &str) -> String {
    match Json::read(json) {
        Ok(json) => json.text().into_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn reads_leniently() {
    let check = |json, expected: &str| assert_eq!(text(json), expected, "{json}");
    check(r#"[1, "a", true, null, 1.50]"#, r#"[1,"a",true,null,1.5]"#);
    check("['a', b c , d]", r#"["a","b c","d"]"#);
    check("{a:1,,'b':x y,}", r#"{"a":1,"b":"x y"}"#);
    check("[1,,2,]", "[1,2]");
    check("[007,+5,.5,1x,NaN,-]", r#"[7,"+5",".5","1x",NaN,0]"#);
    check("{\"a\":1} and more", r#"{"a":1}"#);
    check("<html>", "<html>");
    check("[\"\\u00e9\\x41\\/\\q\\ud83d\\ude00\"]", "[\"éA\\/😀\"]");
    check("[\"a\tb\", \"a\tb\\n\"]", r#"["a\tb","ab\n"]"#);
    check(r#"{"a":1,"b":2,"a":3}"#, r#"{"a":3,"b":2}"#);
}

#[test]
fn refuses_what_begins_like_json_and_is_not() {
    let check = |json, expected: &str| assert_eq!(text(json), expected, "{json}");
    check("{\"a\":1", "Unexpected End Of File position 5: null");
    check("[1", "Unexpected End Of File position 1: EOF");
    check("}", "Unexpected character (}) at position 0.");
    check("{\"a\" 1}", "Unexpected character (1) at position 4.");
    check("{\"a\":\"b\" c}", "Unexpected token c at position 8.");
    check("{\"a", "Unexpected End Of File position 3: null");
    check("[\"\\u12g4\"]", "Unexpected unicode escape sequence g at position 6.");
    check(&"[".repeat(500), "Malicious payload, having non natural depths, parsing stoped on [ at position 400.");
}

#[test]
fn objects_come_in_the_order_of_a_hash_map() {
    let check = |json, expected: &str| assert_eq!(text(json), expected, "{json}");
    check(r#"{"id":1,"name":"x","type":"y"}"#, r#"{"name":"x","id":1,"type":"y"}"#);
    check(r#"{"z":{"y":1,"x":2},"a":[{"b":1,"a":2}]}"#, r#"{"a":[{"b":1,"a":2}],"z":{"y":1,"x":2}}"#);
    assert_eq!(Json::read(r#"{"b":[1,"x"],"a":null}"#).unwrap().java_text(), r#"{b=[1,"x"], a=null}"#);
}

#[test]
fn equality_is_javas() {
    let equal = |one: &str, two: &str| Json::read(one).unwrap() == Json::read(two).unwrap();
    assert!(equal("{a:1,b:2}", "{b:2,a:01}"));
    assert!(equal("1.50", "1.5"));
    assert!(!equal("1", "1.0"));
    assert!(!equal("[1,2]", "[2,1]"));
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[\\[\\]{}:,'\"\\\\0-9a-fnux.eE+\\- \\x1aé]{0,20}") {
        if let Ok(json) = Json::read(&text) {
            let mut written = String::new();
            json.write(&mut written);
            proptest::prop_assert!(Json::read(&written).is_ok());
        }
    }
}
