use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;

fn format(pattern: &str, locale: &str) -> Result<DateTimeFormat, String> {
    DateTimeFormat::new(pattern, Locale::named(locale).unwrap())
}

#[test]
fn prints() {
    let check = |pattern, locale, zone, expected: &str| {
        let zoned = Timestamp::from_millisecond(1_136_189_045_123).unwrap().to_zoned(TimeZone::get(zone).unwrap());
        let printed = format(pattern, locale).unwrap().print(&Moment::from(&zoned));
        assert_eq!(printed.unwrap_or_else(|error| error), expected, "{pattern}");
    };
    check("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "en", "UTC", "2006-01-02T08:04:05.123Z");
    check("yyyy-MM-dd'T'HH:mm:ss.SSSSxxx", "en", "America/New_York", "2006-01-02T03:04:05.1230-05:00");
    check("EEE, d MMM yyyy HH:mm:ss Z", "en", "Asia/Kolkata", "Mon, 2 Jan 2006 13:34:05 +0530");
    check("EEEE d MMMM uuuu", "fr", "Europe/Paris", "lundi 2 janvier 2006");
    check("EEEE d MMMM uuuu", "de_DE", "Europe/Berlin", "Montag 2 Januar 2006");
    check("h 'o''clock' a, z", "en", "America/New_York", "3 o'clock AM, EST");
    check("YYYY-'W'ww-e", "en_GB", "UTC", "2006-W01-1");
    check("QQQ yy G DDD", "en", "UTC", "Q1 06 AD 002");
    check("VV zzzz O OOOO", "en", "Asia/Tokyo", "Asia/Tokyo Japan Standard Time GMT+9 GMT+09:00");
    check("A n k K B", "en", "UTC", "29045123 123000000 8 8 in the morning");
    check("yyyyy ppppd[ XX]", "en", "UTC", "02006    2 Z");
    check("YY", "en", "UTC", "06");
}

#[test]
fn wrong_patterns() {
    let check = |pattern, expected| assert_eq!(format(pattern, "en").unwrap_err(), expected, "{pattern}");
    check("yyyyT", "Unknown pattern letter: T");
    check("HHH", "Too many pattern letters: H");
    check("VVV", "Pattern letter count must be 2: V");
    check("y]", "Pattern invalid as it contains ] without previous [");
    check("'open", "Pattern ends with an incomplete string literal: 'open");
    check("a{b", "Pattern includes reserved character: '{'");
}

#[test]
fn reads() {
    let defaults = [
        (Field::NanoOfSecond, 0),
        (Field::SecondOfMinute, 0),
        (Field::MinuteOfHour, 0),
        (Field::HourOfDay, 0),
        (Field::DayOfMonth, 1),
        (Field::MonthOfYear, 1),
        (Field::YearOfEra, 2026),
        (Field::OffsetSeconds, 0),
    ];
    let check = |pattern, text, expected: &str| {
        let read = format(pattern, "en").unwrap().read(text, &defaults, None).and_then(|moment| moment.to_zoned());
        let found = read.map_or_else(|error| error, |zoned| zoned.timestamp().to_string());
        assert_eq!(found, expected, "{pattern} {text}");
    };
    check("yyyy-MM-dd", "2006-01-02", "2006-01-02T00:00:00Z");
    check("yyyyMMddHHmmss", "20060102030405", "2006-01-02T03:04:05Z");
    check("dd/MM", "31/12", "2026-12-31T00:00:00Z");
    check("dd MMM yyyy", "30 Feb 2006", "2006-02-28T00:00:00Z");
    check("yyyy-MM-dd HH:mm", "2006-01-02 24:00", "2006-01-03T00:00:00Z");
    check("yyyy-MM-dd'T'HH:mmXXX", "2006-01-02T03:04+02:00", "2006-01-02T01:04:00Z");
    check("yyyy-MM-dd HH:mm VV", "2006-01-02 03:04 Europe/Paris", "2006-01-02T03:04:00Z");
    check(
        "hh:mm a",
        "03:04 PM",
        "Text '03:04 PM' could not be parsed: Conflict found: HourOfDay 0 differs from HourOfDay 15 while resolving  AmPmOfDay",
    );
    check("yyyy-MM-dd[ HH:mm]", "2006-01-02", "2006-01-02T00:00:00Z");
    check("HH:mm:ss.SSS", "03:04:05.678", "2026-01-01T03:04:05.678Z");
    check("yyyy-MM-dd", "2006-1-02", "Text '2006-1-02' could not be parsed at index 5");
    check("yyyy-MM-dd", "2006-01-02x", "Text '2006-01-02x' could not be parsed, unparsed text found at index 10");
    check(
        "yyyy-MM-dd",
        "2006-13-02",
        "Text '2006-13-02' could not be parsed: Invalid value for MonthOfYear (valid values 1 - 12): 13",
    );
}

#[test]
fn known_in_part() {
    let utc = TimeZone::get("UTC").unwrap();
    let check = |pattern, text, shown, expected: &str| {
        let read = format(pattern, "en").unwrap().read(text, &[], Some(&utc)).and_then(|moment| moment.in_zone(&utc));
        let shown = read.and_then(|moment| format(shown, "en").unwrap().print(&moment));
        assert_eq!(shown.unwrap_or_else(|error| error), expected, "{text}");
    };
    check("dd/MM/yyyy", "02/01/2006", "yyyy-MM-dd", "2006-01-02");
    check("dd/MM/yyyy", "02/01/2006", "HH:mm", "Unsupported field: HourOfDay");
    check("yyyyMMddHHmmss", "20060102030405", "HH:mm z", "03:04 UTC");
    check("yyyyMMddHHmmss", "20060102030405", "HH:mm XXX", "Unsupported field: OffsetSeconds");
    check("yyyy-MM-dd HH:mmXXX", "2006-01-02 03:04+02:00", "HH:mm XXX", "03:04 +02:00");
    check("HH:mm z", "03:04 CET", "HH.mm", "03.04");
}
