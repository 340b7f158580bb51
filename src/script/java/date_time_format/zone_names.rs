//! The names of zones in texts: short as in the time zone database, in full for the better known ones.

use jiff::Timestamp;
use jiff::tz::{Dst, TimeZone};

use super::print::zone_id;

type Names = (&'static str, [&'static str; 3], [&'static str; 3], &'static [&'static str]);

/// Short and full names by region: without daylight saving time, with it, and whatever the season.
const NAMES: &[Names] = &[
    (
        "Central European",
        ["CET", "CEST", "CET"],
        ["Central European Standard Time", "Central European Summer Time", "Central European Time"],
        &[
            "Europe/Berlin",
            "Europe/Paris",
            "Europe/Madrid",
            "Europe/Rome",
            "Europe/Vienna",
            "Europe/Zurich",
            "Europe/Amsterdam",
            "Europe/Brussels",
            "Europe/Prague",
            "Europe/Warsaw",
            "Europe/Budapest",
            "Europe/Stockholm",
            "Europe/Oslo",
            "Europe/Copenhagen",
            "Europe/Belgrade",
            "Europe/Luxembourg",
        ],
    ),
    (
        "Eastern European",
        ["EET", "EEST", "EET"],
        ["Eastern European Standard Time", "Eastern European Summer Time", "Eastern European Time"],
        &["Europe/Helsinki", "Europe/Athens", "Europe/Bucharest", "Europe/Sofia", "Europe/Riga", "Europe/Vilnius"],
    ),
    (
        "Eastern",
        ["EST", "EDT", "ET"],
        ["Eastern Standard Time", "Eastern Daylight Time", "Eastern Time"],
        &["America/New_York", "America/Toronto", "America/Detroit"],
    ),
    (
        "Central",
        ["CST", "CDT", "CT"],
        ["Central Standard Time", "Central Daylight Time", "Central Time"],
        &["America/Chicago", "America/Winnipeg"],
    ),
    (
        "Mountain",
        ["MST", "MDT", "MT"],
        ["Mountain Standard Time", "Mountain Daylight Time", "Mountain Time"],
        &["America/Denver", "America/Edmonton"],
    ),
    (
        "Pacific",
        ["PST", "PDT", "PT"],
        ["Pacific Standard Time", "Pacific Daylight Time", "Pacific Time"],
        &["America/Los_Angeles", "America/Vancouver"],
    ),
    (
        "British",
        ["GMT", "BST", "GMT"],
        ["Greenwich Mean Time", "British Summer Time", "British Time"],
        &["Europe/London"],
    ),
    ("Japan", ["JST", "JST", "JST"], ["Japan Standard Time", "Japan Standard Time", "Japan Time"], &["Asia/Tokyo"]),
    ("China", ["CST", "CST", "CT"], ["China Standard Time", "China Standard Time", "China Time"], &["Asia/Shanghai"]),
    (
        "India",
        ["IST", "IST", "IT"],
        ["India Standard Time", "India Standard Time", "India Time"],
        &["Asia/Kolkata", "Asia/Calcutta"],
    ),
    (
        "Australian Eastern",
        ["AEST", "AEDT", "AET"],
        ["Australian Eastern Standard Time", "Australian Eastern Daylight Time", "Australian Eastern Time"],
        &["Australia/Sydney", "Australia/Melbourne"],
    ),
    ("Moscow", ["MSK", "MSK", "MT"], ["Moscow Standard Time", "Moscow Summer Time", "Moscow Time"], &["Europe/Moscow"]),
];

/// The name of a zone at an instant, or whatever the season.
pub(super) fn name(zone: &TimeZone, instant: Option<Timestamp>, full: bool) -> String {
    let id = zone_id(zone);
    if matches!(id.as_str(), "UTC" | "Etc/UTC" | "Zulu" | "Universal" | "UCT") {
        return if full { "Coordinated Universal Time" } else { "UTC" }.into();
    }
    if matches!(id.as_str(), "GMT" | "Etc/GMT" | "Greenwich") {
        return if full { "Greenwich Mean Time" } else { "GMT" }.into();
    }
    let info = instant.map(|instant| zone.to_offset_info(instant));
    let season = match &info {
        None => 2,
        Some(info) => usize::from(info.dst() == Dst::Yes),
    };
    if let Some((_, short, long, _)) = NAMES.iter().find(|(.., zones)| zones.contains(&id.as_str())) {
        return if full { long[season] } else { short[season] }.into();
    }
    match info {
        // Zones without letters are written as their offset there.
        Some(info) if !full && info.abbreviation().starts_with(char::is_alphabetic) => info.abbreviation().into(),
        _ => id,
    }
}

/// The zone whose name a text begins with, and the length of that.
pub(super) fn read(text: &str) -> Option<(TimeZone, usize)> {
    let fixed = [
        ("Coordinated Universal Time", "UTC"),
        ("Greenwich Mean Time", "GMT"),
        ("UTC", "UTC"),
        ("GMT", "GMT"),
        ("Z", "UTC"),
    ];
    let named = NAMES.iter().flat_map(|(_, short, long, zones)| long.iter().chain(short).map(|name| (*name, zones[0])));
    let longest = named.chain(fixed).filter(|(name, _)| text.starts_with(name)).max_by_key(|(name, _)| name.len());
    let (name, zone) = longest?;
    Some((TimeZone::get(zone).ok()?, name.len()))
}
