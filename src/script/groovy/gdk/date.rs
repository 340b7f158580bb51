//! Dates: formats and days to add.

use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::java::calendar;
use crate::script::java::date::{Date, Zone, default_zone, formatted, zoned};
use crate::script::java::date_format::Pattern;
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

const DAY: i64 = 86_400_000;

/// The methods of dates.
pub const METHODS: &[Row] = &[
    row("format", "String", |c| ok(formatted(c.machine, c.this, c.text(0)?)?)),
    row("format", "String, TimeZone", |c| {
        let zone = c.arg_as::<Zone>(1)?.zone.clone();
        ok(Pattern::new(c.text(0)?)?.print(&zoned(millis(c)?, &zone)))
    }),
    row("plus", "int", |c| moved(c, i64::from(c.int(0)))),
    row("minus", "int", |c| moved(c, -i64::from(c.int(0)))),
    row("minus", "Date", |c| {
        let day = |millis: i64| zoned(millis, &default_zone()).date();
        let (from, to) = (day(c.arg_as::<Date>(0)?.millis()), day(millis(c)?));
        ok(from.until(to).map_or(0, |span| span.get_days()))
    }),
    row("next", "", |c| moved(c, 1)),
    row("previous", "", |c| moved(c, -1)),
    row("getAt", "int", |c| ok(calendar::field(&zoned(millis(c)?, &default_zone()), c.int(0)))),
    row("clearTime", "", |c| {
        let moment = zoned(millis(c)?, &default_zone());
        let start = moment.start_of_day().map_or(0, |start| start.timestamp().as_millisecond());
        c.this_as::<Date>()?.set(start);
        c.this_again()
    }),
    row("getDateString", "", |c| ok(formatted(c.machine, c.this, "M/d/yy")?)),
    row("getTimeString", "", |c| ok(formatted(c.machine, c.this, "h:mm:ss a")?)),
    row("getDateTimeString", "", |c| ok(formatted(c.machine, c.this, "M/d/yy, h:mm:ss a")?)),
    row("toCalendar", "", |c| {
        let class = c.machine.library.named("java.util.Calendar").expect("it is in the library");
        let calendar = c.machine.invoke(&Value::class_of(class), "getInstance", &[])?;
        c.machine.invoke(&calendar, "setTime", std::slice::from_ref(c.this))?;
        Ok(calendar)
    }),
];

/// The static methods of dates.
pub const STATICS: &[Row] = &[row("parse", "String, String", |c| {
    let text = c.text(1)?;
    match Pattern::new(c.text(0)?)?.read(text, &default_zone()) {
        Ok((millis, _)) => ok(Date::value(millis)),
        Err(_) => Err(Thrown::new("java.text.ParseException", format!("Unparseable date: \"{text}\""))),
    }
})];

/// The methods of calendars.
pub const CALENDAR_METHODS: &[Row] = &[
    row("format", "String", |c| ok(formatted(c.machine, c.this, c.text(0)?)?)),
    row("getAt", "int", |c| c.machine.invoke(c.this, "get", c.args)),
    row("putAt", "int, int", |c| c.machine.invoke(c.this, "set", c.args)),
];

fn millis(c: &Call<'_, '_>) -> Outcome<i64> {
    Ok(c.this_as::<Date>()?.millis())
}

fn moved(c: &Call<'_, '_>, days: i64) -> Outcome {
    let moment = zoned(millis(c)?, &default_zone());
    let moved = jiff::Span::new().try_days(days).and_then(|span| moment.checked_add(span));
    ok(Date::value(moved.map_or(millis(c)? + days * DAY, |moved| moved.timestamp().as_millisecond())))
}
