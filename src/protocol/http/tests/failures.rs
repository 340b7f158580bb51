//! Every failure is told apart.

use std::net::{Ipv4Addr, TcpListener};

use tokio::time::Instant;

use super::*;

/// Sends that answer to a request and tells how the exchange failed.
async fn check(answer: &str, expected: &str) {
    let server = Server::answering(answer).await;
    let (client, route, head) = (client(), server.route(), get("/"));
    let exchange = client.exchange(&Request::new(&route, &head)).await;
    assert_eq!(line(&exchange), expected, "{answer}");
    assert_eq!(client.idle_connections(), 0);
}

#[tokio::test]
async fn what_is_no_response_is_an_error() {
    for (answer, expected) in [
        ("$", "the connection was closed without a response"),
        ("what is this?||$", "no status line"),
        ("HTTP/2 200 OK||$", "invalid status line: HTTP/2 200 OK"),
        ("HTTP/1.1 2x0 OK||$", "invalid status line: HTTP/1.1 2x0 OK"),
        ("HTTP/1.1 099 Low||$", "invalid status line: HTTP/1.1 099 Low"),
        ("HTTP/1.1 20$", "invalid status line: HTTP/1.1 20"),
        ("HTTP/1.1 200 OK|no colon here|Content-Length: 2||ok", "invalid header: no colon here"),
        ("HTTP/1.1 200 OK|: no name||", "invalid header: : no name"),
    ] {
        check(answer, expected).await;
    }
}

#[tokio::test]
async fn bodies_that_end_too_early_are_errors() {
    let chunked = |body: &str| format!("HTTP/1.1 200 OK|Transfer-Encoding: chunked||{body}");
    check("HTTP/1.1 200 OK|Content-Length: 50||short$", "premature end of the body: expected 50 bytes, received 5")
        .await;
    for (body, expected) in [
        ("xyz|", "bad chunk header: xyz"),
        ("|", "bad chunk header: "),
        ("-5|", "negative chunk size"),
        ("5|ab$", "truncated chunk: expected 5 bytes, received 2"),
        ("2|ok$", "a chunk's line end is missing"),
        ("2|okay|", "unexpected content at the end of a chunk"),
        ("2|ok|$", "the last chunk is missing"),
        ("0|no colon||", "invalid trailer: no colon"),
    ] {
        check(&chunked(body), expected).await;
    }
}

#[tokio::test]
async fn a_head_without_end_is_an_error() {
    let server = Server::start(|mut caller| async move {
        caller.request().await;
        caller.send("HTTP/1.1 200 OK\r\n").await;
        for _ in 0..200_000 {
            caller.send("X-Again: and again\r\n").await;
        }
    })
    .await;
    let (route, head) = (server.route(), get("/"));
    let exchange = client().exchange(&Request::new(&route, &head)).await;
    assert_eq!(line(&exchange), "the head is longer than 1048576 bytes");
    assert!(exchange.measured.received < 2_000_000);
}

