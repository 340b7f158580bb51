//! What a moment is made of: year, hour, day of the week.

/// One of Java's `ChronoField`s, or a field of weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// 0 before the common era, 1 in it.
    Era,
    /// The year, 0 and below before the common era.
    Year,
    /// The year as it is counted in its era.
    YearOfEra,
    /// 1 to 4.
    QuarterOfYear,
    /// 1 to 12.
    MonthOfYear,
    /// 1 to 366.
    DayOfYear,
    /// 1 to 31.
    DayOfMonth,
    /// 1 to 7: the day of the week that begins with the first of the month.
    AlignedDayOfWeekInMonth,
    /// 1, Monday, to 7.
    DayOfWeek,
    /// Days since 1858-11-17.
    ModifiedJulianDay,
    /// 1 to 7, from the locale's first day of the week on.
    LocalizedDayOfWeek,
    /// The week of the month, by the locale's rules.
    WeekOfMonth,
    /// The week of the week-based year, by the locale's rules.
    WeekOfYear,
    /// The year that the week belongs to, by the locale's rules.
    WeekBasedYear,
    /// 0 in the morning, 1 in the afternoon.
    AmPmOfDay,
    /// 0 to 11.
    HourOfAmPm,
    /// 1 to 12.
    ClockHourOfAmPm,
    /// 0 to 23.
    HourOfDay,
    /// 1 to 24.
    ClockHourOfDay,
    /// 0 to 59.
    MinuteOfHour,
    /// 0 to 59.
    SecondOfMinute,
    /// 0 to 999.
    MilliOfSecond,
    /// 0 to 999,999,999.
    NanoOfSecond,
    /// Milliseconds since midnight.
    MilliOfDay,
    /// Nanoseconds since midnight.
    NanoOfDay,
    /// Seconds east of Greenwich.
    OffsetSeconds,
}

impl Field {
    /// The field of a pattern's letter.
    pub(super) fn of_letter(letter: char) -> Option<Self> {
        Some(match letter {
            'G' => Self::Era,
            'u' => Self::Year,
            'y' => Self::YearOfEra,
            'Q' | 'q' => Self::QuarterOfYear,
            'M' | 'L' => Self::MonthOfYear,
            'D' => Self::DayOfYear,
            'd' => Self::DayOfMonth,
            'F' => Self::AlignedDayOfWeekInMonth,
            'E' | 'c' | 'e' => Self::DayOfWeek,
            'g' => Self::ModifiedJulianDay,
            'a' => Self::AmPmOfDay,
            'H' => Self::HourOfDay,
            'k' => Self::ClockHourOfDay,
            'K' => Self::HourOfAmPm,
            'h' => Self::ClockHourOfAmPm,
            'm' => Self::MinuteOfHour,
            's' => Self::SecondOfMinute,
            'S' | 'n' => Self::NanoOfSecond,
            'A' => Self::MilliOfDay,
            'N' => Self::NanoOfDay,
            _ => return None,
        })
    }

    /// Java's name for it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Era => "Era",
            Self::Year => "Year",
            Self::YearOfEra => "YearOfEra",
            Self::QuarterOfYear => "QuarterOfYear",
            Self::MonthOfYear => "MonthOfYear",
            Self::DayOfYear => "DayOfYear",
            Self::DayOfMonth => "DayOfMonth",
            Self::AlignedDayOfWeekInMonth => "AlignedDayOfWeekInMonth",
            Self::DayOfWeek => "DayOfWeek",
            Self::ModifiedJulianDay => "ModifiedJulianDay",
            Self::LocalizedDayOfWeek => "DayOfWeek[WeekFields]",
            Self::WeekOfMonth => "WeekOfMonth[WeekFields]",
            Self::WeekOfYear => "WeekOfWeekBasedYear[WeekFields]",
            Self::WeekBasedYear => "WeekBasedYear[WeekFields]",
            Self::AmPmOfDay => "AmPmOfDay",
            Self::HourOfAmPm => "HourOfAmPm",
            Self::ClockHourOfAmPm => "ClockHourOfAmPm",
            Self::HourOfDay => "HourOfDay",
            Self::ClockHourOfDay => "ClockHourOfDay",
            Self::MinuteOfHour => "MinuteOfHour",
            Self::SecondOfMinute => "SecondOfMinute",
            Self::MilliOfSecond => "MilliOfSecond",
            Self::NanoOfSecond => "NanoOfSecond",
            Self::MilliOfDay => "MilliOfDay",
            Self::NanoOfDay => "NanoOfDay",
            Self::OffsetSeconds => "OffsetSeconds",
        }
    }

    /// The values that it can have, whatever the others are.
    pub(super) fn range(self) -> std::ops::RangeInclusive<i64> {
        match self {
            Self::Era | Self::AmPmOfDay => 0..=1,
            Self::Year | Self::WeekBasedYear => -9999..=9999,
            Self::YearOfEra => 1..=9999,
            Self::QuarterOfYear => 1..=4,
            Self::DayOfYear => 1..=366,
            Self::DayOfMonth => 1..=31,
            Self::AlignedDayOfWeekInMonth | Self::DayOfWeek | Self::LocalizedDayOfWeek => 1..=7,
            Self::ModifiedJulianDay => -4_000_000..=4_000_000,
            Self::WeekOfMonth => 0..=6,
            Self::WeekOfYear => 1..=53,
            Self::HourOfAmPm => 0..=11,
            Self::MonthOfYear | Self::ClockHourOfAmPm => 1..=12,
            Self::HourOfDay => 0..=23,
            Self::ClockHourOfDay => 1..=24,
            Self::MinuteOfHour | Self::SecondOfMinute => 0..=59,
            Self::MilliOfSecond => 0..=999,
            Self::NanoOfSecond => 0..=999_999_999,
            Self::MilliOfDay => 0..=86_399_999,
            Self::NanoOfDay => 0..=86_399_999_999_999,
            Self::OffsetSeconds => -64_800..=64_800,
        }
    }
}
