use loadline::query::json::Json;
use loadline::query::json_path::{Found, JsonPath, PathError};
use std::io::BufRead;
fn un(s: &str) -> String {
    let c: Vec<char> = s.chars().collect();
    let mut o = String::new();
    let mut i = 0;
    while i < c.len() {
        if c[i] == '\\' {
            i += 1;
            match c[i] {
                'n' => o.push('\n'),
                't' => o.push('\t'),
                'r' => o.push('\r'),
                'u' => {
                    o.push(
                        char::from_u32(u32::from_str_radix(&c[i + 1..i + 5].iter().collect::<String>(), 16).unwrap())
                            .unwrap(),
                    );
                    i += 4
                }
                x => o.push(x),
            }
        } else {
            o.push(c[i])
        }
        i += 1;
    }
    o
}
fn esc(s: &str) -> String {
    let mut o = String::new();
    for c in s.chars() {
        match c {
            '\n' => o.push_str("\\n"),
            '\t' => o.push_str("\\t"),
            '\r' => o.push_str("\\r"),
            '\\' => o.push_str("\\\\"),
            c => o.push(c),
        }
    }
    o
}
fn run(m: &str, path: &str, txt: &str) -> String {
    let err = |e: PathError| match e {
        PathError::NotFound(m) => format!("? {m}"),
        e => format!("! X: {e}"),
    };
    let path = match JsonPath::new(path) {
        Ok(p) => p,
        Err(e) => return err(e),
    };
    let json = match Json::read(txt) {
        Ok(j) => j,
        Err(e) => return format!("! InvalidJsonException: net.minidev.json.parser.ParseException: {e}"),
    };
    if m == "e" {
        match path.read_list(&json) {
            Ok(l) => format!("= {}", l.iter().map(|j| format!("[{}]", j.text())).collect::<String>()),
            Err(PathError::NotFound(_)) => "= ".into(),
            Err(e) => err(e),
        }
    } else {
        match path.read(&json) {
            Err(e) => err(e),
            Ok(f) => {
                let j = match f {
                    Found::One(j) => j.into_owned().into_owned(),
                    Found::All(l) => Json::List(l.into_iter().map(|x| x.into_owned().into_owned()).collect()),
                };
                let k = match &j {
                    Json::Null => "null",
                    Json::List(_) => "L",
                    Json::Object(_) => "M",
                    Json::Number(_) => "N",
                    _ => "S",
                };
                let t = match &j {
                    Json::Number(n) if n.as_double().is_some() => {
                        let d = n.as_double().unwrap();
                        if d.is_nan() {
                            "NaN".into()
                        } else if d.is_infinite() {
                            if d > 0.0 { "∞".into() } else { "-∞".into() }
                        } else {
                            let t = d.to_string();
                            if t.contains('.') { t } else { t + ".0" }
                        }
                    }
                    j => j.text().into_owned(),
                };
                format!("= {k} {t} {} java {}", path.is_definite(), j.java_text())
            }
        }
    }
}
fn main() {
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let p: Vec<&str> = line.split('\t').collect();
        println!("{}", esc(&run(p[0], &un(p[1]), &un(p[2]))));
    }
}