#[tokio::test]
async fn a_connection_that_breaks_is_an_error() {
    let server = Server::start(|mut caller| async move {
        caller.request().await;
        caller.reset();
    })
    .await;
    let (route, head) = (server.route(), get("/"));
    let exchange = client().exchange(&Request::new(&route, &head)).await;
    match exchange.outcome {
        Err(Error::Receive(error)) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn silence_times_out_before_and_inside_the_response() {
    for (answer, first_byte) in [("", false), ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", true)] {
        let server = Server::start(move |mut caller| async move {
            caller.request().await;
            caller.send(answer).await;
            caller.request().await;
        })
        .await;
        let (route, head) = (server.route(), get("/"));
        let request = Request { read_timeout: Some(Duration::from_secs(5)), ..Request::new(&route, &head) };
        let exchange = client().exchange(&request).await;
        assert!(matches!(exchange.outcome, Err(Error::ReadTimeout)), "{:?}", exchange.outcome);
        let timing = exchange.measured.timing;
        assert_eq!((timing.end - timing.start).as_secs(), 5);
        assert_eq!(timing.first_byte.is_some(), first_byte);
    }
}

#[tokio::test(start_paused = true)]
async fn the_time_limit_is_between_two_reads() {
    let server = Server::start(|mut caller| async move {
        caller.request().await;
        caller.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n").await;
        for _ in 0..5 {
            tokio::time::sleep(Duration::from_secs(4)).await;
            caller.send("s").await;
        }
        caller.request().await;
    })
    .await;
    let (route, head) = (server.route(), get("/"));
    let request = Request { read_timeout: Some(Duration::from_secs(5)), ..Request::new(&route, &head) };
    let exchange = client().exchange(&request).await;
    assert_eq!(line(&exchange), r#"200 OK "sssss""#);
    assert_eq!((exchange.measured.timing.end - exchange.measured.timing.start).as_secs(), 20);
}

#[tokio::test(start_paused = true)]
async fn each_request_of_a_connection_has_its_own_time_limit() {
    for (first, second) in [(60, 5), (5, 60), (5, 5)] {
        let server = Server::start(|mut caller| async move {
            caller.request().await;
            tokio::time::sleep(Duration::from_secs(4)).await;
            caller.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na").await;
            caller.request().await;
            caller.request().await;
        })
        .await;
        let (route, head, client) = (server.route(), get("/"), client());
        let within =
            |seconds| Request { read_timeout: Some(Duration::from_secs(seconds)), ..Request::new(&route, &head) };
        assert_eq!(line(&client.exchange(&within(first)).await), r#"200 OK "a""#);
        let exchange = client.exchange(&within(second)).await;
        assert!(matches!(exchange.outcome, Err(Error::ReadTimeout)), "{:?}", exchange.outcome);
        let timing = exchange.measured.timing;
        assert_eq!((exchange.measured.is_reused, (timing.end - timing.start).as_secs()), (true, second));
    }
}

#[tokio::test]
async fn nobody_there_is_told_with_all_addresses() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let resolver = Resolver::default().with_host("both.test", vec!["127.0.0.2".into(), "127.0.0.1".into()]);
    let (route, head) = (Arc::new(Route::plain("both.test", port)), get("/"));
    let request = Request { resolver: Some(&resolver), ..Request::new(&route, &head) };
    let exchange = client().exchange(&request).await;
    let Err(Error::Connect(error)) = exchange.outcome else { panic!("{:?}", exchange.outcome) };
    assert_eq!((&*error.host, error.port), ("both.test", port));
    assert_eq!(&*error.addresses, [Ipv4Addr::new(127, 0, 0, 2), Ipv4Addr::LOCALHOST]);
    assert!(matches!(&error.cause, ConnectCause::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused));
    assert!(exchange.measured.timing.connect_end.is_some());
}

#[tokio::test]
async fn the_next_address_is_tried_if_one_fails() {
    let server = Server::answering("HTTP/1.1 200 OK|Content-Length: 2||ok").await;
    let resolver = Resolver::default().with_host("both.test", vec!["127.0.0.2".into(), "127.0.0.1".into()]);
    let (route, head) = (Arc::new(Route::plain("both.test", server.address.port())), get("/"));
    let request = Request { resolver: Some(&resolver), ..Request::new(&route, &head) };
    let exchange = client().exchange(&request).await;
    assert_eq!(line(&exchange), r#"200 OK "ok""#);
    assert_eq!(exchange.measured.remote, Some(server.address));
}

#[tokio::test(start_paused = true)]
async fn connecting_times_out() {
    let deaf = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    deaf.bind(&"127.0.0.1:0".parse::<std::net::SocketAddr>().unwrap().into()).unwrap();
    deaf.listen(0).unwrap();
    let address = deaf.local_addr().unwrap().as_socket().unwrap();
    // These fill its queue, so that nobody else gets a connection.
    let queue: Vec<_> = (0..4)
        .map(|_| {
            let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
            socket.set_nonblocking(true).unwrap();
            let _ = socket.connect(&address.into());
            socket
        })
        .collect();
    let (route, head) = (Arc::new(Route::plain("127.0.0.1", address.port())), get("/"));
    let request = Request { connect_timeout: Some(Duration::from_secs(7)), ..Request::new(&route, &head) };
    let began = Instant::now();
    let exchange = client().exchange(&request).await;
    let Err(Error::Connect(error)) = exchange.outcome else { panic!("{:?}", exchange.outcome) };
    assert!(matches!(error.cause, ConnectCause::TimedOut));
    assert_eq!(began.elapsed().as_secs(), 7);
    drop(queue);
}

#[tokio::test]
async fn a_name_without_addresses_is_told() {
    let resolver = Resolver::default().with_host("nowhere.test", Vec::new());
    let (route, head) = (Arc::new(Route::plain("nowhere.test", 80)), get("/"));
    let request = Request { resolver: Some(&resolver), ..Request::new(&route, &head) };
    assert_eq!(line(&client().exchange(&request).await), "there is no address for nowhere.test");
}

#[tokio::test]
async fn a_local_address_that_is_not_here_is_told() {
    let server = Server::echo().await;
    let mut route = Route::plain("127.0.0.1", server.address.port());
    route.local = Some(Ipv4Addr::new(203, 0, 113, 1).into());
    let (route, head) = (Arc::new(route), get("/"));
    match client().exchange(&Request::new(&route, &head)).await.outcome {
        Err(Error::Bind { source, .. }) => assert_eq!(source.kind(), std::io::ErrorKind::AddrNotAvailable),
        other => panic!("{other:?}"),
    }
}
