//! When connections are used again, and when they are not.

use tokio::time::sleep;

use super::*;

fn client_with(change: impl FnOnce(&mut Settings)) -> Client {
    let mut settings = Settings::default();
    change(&mut settings);
    Client::new(Arc::new(settings))
}

/// A server that tells which connection and which request of it this is.
async fn counting(headers: &'static str) -> Server {
    Server::start(move |mut caller| async move {
        for request in 1.. {
            if caller.head().await.is_none() {
                return;
            }
            let body = format!("connection {} request {request}", caller.number);
            let head = format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
            caller.send(head + &body).await;
        }
    })
    .await
}

async fn ask(client: &Client, route: &Arc<Route>, headers: &[(&str, &str)]) -> String {
    let head = headers.iter().fold(RequestHead::build("GET", "/"), |head, (name, value)| head.header(name, value));
    let exchange = client.exchange(&Request::new(route, &head.finish())).await;
    assert_eq!(exchange.measured.is_reused, exchange.measured.timing.connect_end.is_none());
    String::from_utf8(exchange.outcome.unwrap().body.data.into()).unwrap()
}

#[tokio::test]
async fn a_user_keeps_a_connection() {
    let server = counting("").await;
    let (client, route) = (client(), server.route());
    assert_eq!(ask(&client, &route, &[]).await, "connection 1 request 1");
    assert_eq!(ask(&client, &route, &[]).await, "connection 1 request 2");
    assert_eq!(ask(&client, &server.route(), &[]).await, "connection 1 request 3");
    assert_eq!(ask(&super::client(), &route, &[]).await, "connection 2 request 1");
    assert_eq!(ask(&client, &route, &[("Connection", "Close")]).await, "connection 1 request 4");
    assert_eq!(ask(&client, &route, &[]).await, "connection 3 request 1");
}

#[tokio::test]
async fn routes_that_are_spelt_differently_share_nothing() {
    let server = counting("").await;
    let client = client();
    let by_name = Route { authority: "LOCALHOST".into(), ..Route::clone(&server.route()) };
    let from_here = Route { local: Some("127.0.0.1".parse().unwrap()), ..Route::clone(&server.route()) };
    for (route, expected) in [
        (server.route(), "connection 1 request 1"),
        (Arc::new(by_name), "connection 2 request 1"),
        (Arc::new(from_here), "connection 3 request 1"),
        (server.route(), "connection 1 request 2"),
    ] {
        assert_eq!(ask(&client, &route, &[]).await, expected);
    }
}

#[tokio::test]
async fn a_reset_closes_everything() {
    let server = counting("").await;
    let (client, route) = (client(), server.route());
    ask(&client, &route, &[]).await;
    client.reset();
    assert_eq!(client.idle_connections(), 0);
    assert_eq!(ask(&client, &route, &[]).await, "connection 2 request 1");
    client.close_idle(&Route::plain("127.0.0.1", 1));
    assert_eq!(client.idle_connections(), 1);
    client.close_idle(&route);
    assert_eq!(client.idle_connections(), 0);
}

