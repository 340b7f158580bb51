//! How long a response is fresh.

use crate::elements::config::http_date::{self, HTTP_FORMS};
use crate::model::Fault;

const MAX_AGE: &str = "max-age=";
const YEAR: i64 = 365 * 24 * 60 * 60 * 1000;

/// The headers of a response that tell it.
#[derive(Debug, Default)]
pub(super) struct Freshness {
    pub last_modified: Option<String>,
    pub expires: Option<String>,
    pub cache_control: Option<String>,
    pub date: Option<String>,
}

impl Freshness {
    /// Whether nothing may be kept of the response.
    pub fn forbids_storing(&self) -> bool {
        self.controls("no-store")
    }

    /// Until when it is fresh, in milliseconds since 1970; `None` for not at all. Without any hint it is fresh for a year.
    ///
    /// # Errors
    /// What Java throws for numbers and dates that are none.
    pub fn end(&self, now: i64) -> Result<Option<i64>, Fault> {
        let expires = self.expires.as_deref().and_then(|expires| http_date::parse(expires, HTTP_FORMS));
        if self.controls("no-cache") {
            return Ok(expires);
        }
        if let Some((_, age)) = self.cache_control.as_deref().and_then(|control| control.split_once(MAX_AGE)) {
            let age = age.split([',', ' ']).next().unwrap_or_default();
            let seconds: i64 = age.parse().map_err(|_| Fault::number_format(age))?;
            return Ok(Some(now.saturating_add(seconds.saturating_mul(1000))));
        }
        match self.expires {
            Some(_) => Ok(expires),
            None => Ok(Some(self.guess(now)?)),
        }
    }

    /// A tenth of the response's age.
    fn guess(&self, now: i64) -> Result<i64, Fault> {
        let is_given = |date: &&String| !date.is_empty();
        let (Some(modified), Some(date)) =
            (self.last_modified.as_ref().filter(is_given), self.date.as_ref().filter(is_given))
        else {
            return Ok(now + YEAR);
        };
        let moment = |text: &str, variable: &str| {
            let message = format!("Cannot invoke \"java.util.Date.getTime()\" because \"{variable}\" is null");
            let null = || Fault::exception("java.lang.NullPointerException", message);
            http_date::parse(text, HTTP_FORMS).ok_or_else(null)
        };
        let age = moment(date, "responseDate")? - moment(modified, "lastModifiedAsDate")?;
        Ok(now + (age as f64 * 0.1 + 0.5).floor() as i64)
    }

    fn controls(&self, word: &str) -> bool {
        self.cache_control.as_deref().is_some_and(|control| control.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn responses_are_fresh_for_a_time() {
        const NOW: i64 = 1_000_000;
        let check = |[modified, expires, control, date]: [&str; 4], expected: Result<Option<i64>, &str>| {
            let header = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let freshness = Freshness {
                last_modified: header(modified),
                expires: header(expires),
                cache_control: header(control),
                date: header(date),
            };
            let end = freshness.end(NOW).map_err(|fault| fault.to_string());
            assert_eq!(end, expected.map_err(str::to_owned), "{freshness:?}");
        };
        let (date, later) = ("Thu, 01 Jan 1970 00:00:10 GMT", "Thu, 01 Jan 1970 00:00:30 GMT");
        check(["", "", "", ""], Ok(Some(NOW + YEAR)));
        check(["", "", "public", ""], Ok(Some(NOW + YEAR)));
        check([date, "", "", later], Ok(Some(NOW + 2000)));
        check(["", later, "", ""], Ok(Some(30_000)));
        check(["", "0", "", ""], Ok(None));
        check(["", later, "private, max-age=60, x", ""], Ok(Some(NOW + 60_000)));
        check(["", later, "no-cache, max-age=60", ""], Ok(Some(30_000)));
        check(["", "", "max-age=1;x", ""], Err("java.lang.NumberFormatException: For input string: \"1;x\""));
    }
}
