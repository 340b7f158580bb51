//! Connections that are slow on purpose.

use std::num::NonZeroU32;

use super::tls::{ask, certificate, config, server_config, telling};
use super::*;

/// A client with so many bytes a second without and inside TLS, 0 for no limit.
fn slow_client(plain: u32, tls: u32) -> Client {
    let (plain_rate, tls_rate) = (NonZeroU32::new(plain), NonZeroU32::new(tls));
    Client::new(Arc::new(Settings { plain_rate, tls_rate, ..Settings::default() }))
}

fn elapsed(exchange: &Exchange) -> u64 {
    (exchange.measured.timing.end - exchange.measured.timing.start).as_secs()
}

#[tokio::test(start_paused = true)]
async fn requests_and_responses_take_their_time() {
    // 1000 bytes a second: a response begins after 8 s, and what is beyond its first 8 KiB takes its own time.
    for (sent, received, expected) in [(10, 10, 8..=8), (3_000, 10, 11..=11), (10, 40_000, 40..=48)] {
        let server = Server::start(move |mut caller| async move {
            while caller.request().await.is_some() {
                caller
                    .send(format!("HTTP/1.1 200 OK\r\nContent-Length: {received}\r\n\r\n{}", "r".repeat(received)))
                    .await;
            }
        })
        .await;
        let (client, route) = (slow_client(1000, 0), server.route());
        let head = RequestHead::build("PUT", "/").header("Content-Length", sent.to_string()).finish();
        let body = "s".repeat(sent);
        // A pause is no silence: it costs nothing of the time limit.
        let request = Request {
            body: RequestBody::Bytes(body.as_bytes()),
            read_timeout: Some(Duration::from_secs(2)),
            ..Request::new(&route, &head)
        };
        for _ in 0..2 {
            let exchange = client.exchange(&request).await;
            assert_eq!(exchange.outcome.as_ref().unwrap().body.data.len(), received);
            assert!(expected.contains(&elapsed(&exchange)), "{sent} {received}: {} s", elapsed(&exchange));
        }
        assert_eq!(server.connections(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn tls_has_a_speed_of_its_own() {
    let server = telling(server_config(&certificate(), TlsVersions::All)).await;
    let config = config(|_| {});
    for (client, expected) in [(slow_client(1000, 0), 0), (slow_client(0, 4096), 2)] {
        assert_eq!(elapsed(&ask(&client, "localhost", &server, &config).await), expected);
    }
}