#[tokio::test]
async fn a_connection_in_use_during_a_reset_does_not_come_back() {
    let (asked, answer) = (Arc::new(tokio::sync::Notify::new()), Arc::new(tokio::sync::Notify::new()));
    let (tell, wait) = (asked.clone(), answer.clone());
    let server = Server::start(move |mut caller| {
        let (tell, wait) = (tell.clone(), wait.clone());
        async move {
            caller.head().await;
            tell.notify_one();
            wait.notified().await;
            caller.answer("late").await;
            caller.head().await;
        }
    })
    .await;
    let (client, route, head) = (client(), server.route(), get("/"));
    let request = Request::new(&route, &head);
    let (exchange, ()) = tokio::join!(client.exchange(&request), async {
        asked.notified().await;
        client.reset();
        answer.notify_one();
    });
    assert_eq!(line(&exchange), r#"200 OK "late""#);
    assert_eq!(client.idle_connections(), 0);
}

#[tokio::test(start_paused = true)]
async fn connections_have_a_time_to_live() {
    for (headers, change, alive) in [
        ("", (|_| {}) as fn(&mut Settings), 60),
        ("", |settings| settings.time_to_live = None, 10_000),
        ("", |settings| settings.idle_timeout = Some(Duration::from_secs(20)), 20),
        ("Keep-Alive: max=100, timeout=5\r\n", |_| {}, 5),
        ("Keep-Alive: timeout=5\r\n", |settings| settings.idle_timeout = Some(Duration::from_secs(20)), 5),
        ("Keep-Alive: timeout=500\r\n", |_| {}, 60),
    ] {
        let server = counting(headers).await;
        let (client, route) = (client_with(change), server.route());
        ask(&client, &route, &[]).await;
        sleep(Duration::from_millis(alive * 1000 - 1)).await;
        assert_eq!(ask(&client, &route, &[]).await, "connection 1 request 2", "{headers}{alive}");
        sleep(Duration::from_secs(61)).await;
        if alive <= 60 {
            assert_eq!(ask(&client, &route, &[]).await, "connection 2 request 1", "{headers}{alive}");
        }
    }
}

/// A server that closes its first connection after the first response.
async fn fickle() -> Server {
    Server::start(|mut caller| async move {
        while caller.head().await.is_some() {
            caller.answer("here").await;
            if caller.number == 1 {
                return;
            }
        }
    })
    .await
}

#[tokio::test(start_paused = true)]
async fn a_closed_connection_is_noticed_only_after_some_time() {
    for (idle, expected) in [(4899, "the connection was closed without a response"), (4900, r#"200 OK "here""#)] {
        let server = fickle().await;
        let (client, route, head) = (client(), server.route(), get("/"));
        let request = Request::new(&route, &head);
        client.exchange(&request).await.outcome.unwrap();
        sleep(Duration::from_millis(idle)).await;
        assert_eq!(line(&client.exchange(&request).await), expected, "{idle}");
    }
}

#[tokio::test]
async fn harmless_requests_may_be_tried_again() {
    for (method, retries, sent_too, tries) in
        [("GET", 0, false, 1), ("GET", 1, false, 2), ("POST", 1, false, 1), ("POST", 1, true, 2)]
    {
        let server = fickle().await;
        let (client, route) = (
            client_with(|settings| {
                settings.retries = retries;
                settings.retries_sent_requests = sent_too;
            }),
            server.route(),
        );
        let head = RequestHead::build(method, "/").finish();
        client.exchange(&Request::new(&route, &head)).await.outcome.unwrap();
        tokio::task::yield_now().await;
        let again = client.exchange(&Request::new(&route, &head)).await;
        assert_eq!((again.measured.tries, again.outcome.is_ok()), (tries, tries == 2), "{method} {retries}");
    }
}

#[tokio::test]
async fn requests_side_by_side_have_a_connection_each() {
    let barrier = Arc::new(tokio::sync::Barrier::new(3));
    let server = Server::start(move |mut caller| {
        let barrier = barrier.clone();
        async move {
            caller.head().await;
            barrier.wait().await;
            caller.answer("together").await;
            caller.head().await;
        }
    })
    .await;
    let (client, route, head) = (client(), server.route(), get("/"));
    let request = Request::new(&route, &head);
    let (one, two, three) =
        tokio::join!(client.exchange(&request), client.exchange(&request), client.exchange(&request));
    assert!(one.outcome.is_ok() && two.outcome.is_ok() && three.outcome.is_ok());
    assert_eq!((client.idle_connections(), server.connections()), (3, 3));
}

#[tokio::test(start_paused = true)]
async fn whoever_gives_up_closes_the_connection() {
    let (told, closed) = tokio::sync::oneshot::channel();
    let told = std::sync::Mutex::new(Some(told));
    let server = Server::start(move |mut caller| {
        let told = told.lock().unwrap().take();
        async move {
            caller.head().await;
            assert_eq!(caller.head().await, None);
            let _ = told.unwrap().send(());
        }
    })
    .await;
    let (client, route, head) = (client(), server.route(), get("/"));
    let request = Request::new(&route, &head);
    let mut exchange = Box::pin(client.exchange(&request));
    let early = tokio::time::timeout(Duration::from_millis(50), &mut exchange).await;
    assert!(early.is_err());
    drop(exchange);
    closed.await.unwrap();
    assert_eq!(client.idle_connections(), 0);
}

#[tokio::test]
async fn what_comes_after_a_response_is_skipped_before_the_next() {
    let server = Server::answering("HTTP/1.1 200 OK|Content-Length: 2||okay then|").await;
    let (client, route, head) = (client(), server.route(), get("/"));
    for _ in 0..2 {
        let exchange = client.exchange(&Request::new(&route, &head)).await;
        assert_eq!(line(&exchange), r#"200 OK "ok""#);
    }
    assert_eq!(server.connections(), 1);
}
