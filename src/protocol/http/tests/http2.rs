//! HTTP/2, chosen by the server or spoken at once.

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;

use super::*;

/// Answers each request with what it is and how long its body was; `/large` with two million bytes, `/trailers` with
/// trailers, `/silent` not at all.
async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, number: usize) {
    let mut connection = h2::server::handshake(stream).await.unwrap();
    while let Some(Ok((request, respond))) = connection.accept().await {
        tokio::spawn(answer(request, respond, number));
    }
}

async fn answer(
    request: http::Request<h2::RecvStream>,
    mut respond: h2::server::SendResponse<Bytes>,
    number: usize,
) -> Option<()> {
    let (head, mut body) = request.into_parts();
    let mut length = 0;
    while let Some(part) = body.data().await {
        let part = part.ok()?;
        length += part.len();
        body.flow_control().release_capacity(part.len()).ok()?;
    }
    let headers: Vec<_> =
        head.headers.iter().map(|(name, value)| format!("{name}={}", value.to_str().unwrap())).collect();
    let text = format!("connection {number}: {} {} {headers:?} {length} bytes", head.method, head.uri);
    let text = match head.uri.path() {
        "/silent" => return std::future::pending().await,
        "/large" => "x".repeat(2_000_000),
        _ => text,
    };
    let response = http::Response::builder().status(200).header("x-name", "Value").body(()).ok()?;
    let mut stream = respond.send_response(response, false).ok()?;
    let mut rest = Bytes::from(text);
    while !rest.is_empty() {
        stream.reserve_capacity(rest.len());
        let room = std::future::poll_fn(|cx| stream.poll_capacity(cx)).await?.ok()?;
        stream.send_data(rest.split_to(room.min(rest.len())), false).ok()?;
    }
    let mut trailers = http::HeaderMap::new();
    if head.uri.path() == "/trailers" {
        trailers.insert("x-end", "yes".parse().ok()?);
        stream.send_trailers(trailers).ok()
    } else {
        stream.send_data(Bytes::new(), true).ok()
    }
}

async fn plain() -> (Server, Arc<Route>) {
    let server = Server::start(|caller| serve(caller.stream, caller.number)).await;
    let route = Arc::new(Route { speaks_http2: true, ..Route::clone(&server.route()) });
    (server, route)
}

/// A server over TLS that chooses from these protocols.
async fn secure(protocols: &[&str]) -> (Server, Arc<Route>) {
    let mut config = super::tls::server_config(&super::tls::certificate(), TlsVersions::All);
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let server = Server::start(move |caller| {
        let acceptor = acceptor.clone();
        async move {
            let stream = acceptor.accept(caller.stream).await.unwrap();
            if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
                return serve(stream, caller.number).await;
            }
            let mut caller = Caller { stream, number: caller.number };
            while caller.head().await.is_some() {
                caller.answer("HTTP/1.1").await;
            }
        }
    })
    .await;
    let options = TlsOptions { alpn: vec![b"h2".to_vec(), b"http/1.1".to_vec()], ..TlsOptions::default() };
    let route = Arc::new(Route::clone(&server.route()).with_tls(TlsConfig::new(&options).unwrap()));
    (server, route)
}

#[tokio::test]
async fn heads_and_bodies_are_carried_over() {
    let (server, route) = plain().await;
    let head = RequestHead::build("POST", "/a?b")
        .header("Connection", "keep-alive")
        .header("Host", "test:1")
        .header("X-Case", "Kept")
        .header("x-case", "twice")
        .finish();
    let body = vec![b'x'; 300_000];
    let request = Request { body: RequestBody::Bytes(&body), ..Request::new(&route, &head) };
    let exchange = client().exchange(&request).await;
    let expected = "connection 1: POST http://test:1/a?b [\"x-case=Kept\", \"x-case=twice\"] 300000 bytes";
    assert_eq!(line(&exchange), format!("200  {expected:?}"));
    assert!(exchange.measured.is_http2 && exchange.measured.sent > 300_000 && exchange.measured.received > 100);
    let head = exchange.outcome.unwrap().head;
    assert_eq!(head.as_bytes(), b"HTTP/2 200\r\nx-name: Value\r\n\r\n");
    assert_eq!(exchange.measured.remote, Some(server.address));
}

