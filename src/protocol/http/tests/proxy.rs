//! Requests through proxies.

use tokio_rustls::TlsAcceptor;

use super::*;

fn through(server: &Server, route: Route) -> Arc<Route> {
    let proxy = Proxy { host: "127.0.0.1".into(), port: server.address.port(), user: "".into(), tls: None };
    Arc::new(route.with_proxy(proxy))
}

fn secure() -> Route {
    Route::plain("origin.test", 443).with_tls(TlsConfig::new(&TlsOptions::default()).unwrap())
}

fn connect(authorization: Option<&str>) -> RequestHead {
    let head = RequestHead::build("CONNECT", "origin.test:443").header("Host", "origin.test:443");
    match authorization {
        Some(value) => head.header("Proxy-Authorization", value).finish(),
        None => head.finish(),
    }
}

/// A proxy that is also the server behind it. Without a password it refuses, and closes the connection if told to.
async fn proxy(refusal: &'static str) -> Server {
    let config = super::tls::server_config(&super::tls::certificate(), TlsVersions::All);
    let acceptor = TlsAcceptor::from(Arc::new(config));
    Server::start(move |mut caller| {
        let acceptor = acceptor.clone();
        async move {
            for attempt in 1.. {
                let Some(head) = caller.head().await else { return };
                if head.contains("Proxy-Authorization: right") {
                    caller.send("HTTP/1.1 200 Connection established\r\n\r\n").await;
                    let number = caller.number;
                    let mut inner = Caller { stream: acceptor.accept(caller.stream).await.unwrap(), number };
                    while inner.head().await.is_some() {
                        inner.answer(&format!("connection {number} attempt {attempt}")).await;
                    }
                    return;
                }
                caller.send(refusal.replace('|', "\r\n")).await;
                if refusal.contains("close") {
                    return;
                }
            }
        }
    })
    .await
}

#[tokio::test]
async fn a_proxy_gets_the_whole_address() {
    let server = Server::echo().await;
    let route = through(&server, Route::plain("origin.test", 80));
    let head = RequestHead::build("GET", "http://origin.test/a").header("Proxy-Connection", "Keep-Alive").finish();
    let client = client();
    let exchange = client.exchange(&Request::new(&route, &head)).await;
    let body = exchange.outcome.unwrap().body.data;
    assert_eq!(&*body, b"GET http://origin.test/a HTTP/1.1\r\nProxy-Connection: Keep-Alive\r\n\r\n");
    assert_eq!(exchange.measured.remote, Some(server.address));
    assert_eq!(client.idle_connections(), 1);
}

#[tokio::test]
async fn a_tunnel_is_opened_once_and_measured_apart() {
    let server = proxy("").await;
    let (client, route, tunnel, head) = (client(), through(&server, secure()), connect(Some("right")), get("/"));
    let request = Request { tunnel: Some(&tunnel), ..Request::new(&route, &head) };
    let exchange = client.exchange(&request).await;
    assert_eq!(line(&exchange), r#"200 OK "connection 1 attempt 1""#);
    assert_eq!(exchange.measured.sent, head.as_bytes().len() as u64);
    let measured = exchange.measured.tunnel.unwrap();
    assert_eq!((measured.sent, measured.received), (tunnel.as_bytes().len() as u64, 39));
    assert_eq!(measured.response.unwrap().head.reason(), b"Connection established");
    let again = client.exchange(&request).await;
    assert!(again.measured.is_reused && again.measured.tunnel.is_none());
}

#[tokio::test]
async fn a_refusal_can_be_answered_on_the_same_connection() {
    let refusal = "HTTP/1.1 407 Who?|Proxy-Authenticate: Basic|Content-Length: 3||who";
    for (headers, expected) in [("", "connection 1 attempt 2"), ("Connection: close|", "connection 2 attempt 1")] {
        let refusal: &'static str = refusal.replace("Content", &format!("{headers}Content")).leak();
        let server = proxy(refusal).await;
        let (client, route, head) = (client(), through(&server, secure()), get("/"));
        let (first, second) = (connect(None), connect(Some("right")));
        let refused = client.exchange(&Request { tunnel: Some(&first), ..Request::new(&route, &head) }).await;
        let tunnel = refused.measured.tunnel.unwrap();
        assert_eq!((tunnel.sent, refused.measured.sent), (first.as_bytes().len() as u64, 0));
        match refused.outcome {
            Err(Error::TunnelRefused(response)) => {
                assert_eq!((response.head.status(), &*response.body.data), (407, &b"who"[..]));
            }
            other => panic!("{other:?}"),
        }
        let exchange = client.exchange(&Request { tunnel: Some(&second), ..Request::new(&route, &head) }).await;
        assert_eq!(line(&exchange), format!("200 OK {expected:?}"));
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_told() {
    let route = through(&Server::echo().await, secure());
    tokio::task::yield_now().await;
    let (head, tunnel) = (get("/"), connect(None));
    match client().exchange(&Request { tunnel: Some(&tunnel), ..Request::new(&route, &head) }).await.outcome {
        Err(Error::Connect(error)) => assert_eq!(&*error.host, "127.0.0.1"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_tunnel_needs_a_request() {
    let server = proxy("").await;
    let (route, head) = (through(&server, secure()), get("/"));
    let exchange = client().exchange(&Request::new(&route, &head)).await;
    assert_eq!(line(&exchange), "invalid request: a tunnel needs a CONNECT request");
}

#[tokio::test]
async fn a_proxy_may_itself_want_tls() {
    let config = super::tls::server_config(&super::tls::certificate(), TlsVersions::All);
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let server = Server::start(move |caller| {
        let acceptor = acceptor.clone();
        async move {
            let number = caller.number;
            let mut outer = Caller { stream: acceptor.accept(caller.stream).await.unwrap(), number };
            outer.head().await;
            outer.send("HTTP/1.1 200 OK\r\n\r\n").await;
            let mut inner = Caller { stream: acceptor.accept(outer.stream).await.unwrap(), number };
            inner.head().await;
            inner.answer("inside").await;
        }
    })
    .await;
    let tls = TlsConfig::new(&TlsOptions::default()).unwrap();
    let proxy =
        Proxy { host: "127.0.0.1".into(), port: server.address.port(), user: "".into(), tls: Some(tls.clone()) };
    let route = Arc::new(Route::plain("origin.test", 443).with_tls(tls).with_proxy(proxy));
    let (tunnel, head) = (connect(None), get("/"));
    let exchange = client().exchange(&Request { tunnel: Some(&tunnel), ..Request::new(&route, &head) }).await;
    assert_eq!(line(&exchange), r#"200 OK "inside""#);
}
