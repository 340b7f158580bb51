//! The schedule language: `rate(10/sec) random_arrivals(1 min) pause(30 s)`.

use std::fmt;

use super::tokens::{Token, tokens};
use crate::model::Fault;

/// So many random arrivals of a step are drawn at most.
const MOST_DRAWN: f64 = 1e8;

/// A schedule.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::elements::thread_groups) struct OpenSchedule {
    pub(super) steps: Vec<OpenStep>,
}

/// A step of a schedule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum OpenStep {
    /// So many arrivals per second from here on.
    Rate(f64),
    /// So many seconds of arrivals, as far apart as the rate says.
    Even(f64),
    /// So many seconds of arrivals at random times.
    Random(f64),
}

/// Why a text is no schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::elements::thread_groups) struct ScheduleError {
    message: String,
    place: usize,
    near: String,
    schedule: String,
}

impl ScheduleError {
    /// Something is wrong at that byte of a schedule.
    pub(super) fn new(schedule: &str, place: usize, message: impl Into<String>) -> Self {
        let near = schedule[place..].chars().take(20).collect();
        let place = schedule[..place].chars().count();
        Self { message: message.into(), place, near, schedule: schedule.to_owned() }
    }
}

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, place, near, schedule } = self;
        write!(f, "{message} at position {place}: '{near}' in '{schedule}'")
    }
}

impl OpenSchedule {
    /// Reads a schedule. A number alone stands for so many arrivals within a second, and an hour to complete them.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn parse(text: &str) -> Result<Self, ScheduleError> {
        if let Ok(arrivals) = text.parse::<i32>() {
            let rate = OpenStep::Rate(arrivals.into());
            let steps = vec![rate, OpenStep::Even(1.0), rate, OpenStep::Rate(0.0), OpenStep::Even(3600.0)];
            return Ok(Self { steps });
        }
        Parser { text, tokens: tokens(text)?, next: 0, rate: 0.0, steps: Vec::new() }.parse()
    }

    /// Random arrivals are drawn before a step begins, and so they must fit into memory.
    ///
    /// # Errors
    /// When a step has too many.
    pub fn check_memory(&self) -> Result<(), Fault> {
        let rates =
            self.steps.iter().filter_map(|step| if let OpenStep::Rate(rate) = step { Some(*rate) } else { None });
        let highest = rates.fold(0.0, f64::max);
        let random = |step: &&OpenStep| matches!(step, OpenStep::Random(duration) if highest * duration > MOST_DRAWN);
        match self.steps.iter().find(random) {
            Some(step) => {
                let arrivals = highest * step.duration();
                Err(Fault::illegal_argument(format!("random_arrivals: {arrivals:e} arrivals at once are too many")))
            }
            None => Ok(()),
        }
    }

    /// How long it lasts, in seconds.
    pub fn duration(&self) -> f64 {
        self.steps.iter().map(OpenStep::duration).sum()
    }
}

