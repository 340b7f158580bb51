use loadline::query::regex::{Dialect, Pattern};
use std::io::BufRead;
fn un(s: &str) -> String {
    let c: Vec<char> = s.chars().collect();
    let mut o = String::new();
    let mut i = 0;
    let mut hi: Option<u32> = None;
    while i < c.len() {
        if c[i] == '\\' {
            i += 1;
            match c[i] {
                'n' => o.push('\n'),
                't' => o.push('\t'),
                'r' => o.push('\r'),
                'u' => {
                    let v = u32::from_str_radix(&c[i + 1..i + 5].iter().collect::<String>(), 16).unwrap();
                    i += 4;
                    if (0xD800..0xDC00).contains(&v) {
                        hi = Some(v)
                    } else if let Some(h) = hi.take() {
                        o.push(char::from_u32(0x10000 + ((h - 0xD800) << 10) + (v - 0xDC00)).unwrap())
                    } else {
                        o.push(char::from_u32(v).unwrap())
                    }
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
fn main() {
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let p: Vec<&str> = line.split('\t').collect();
        let (pat, txt) = (un(p[1]), un(p[2]));
        let dialect = if p[0].eq_ignore_ascii_case("o") { Dialect::Oro } else { Dialect::Java };
        match Pattern::new(&pat, dialect) {
            Err(e) => println!("! {}", esc(&e.to_string())),
            Ok(c) => {
                let mut o = String::new();
                if p[0] == "O" || p[0] == "J" {
                    o = c.is_whole(&txt).to_string();
                } else {
                    for m in c.matches(&txt).take(200) {
                        o.push('[');
                        for g in 0..=m.groups() {
                            if g > 0 {
                                o.push('|')
                            }
                            match m.group(g) {
                                None => o.push_str("<null>"),
                                Some(t) => {
                                    let at = txt[..t.as_ptr() as usize - txt.as_ptr() as usize].encode_utf16().count();
                                    o.push_str(&format!("{at}:{t}"))
                                }
                            }
                        }
                        o.push(']');
                    }
                }
                println!("= {}", esc(&o));
            }
        }
    }
}
