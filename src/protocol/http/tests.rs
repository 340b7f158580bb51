//! The client against servers of all kinds, well behaved and not.

use std::sync::Arc;
use std::time::Duration;

use super::*;

mod connections;
mod failures;
mod http2;
mod proxy;
mod requests;
mod responses;
mod server;
mod slow;
mod tls;

use server::{Caller, Server};

/// A client without retries, as most users have one.
fn client() -> Client {
    Client::new(Arc::default())
}

fn get(target: &str) -> RequestHead {
    RequestHead::build("GET", target).header("Host", "test").finish()
}

/// What became of an exchange in one line: `200 OK "body"`, or the error.
fn line(exchange: &Exchange) -> String {
    match &exchange.outcome {
        Ok(response) => {
            let (head, body) = (&response.head, String::from_utf8_lossy(&response.body.data));
            format!("{} {} {body:?}", head.status(), String::from_utf8_lossy(head.reason()))
        }
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_futures_of_exchanges_may_move_between_threads() {
    fn is_send<T: Send>(_: T) {}
    let (client, route, head) = (client(), Arc::new(Route::plain("localhost", 80)), get("/"));
    is_send(client.exchange(&Request::new(&route, &head)));
}

#[test]
fn what_waits_is_small() {
    let (client, route, head) = (client(), Arc::new(Route::plain("localhost", 80)), get("/"));
    let exchange = size_of_val(&client.exchange(&Request::new(&route, &head)));
    assert!(exchange <= 2048, "an exchange under way: {exchange} bytes");
    assert!(size_of::<Client>() <= 256, "a client: {} bytes", size_of::<Client>());
    let connection = size_of::<connection::Connection>();
    assert!(connection <= 256, "an idle connection: {connection} bytes");
}
