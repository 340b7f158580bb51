//! The sampler of the older plugin.

use super::{Pair, check};

const SHOW: &str = "show=response";

#[tokio::test]
async fn a_response_is_waited_for() {
    let both = |text: &str| format!("true 200 [Frame 1]\n{text}\n\n[Message 2]\n{text}\n\n");
    check(&[
        (&format!("talk /echo hello; {SHOW}"), &both("hello")),
        (&format!("talk echo hello; responsePattern=h.l; {SHOW}"), &both("hello")),
        ("talk /echo hello; show=data", "hello"),
        (
            &format!("talk /noise signal; responsePattern=^signal; {SHOW}"),
            "true 200 [Message 4]\nnoise 2\n\n[Frame 5]\nsignal\n\n[Message 6]\nsignal\n\n",
        ),
        (
            &format!("talk /noise signal; responsePattern=^signal; messageBacklog=1; {SHOW}"),
            "true 200 [Message 6]\nsignal\n\n",
        ),
        (
            &format!("talk /frag x; responsePattern=bbcc; messageBacklog=9; {SHOW}"),
            "true 200 [Frame 1]\naa\n\n[Frame 2]\nbb\n\n[Frame 3]\ncc\n\n[Message 4]\naabbcc\n\n",
        ),
        // That nothing matches is no failure.
        (&format!("talk /echo hello; responsePattern=other; {SHOW}"), &both("hello")),
        ("talk /echo hello; responsePattern=other; show=times", "300 ms, connected after 0, first byte after 0"),
        (&format!("talk /echo; {SHOW}"), "true 200 "),
    ])
    .await;
}

#[tokio::test]
async fn a_result_tells_the_course() {
    let mut pair = Pair::start(&[]).await;
    let expected = "\n\n[Execution Flow]\n - Opening new connection\n - Using response message pattern \"\"\n - Using disconnect pattern \"\"\n \
                    - Waiting for the server connection for 200 MILLISECONDS\n - WebSocket conection has been opened\n - Connection \
                    established\n - Waiting for messages for 300 MILLISECONDS\n - Received frame #1 (5 bytes); matched response pattern\n - \
                    Received message #2 (5 bytes); matched response pattern\n - WebSocket session closed by the client\n - WebSocket client \
                    closed by the client\n\n\n[Variables]\n - Message count: 2\n\n\n[Problems]\n";
    assert_eq!(pair.does("talk /echo?a=b hello; show=log").await, expected);
    let seen = pair.does("seen").await;
    assert!(
        seen.starts_with("GET /echo?a=b HTTP/1.1\nHost: 127.0.0.1:PORT\nPragma: no-cache\nCache-Control: no-cache\n")
            || seen.starts_with("GET /echo%3Fa=b HTTP/1.1\n"),
        "{seen}"
    );
    pair.does("wait 50").await;
    assert_eq!(pair.does("seen").await, "close \\x03\\xe8JMeter closed session.");
}

#[tokio::test]
async fn connections_are_kept_by_name() {
    let stream = "streamingConnection=true; show=response";
    let mut pair = Pair::start(&[]).await;
    assert_eq!(pair.does(&format!("talk /echo a; {stream}")).await, "true 200 [Frame 1]\na\n\n[Message 2]\na\n\n");
    assert_eq!(
        pair.does(&format!("talk /echo b; {stream}")).await,
        "true 200 [Message 2]\na\n\n[Frame 3]\nb\n\n[Message 4]\nb\n\n"
    );
    assert_eq!(
        pair.does(&format!("talk /echo c; connectionId=two; {stream}")).await,
        "true 200 [Frame 1]\nc\n\n[Message 2]\nc\n\n"
    );
    // The patterns of the sampler that made the connection count, unless they are overridden.
    assert_eq!(
        pair.does("talk /echo d; responsePattern=x; streamingConnection=true; show=times").await,
        "0 ms, connected after 0, first byte after 0"
    );
    let overriding =
        "talk /echo d; responsePattern=x; isOverrideResponsePattern=true; streamingConnection=true; show=times";
    assert_eq!(pair.does(overriding).await, "300 ms, connected after 0, first byte after 0");
    pair.does("seen").await;
    assert_eq!(pair.does("end").await, "close \\x03\\xe8JMeter closed session.");
}

#[tokio::test]
async fn connections_end() {
    let closed = |words: &str| format!("Received frame #1 (5 bytes); {words}");
    let mut pair = Pair::start(&[]).await;
    assert_eq!(pair.does(&format!("talk /close1001 x; {SHOW}")).await, "false 1001 [Frame 1]\n\u{3}\u{FFFD}bye\n\n");
    let log = pair.does("talk /close1001 x; responsePattern=nothing; show=log").await;
    assert!(
        log.contains(&closed(
            "didn't match any pattern\n - WebSocket conection closed unexpectedly by the server: [1001] bye\n"
        )),
        "{log}"
    );
    assert_eq!(pair.does(&format!("talk /drop x; {SHOW}")).await, "false 1006 ");
    let log = pair.does("talk /echo bye; responsePattern=x; closeConncectionPattern=bye; show=log").await;
    assert!(log.contains("matched connection close pattern\n"), "{log}");
    let refused = pair.does("talk /404 x; show=log").await;
    assert!(
        refused.contains(" - Cannot connect to the remote server\n")
            && refused.ends_with("[Problems]\n - Unexpected error: null\n\n"),
        "{refused}"
    );
    assert_eq!(pair.does(&format!("talk /404 x; {SHOW}")).await, "false  ");
    assert_eq!(pair.does("talk /404 x; show=times").await, "200 ms, connected after 0, first byte after 0");
    let bad = pair.does("talk x; protocol=http; show=log").await;
    assert_eq!(bad, "\n\n[Problems]\n - Unexpected error: URI scheme [http] not supported\n\n");
}
