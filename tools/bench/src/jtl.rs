//! When samples started, as a results file says.

use std::path::Path;

use anyhow::{Context, Result};

/// The starts of all samples, in milliseconds since 1970, earliest first.
pub fn starts(file: &Path) -> Result<Vec<i64>> {
    let mut reader = csv::Reader::from_path(file)?;
    let column = reader.headers()?.iter().position(|name| name == "timeStamp").context("no timeStamp")?;
    let mut starts = Vec::new();
    for record in reader.records() {
        starts.push(record?.get(column).context("a short row")?.parse()?);
    }
    starts.sort_unstable();
    Ok(starts)
}

/// By how many milliseconds each start is behind an even schedule with that distance, which begins with the first start.
pub fn lags(starts: &[i64], distance: f64) -> Vec<f64> {
    let first = starts.first().copied().unwrap_or(0);
    let lag = |(place, start): (usize, &i64)| (start - first) as f64 - place as f64 * distance;
    let mut lags: Vec<f64> = starts.iter().enumerate().map(lag).collect();
    lags.sort_by(f64::total_cmp);
    lags
}

/// The value below which that share of the values is.
pub fn percentile(sorted: &[f64], percent: f64) -> f64 {
    let place = (sorted.len() as f64 * percent / 100.0).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}
