use jiff::{Timestamp, tz::TimeZone};
use loadline::functions::date_time_format::{DateTimeFormat, Field, Locale, Moment};
use std::io::BufRead;
fn run(p: &[&str]) -> Result<String, String> {
    let loc = |l: &str| Locale::named(&l.replace('-', "_")).unwrap();
    match p[0] {
        "f" => {
            let tz =
                if p[4].starts_with('+') { TimeZone::fixed(jiff::tz::offset(2)) } else { TimeZone::get(p[4]).unwrap() };
            let z = Timestamp::from_millisecond(p[3].parse().unwrap()).unwrap().to_zoned(tz);
            Ok(format!("= {}", DateTimeFormat::new(p[1], loc(p[2]))?.print(&Moment::from(&z))?))
        }
        "s" => {
            let f = DateTimeFormat::new(p[1], loc(p[2]))?;
            let d = [
                (Field::NanoOfSecond, 0),
                (Field::MilliOfSecond, 0),
                (Field::SecondOfMinute, 0),
                (Field::MinuteOfHour, 0),
                (Field::HourOfDay, 0),
                (Field::DayOfMonth, 1),
                (Field::MonthOfYear, 1),
                (Field::YearOfEra, 2026),
                (Field::OffsetSeconds, 0),
            ];
            let z = f.read(p[3], &d, None)?.to_zoned()?;
            let n = Moment::plus(&z, loadline::functions::java_duration::nanos(p[4]).ok_or("bad duration")?)?;
            Ok(format!("= {} {}", f.print(&Moment::from(&n))?, z.timestamp().as_millisecond()))
        }
        "c" => {
            let tz = TimeZone::get("UTC").unwrap();
            let m = DateTimeFormat::new(p[1], loc("en"))?.read(p[3], &[], Some(&tz))?;
            Ok(format!("= {}", DateTimeFormat::new(p[2], loc("en"))?.print(&m.in_zone(&tz)?)?))
        }
        "d" => {
            let f = DateTimeFormat::new(p[1], loc(p[2]))?;
            let m = f.read(p[3], &[(Field::DayOfMonth, 1), (Field::MonthOfYear, 1), (Field::YearOfEra, 2026)], None)?;
            Ok(format!("= {}", loadline::functions::date_time_format::epoch_day(m.date.ok_or("no date")?)))
        }
        "D" => Ok(format!("= {}", loadline::functions::java_duration::nanos(p[1]).ok_or("no")?)),
        _ => Ok("?".into()),
    }
}
fn main() {
    for l in std::io::stdin().lock().lines() {
        let l = l.unwrap();
        let p: Vec<&str> = l.split('\t').collect();
        println!("{}", run(&p).unwrap_or_else(|e| format!("! {e}")).replace('\n', "\\n"));
    }
}