#[tokio::test]
async fn pieces_trailers_and_large_responses_work() {
    let (_server, route) = plain().await;
    let client = client();
    let pieces = [BodyPiece::Bytes(Bytes::from_static(b"ab")), BodyPiece::Bytes(Bytes::from(vec![0; 100_000]))];
    let head = RequestHead::build("PUT", "/trailers").finish();
    let request = Request { body: RequestBody::Pieces(&pieces), ..Request::new(&route, &head) };
    let response = client.exchange(&request).await.outcome.unwrap();
    assert!(response.body.data.ends_with(b" 100002 bytes"));
    assert_eq!(&*response.trailers, b"x-end: yes\r\n");
    let head = get("/large");
    let exchange = client.exchange(&Request { body_limit: 10, ..Request::new(&route, &head) }).await;
    let body = exchange.outcome.unwrap().body;
    assert_eq!((body.data.len(), body.length), (10, 2_000_000));
    assert!(exchange.measured.received > 2_000_000);
}

#[tokio::test]
async fn a_user_has_one_connection_for_all_requests() {
    let (server, route) = secure(&["h2"]).await;
    let (client, head) = (client(), get("/"));
    let request = Request::new(&route, &head);
    let exchanges = tokio::join!(client.exchange(&request), client.exchange(&request), client.exchange(&request));
    let again = client.exchange(&request).await;
    for exchange in [&exchanges.0, &exchanges.1, &exchanges.2, &again] {
        assert!(line(exchange).contains("connection 1: GET https://test/"), "{}", line(exchange));
    }
    assert!(!exchanges.0.measured.is_reused && again.measured.is_reused);
    client.reset();
    assert!(line(&client.exchange(&request).await).contains("connection 2"));
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn users_may_share_one() {
    let (server, route) = secure(&["h2"]).await;
    let settings = Arc::new(Settings { shared_http2: Some(Arc::default()), ..Settings::default() });
    let head = get("/");
    let users: Vec<_> = (0..5).map(|_| Client::new(settings.clone())).collect();
    let request = Request::new(&route, &head);
    let exchanges = futures_util::future::join_all(users.iter().map(|user| user.exchange(&request))).await;
    assert!(exchanges.iter().all(|exchange| exchange.outcome.is_ok()));
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn the_server_may_choose_http1() {
    let (server, route) = secure(&["http/1.1"]).await;
    let (client, head) = (client(), get("/"));
    for is_reused in [false, true] {
        let exchange = client.exchange(&Request::new(&route, &head)).await;
        assert_eq!(line(&exchange), r#"200 OK "HTTP/1.1""#);
        assert_eq!((exchange.measured.is_http2, exchange.measured.is_reused), (false, is_reused));
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test(start_paused = true)]
async fn silence_times_out() {
    let (_server, route) = plain().await;
    let head = get("/silent");
    let request = Request { read_timeout: Some(Duration::from_secs(5)), ..Request::new(&route, &head) };
    let exchange = client().exchange(&request).await;
    assert!(matches!(exchange.outcome, Err(Error::ReadTimeout)));
    assert_eq!((exchange.measured.timing.end - exchange.measured.timing.start).as_secs(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_died_or_is_too_old_is_replaced() {
    let server = Server::start(|caller| async move {
        let (stream, number) = (caller.stream, caller.number);
        let life = Duration::from_secs(if number == 1 { 10 } else { 1000 });
        let _ = tokio::time::timeout(life, serve(stream, number)).await;
    })
    .await;
    let route = Arc::new(Route { speaks_http2: true, ..Route::clone(&server.route()) });
    let (client, head) = (client(), get("/"));
    for (wait, connection) in [(0, 1), (11, 2), (59, 2), (2, 3)] {
        tokio::time::sleep(Duration::from_secs(wait)).await;
        let exchange = client.exchange(&Request::new(&route, &head)).await;
        assert!(line(&exchange).contains(&format!("connection {connection}")), "{wait}: {}", line(&exchange));
    }
}
