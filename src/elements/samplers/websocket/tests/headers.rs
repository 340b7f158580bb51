//! Header Managers in the scope of a sampler.

use super::{Pair, check};

#[tokio::test]
async fn headers_are_sent_and_shown_in_the_plugins_order() {
    let mut pair = Pair::start(&[]).await;
    let headers = "Sec-WebSocket-Protocol=chat|X-A=1|Host=evil|Authorization=Basic xx| =nameless|X-A=2";
    pair.does(&format!("headers {headers}")).await;
    let shown = pair.does("open /echo; show=headers").await;
    let shown = shown.split("\n\n").next().unwrap_or_default();
    assert_eq!(shown, "Authorization: Basic xx\nHost: evil\nX-A: 2\nSec-WebSocket-Protocol: chat");
    let seen = pair.does("seen").await;
    let sent =
        "Host: 127.0.0.1:PORT\nAuthorization: Basic xx\nX-A: 2\nSec-WebSocket-Protocol: chat\nUpgrade: websocket\n";
    assert!(seen.contains(sent) && !seen.contains("evil"), "{seen}");
}

#[tokio::test]
async fn the_nearest_manager_wins() {
    let mut pair = Pair::start(&[]).await;
    pair.does("headers x-both=outer|X-Outer=1").await;
    pair.does("headers X-Both=inner").await;
    let shown = pair.does("open /echo; show=headers").await;
    // The manager that comes first is the nearest in these conversations.
    assert!(
        shown.starts_with("X-Outer: 1\nx-both: outer\n") || shown.starts_with("x-both: outer\nX-Outer: 1\n"),
        "{shown}"
    );
}

#[tokio::test]
async fn no_header_breaks_a_line() {
    let failed = "failed Sampler error Sampler error: java.lang.IllegalArgumentException: Invalid header; contains new line.; -; 0+0, 0";
    check(&[("headers X-B=a&#10;b", ""), ("open /echo", failed), ("open /echo; show=headers", "X-B: a\nb\n\n")]).await;
}

/// What comes is inflated because the client asked for it, whatever the server has answered.
#[tokio::test]
async fn a_header_asks_for_compression() {
    let shown = "<not showing response data, because it is compressed and at this stage incomplete>";
    let mut pair = Pair::start(&[]).await;
    pair.does("headers Sec-WebSocket-Extensions=permessage-deflate").await;
    for text in ["compress me", "and again"] {
        let asked = pair.does(&format!("ask {}{text}", if text == "compress me" { "/deflate " } else { "" })).await;
        assert_eq!(asked.split("; ").nth(1), Some(format!("{text:?}").as_str()), "{asked}");
    }
    let asked = pair.does("ask /deflatefrag part").await;
    assert!(asked.contains(&format!("{shown:?}")), "{asked}");
    assert!(pair.does("read").await.contains("Ping frame"));
    assert!(pair.does("read").await.contains(&format!("{:?}", "part".repeat(20))));
    let asked = pair.does("ask /deflatefrag part; loadline.wholeMessage=true").await;
    assert!(asked.contains(&format!("{:?}", "part".repeat(20))), "{asked}");
}
