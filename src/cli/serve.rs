//! `loadline serve`: the built-in target.

use tokio::runtime::Builder;

use super::args::ServeOptions;
use super::{complain, exit_code, tell};
use crate::target::{Target, TargetOptions};

/// Serves until it is stopped.
pub(super) fn serve(options: &ServeOptions) -> u8 {
    let runtime = match Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return complain(&format!("no threads to serve with: {error}"), exit_code::BAD_PLAN),
    };
    runtime.block_on(async {
        let target = TargetOptions { address: (options.host, options.port).into(), tls: options.tls };
        let listening = match Target::listen(&target).await {
            Ok(listening) => listening,
            Err(error) => {
                return complain(
                    &format!("{}:{} cannot be listened on: {error}", options.host, options.port),
                    exit_code::BAD_PLAN,
                );
            }
        };
        let scheme = if options.tls { "https" } else { "http" };
        if let Ok(address) = listening.address() {
            tell(&format!("listening on {scheme}://{address}/ (its page lists the routes)"));
        }
        tokio::select! {
            () = listening.serve() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        exit_code::DONE
    })
}