impl OpenStep {
    pub(super) fn duration(&self) -> f64 {
        match self {
            Self::Rate(_) => 0.0,
            Self::Even(duration) | Self::Random(duration) => *duration,
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<(usize, Token<'a>)>,
    next: usize,
    rate: f64,
    steps: Vec<OpenStep>,
}

impl<'a> Parser<'a> {
    fn parse(mut self) -> Result<OpenSchedule, ScheduleError> {
        while let Some(Token::Identifier(name)) = self.peek() {
            match name.to_ascii_lowercase().as_str() {
                "rate" => {
                    let rate = self.in_parentheses(Self::rate)?;
                    self.rate = rate;
                    self.steps.push(OpenStep::Rate(rate));
                }
                "random_arrivals" => {
                    let duration = self.in_parentheses(Self::duration)?;
                    self.steps.push(OpenStep::Random(duration));
                }
                "even_arrivals" => {
                    let duration = self.in_parentheses(Self::duration)?;
                    self.steps.push(OpenStep::Even(duration));
                }
                "pause" => {
                    let duration = self.in_parentheses(Self::duration)?;
                    self.pause(duration);
                }
                _ => break,
            }
        }
        match self.peek() {
            None => Ok(OpenSchedule { steps: self.steps }),
            Some(_) => Err(self.error("Unexpected input (expecting rate, random_arrivals, even_arrivals, or pause)")),
        }
    }

    /// No arrivals for that long, and the rate before it again: for the step before the pause, the rate stays as it is.
    fn pause(&mut self, duration: f64) {
        let (rate, none) = (OpenStep::Rate(self.rate), OpenStep::Rate(0.0));
        if self.rate == 0.0 {
            self.steps.extend([OpenStep::Even(duration), rate]);
        } else {
            self.steps.extend([rate, none, OpenStep::Even(duration), none, rate]);
        }
    }

    fn in_parentheses(&mut self, inner: fn(&mut Self) -> Result<f64, ScheduleError>) -> Result<f64, ScheduleError> {
        self.next += 1;
        self.expect("(", |token| (token == Token::Open).then_some(()))?;
        let value = inner(self)?;
        self.expect(")", |token| (token == Token::Close).then_some(()))?;
        Ok(value)
    }

    /// `10/sec` or `10 per sec`; the unit of 0 can be left out.
    fn rate(&mut self) -> Result<f64, ScheduleError> {
        let rate = self.number("float number for rate")?;
        if rate == 0.0 && self.peek() == Some(Token::Close) {
            return Ok(0.0);
        }
        self.expect("/, Identifier(per)", |token| match token {
            Token::Divide => Some(()),
            Token::Identifier(word) => word.eq_ignore_ascii_case("per").then_some(()),
            _ => None,
        })?;
        Ok(rate / self.unit()?)
    }

    /// `1 min 30 sec`; the unit of 0 can be left out.
    fn duration(&mut self) -> Result<f64, ScheduleError> {
        let mut sum = 0.0;
        loop {
            let number = self.number("float number for duration")?;
            if number == 0.0 && self.peek() == Some(Token::Close) {
                return Ok(sum);
            }
            sum += number * self.unit()?;
            if !matches!(self.peek(), Some(Token::Number(..))) {
                return Ok(sum);
            }
        }
    }

    fn number(&mut self, expected: &str) -> Result<f64, ScheduleError> {
        self.expect(expected, |token| if let Token::Number(_, value) = token { Some(value) } else { None })
    }

    /// The seconds in a unit.
    fn unit(&mut self) -> Result<f64, ScheduleError> {
        let expected = "unit for duration: sec, min, hour, day";
        let word =
            self.expect(expected, |token| if let Token::Identifier(word) = token { Some(word) } else { None })?;
        let lower = word.to_ascii_lowercase();
        let is = |short: &str, long: &str| lower == short || lower.starts_with(long);
        match () {
            () if lower == "ms" => Ok(0.001),
            () if is("s", "sec") => Ok(1.0),
            () if is("m", "min") => Ok(60.0),
            () if is("h", "hour") => Ok(3600.0),
            () if is("d", "day") => Ok(86_400.0),
            () => {
                self.next -= 1;
                Err(self.error(format!("Unexpected time unit {word}")))
            }
        }
    }

    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.next).map(|(_, token)| *token)
    }

    fn expect<T>(&mut self, expected: &str, take: impl Fn(Token<'a>) -> Option<T>) -> Result<T, ScheduleError> {
        let token = self.peek();
        match token.and_then(take) {
            Some(value) => {
                self.next += 1;
                Ok(value)
            }
            None => {
                let found = token.map_or_else(|| "the end".to_owned(), |token| token.to_string());
                Err(self.error(format!("Unexpected input. Expected {expected} got {found}")))
            }
        }
    }

    fn error(&self, message: impl Into<String>) -> ScheduleError {
        let place = self.tokens.get(self.next).map_or(self.text.len(), |(place, _)| *place);
        ScheduleError::new(self.text, place, message)
    }
}

#[cfg(test)]
mod tests {
    use super::OpenStep::{Even, Random, Rate};
    use super::*;

    #[test]
    fn schedules_are_read() {
        let check = |text: &str, expected: &[OpenStep]| {
            let schedule = OpenSchedule::parse(text).map_err(|error| error.to_string());
            assert_eq!(schedule.map(|schedule| schedule.steps).as_deref(), Ok(expected), "{text}");
        };
        check("", &[]);
        check("rate(4/sec) even_arrivals(2 sec)", &[Rate(4.0), Even(2.0)]);
        check("RATE(60 Per MIN)Random_Arrivals(1 minute 30 seconds)", &[Rate(1.0), Random(90.0)]);
        check("rate(.5/s)even_arrivals(1.5 h 1 d 250 ms)", &[Rate(0.5), Even(91_800.25)]);
        check("rate(0) pause(0) even_arrivals(0)", &[Rate(0.0), Even(0.0), Rate(0.0), Even(0.0)]);
        check("/* a */ rate(2/s) // b\n even_arrivals(1 s) // c", &[Rate(2.0), Even(1.0)]);
        check(
            "rate(2/s) even_arrivals(1 s) pause(3 s)",
            &[Rate(2.0), Even(1.0), Rate(2.0), Rate(0.0), Even(3.0), Rate(0.0), Rate(2.0)],
        );
        check("7", &[Rate(7.0), Even(1.0), Rate(7.0), Rate(0.0), Even(3600.0)]);
    }

    #[test]
    fn faults_are_told_with_their_place() {
        let check = |text: &str, expected: &str| {
            let error = OpenSchedule::parse(text).unwrap_err().to_string();
            assert_eq!(error, format!("{expected} in '{text}'"));
        };
        check(
            "rate(5) even_arrivals(1 s)",
            "Unexpected input. Expected /, Identifier(per) got ) at position 6: ') even_arrivals(1 s)'",
        );
        let expecting = "Unexpected input (expecting rate, random_arrivals, even_arrivals, or pause)";
        check("arrivals(5)", &format!("{expecting} at position 0: 'arrivals(5)'"));
        check("rate(1/s) )", &format!("{expecting} at position 10: ')'"));
        check("rate(1/week)", "Unexpected time unit week at position 7: 'week)'");
        check("rate(-1/s)", "Unexpected input at position 5: '-1/s)'");
        check("pause(5 s", "Unexpected input. Expected ) got the end at position 9: ''");
        check("/* a\n */", "Unexpected input at position 1: '* a\n */'");
    }

    #[test]
    fn random_arrivals_must_fit_into_memory() {
        let check = |schedule: &str, fits: bool| {
            assert_eq!(OpenSchedule::parse(schedule).unwrap().check_memory().is_ok(), fits, "{schedule}");
        };
        check("rate(100/s) random_arrivals(1 day)", true);
        check("rate(1000000/s) even_arrivals(1000 days)", true);
        check("rate(1000000/s) random_arrivals(1 day)", false);
    }
}
