use super::{check, check_with};

#[tokio::test]
async fn a_connection_is_opened() {
    check(&[
        ("open /echo", "ok 101 Switching Protocols; -; 163+0, 158"),
        ("open /echo?a=b#c; show=data", "Connect URL:\nws://127.0.0.1:PORT/echo?a=b\n"),
        ("open echo?a=b; path=echo?a=b; show=data", "Connect URL:\nws://127.0.0.1:PORT/echo?a=b\n"),
        ("open /http10", "ok 101 Switching Protocols; -; 163+0, 160"),
        ("open /x; server=", "ok 101 Switching Protocols; -; 163+0, 146"),
        ("open /x; server=; show=data", "Connect URL:\nws://:PORT/x\n"),
        ("ask /echo hello", "ok 101 Switching Protocols; \"hello\"; 165+5, 11"),
        ("write /echo w", "ok 101 Switching Protocols; -; 163+0, 7"),
        ("read", "ok 200 OK; \"w\"; 2+1, 0"),
    ])
    .await;
}

#[tokio::test]
async fn the_server_refuses() {
    let refused = |message: &str| format!("failed {message}; -; 0+0, 0");
    check(&[
        ("open /404", &refused("404 Got unexpected status 404 with statusLine:HTTP/1.1 404 Not Found")),
        (
            "read",
            &refused("Sampler error Sampler configured for using existing connection, but there is no connection"),
        ),
        ("open /200", &refused("200 Got unexpected status 200 with statusLine:HTTP/1.1 200 OK")),
        ("open /403", &refused("403 Got unexpected status 403 with statusLine:HTTP/1.1 403 Forbidden")),
        ("open /301", &refused("301 Got unexpected status 301 with statusLine:HTTP/1.1 301 Moved Permanently")),
        ("open /badaccept", &refused(" Server response header 'Sec-WebSocket-Accept' has incorrect value.")),
        ("open /noupgrade", &refused(" Server response should contain 'Upgrade' header with value 'websocket'")),
        ("open /noconn", &refused(" Server response should contain 'Connection' header with value 'Upgrade'")),
        ("open /connkeep", &refused(" Server response should contain 'Connection' header with value 'Upgrade'")),
        ("open /noaccept", &refused(" Server response should contain 'Sec-WebSocket-Accept' header")),
        ("ask /404 x; show=data", "Connect URL:\nws://127.0.0.1:PORT/404\n"),
    ])
    .await;
}

#[tokio::test]
async fn there_is_no_answer() {
    let failed = |message: &str| format!("failed Websocket I/O error WebSocket I/O error: {message}; -; 0+0, 0");
    check(&[
        ("open /eof", &failed("Empty response; connection closed.")),
        ("open /garbage", &failed("Invalid status line")),
        ("open /http2", &failed("Invalid status line")),
        ("open /hang", &failed("Read timed out")),
        ("open /hang; show=times", "300 ms, connected after 0, first byte after 0"),
        ("open /x; port=1", &failed("Connection refused")),
        ("open /echo; TLS=true", &failed("Read timed out")),
    ])
    .await;
}

#[tokio::test]
async fn there_is_no_such_host() {
    let failed = "failed Websocket I/O error WebSocket I/O error: no-such-host.invalid; -; 0+0, 0";
    check(&[("open /x; server=no-such-host.invalid", failed)]).await;
}

#[tokio::test]
async fn settings_are_checked_first() {
    let refused = |complaint: &str| format!("failed Sampler error Sampler error: {complaint}; -; 0+0, 0");
    let connect = refused("Connection timeout '0' is not valid; should between 1 and 999999");
    let read = refused("Read timeout '-1' is not valid; should between 0 and 9999999");
    check(&[
        ("open /x; port=; show=data", "none"),
        ("open /x; port=", &refused("Port number '' is not a number.")),
        ("open /x; port=0; connectTimeout=0", &refused("Port number '0' is not valid.")),
        ("open /x; port=70000", &refused("Port number '70000' is not valid.")),
        ("open /x; connectTimeout=0; readTimeout=-1", &connect),
        ("open /x; connectTimeout=abc", &refused("Connection timeout 'abc' is not a number.")),
        ("open /x; readTimeout=-1", &read),
        ("read; readTimeout=abc", &refused("Read timeout 'abc' is not a number.")),
        ("ping; readTimeout=-1", &read),
        ("close; readTimeout=-1", &read),
    ])
    .await;
}

/// Where the plugin gives no sample at all.
#[tokio::test]
async fn settings_that_are_not_needed_are_not_looked_at() {
    check(&[
        ("write /echo a; readTimeout=abc", "ok 101 Switching Protocols; -; 163+0, 7"),
        ("ask b; port=; connectTimeout=", "ok 200 OK; \"a\"; 2+1, 7"),
        ("read; port=x", "ok 200 OK; \"b\"; 2+1, 0"),
    ])
    .await;
}

#[tokio::test]
async fn headers_are_shown() {
    let request = "GET /echo HTTP/1.1\nHost: 127.0.0.1:PORT\nUpgrade: websocket\nConnection: Upgrade";
    let mut user = super::Pair::start(&[]).await;
    let headers = user.does("open /echo; show=headers").await;
    let (request_headers, response_headers) = headers.split_once("\n\n").unwrap();
    let accept = response_headers.lines().nth(1).unwrap().to_owned();
    assert_eq!(request_headers, "");
    assert_eq!(response_headers, format!("Connection: Upgrade\n{accept}\nSet-Cookie: a=b, c=d\nUpgrade: websocket"));
    assert!(accept.starts_with("Sec-WebSocket-Accept: "));
    let seen = user.does("seen").await;
    assert_eq!(seen.lines().take(4).collect::<Vec<_>>().join("\n"), request);
    assert!(seen.contains("\nSec-WebSocket-Key: ") && seen.ends_with("\nSec-WebSocket-Version: 13"), "{seen}");
}

#[tokio::test]
async fn a_proxy_makes_a_tunnel() {
    let proxy = [("system http.proxyHost", "127.0.0.1"), ("system http.proxyPort", "PORT")];
    let mut user = super::Pair::start(&proxy).await;
    assert_eq!(
        user.does("ask /echo hello; server=no-such-host.invalid; port=80").await,
        "ok 101 Switching Protocols; \"hello\"; 165+5, 11"
    );
    let seen = user.does("seen").await;
    let expected = "CONNECT no-such-host.invalid:80 HTTP/1.1\nHost: no-such-host.invalid\n\n\
                    GET http://no-such-host.invalid:80/echo HTTP/1.1\nHost: no-such-host.invalid:80\n";
    assert_eq!(seen.replace("invalid\nGET", "invalid\n\nGET").get(..expected.len()), Some(expected));
    assert_eq!(
        user.does("open /x; port=407").await,
        "failed 407 Connecting proxy failed with status code 407; -; 0+0, 0"
    );

    let with_user = [proxy[0], proxy[1], ("http.proxyUser", "u"), ("http.proxyPass", "p")];
    let mut user = super::Pair::start(&with_user).await;
    user.does("open /echo; server=h").await;
    assert!(user.does("seen").await.contains("\nProxy-Authorization: Basic dTpw\n"));

    let around = [proxy[0], proxy[1], ("system http.nonProxyHosts", "127.0.0.1")];
    check_with(&around, &[("open /echo", "ok 101 Switching Protocols; -; 163+0, 158")]).await;
    let refused =
        "failed Websocket I/O error WebSocket I/O error: Proxy connection setup error: Connection refused; -; 0+0, 0";
    check_with(&[proxy[0], ("system http.proxyPort", "1")], &[("open /echo", refused)]).await;
}
