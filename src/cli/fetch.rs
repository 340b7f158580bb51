//! A plan given by its address.

use std::path::Path;
use std::time::Duration;

use tokio::runtime::Builder;

/// The largest plan that is fetched.
const LIMIT: usize = 64 << 20;
const TIMEOUT: Duration = Duration::from_secs(60);

/// Whether a plan is named by its address, not by a file.
pub(super) fn is_address(plan: &Path) -> bool {
    let name = plan.to_string_lossy();
    name.starts_with("http://") || name.starts_with("https://")
}

/// Fetches what is at that address.
///
/// # Errors
/// Why it cannot be had.
pub(super) fn fetch(plan: &Path) -> Result<Vec<u8>, String> {
    let address = plan.to_string_lossy().into_owned();
    let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    runtime.block_on(get(&address)).map_err(|error| format!("{address}: the test plan can't be fetched: {error}"))
}

async fn get(address: &str) -> Result<Vec<u8>, String> {
    // A second provider is no trouble: the first one stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().timeout(TIMEOUT).build().map_err(|error| error.to_string())?;
    let sent = client.get(address).send().await;
    let mut response = sent.and_then(reqwest::Response::error_for_status).map_err(|error| reason(&error))?;
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| reason(&error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LIMIT {
            return Err(format!("it is larger than {} MiB", LIMIT >> 20));
        }
    }
    Ok(bytes)
}

/// The innermost reason: the outer ones only repeat the address.
fn reason(error: &reqwest::Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner.to_string()
}
