use std::io::BufRead;
fn main() {
    for l in std::io::stdin().lock().lines() {
        let l = l.unwrap();
        let p: Vec<&str> = l.split('\t').collect();
        match loadline::functions::decimal_format::DecimalFormat::new(p[0]) {
            Ok(f) => println!("= {}", f.format(p[1].parse().unwrap())),
            Err(e) => println!("! {e}"),
        }
    }
}
