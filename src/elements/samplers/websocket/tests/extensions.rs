//! What the plugin does not have. JMeter ignores these properties.

use super::{Pair, check, check_with};

const OPEN: (&str, &str) = ("open /echo", "ok 101 Switching Protocols; -; 163+0, 158");
const PING: &str = "Received: Ping frame with application data";

#[tokio::test]
async fn a_user_has_several_connections() {
    check(&[
        OPEN,
        ("open /pingfirst; loadline.connection=two", "ok 101 Switching Protocols; -; 163+0, 163"),
        ("write a", "ok 200 OK; -; 0+0, 7"),
        (
            "ask b; loadline.connection=two",
            &format!("failed Sampler error: unexpected frame type (ping). {PING} 'pp'; -; 0+0, 7"),
        ),
        ("read", "ok 200 OK; \"a\"; 2+1, 0"),
        ("read; loadline.connection=two", "ok 200 OK; \"b\"; 2+1, 0"),
        ("close; loadline.connection=two; show=times", "0 ms, connected after 0, first byte after 0"),
        ("ask c", "ok 200 OK; \"c\"; 2+1, 7"),
        ("close; loadline.connection=two", "failed  No connection; nothing to close.; -; 0+0, 0"),
    ])
    .await;
    let policy = [("websocket.thread.stop.policy", "wsClose")];
    let goodbye = "close \\x03\\xe8test thread finished";
    check_with(&policy, &[("open /echo; loadline.connection=x; loadline.autoPong=true", OPEN.1), ("end", goodbye)])
        .await;
}

#[tokio::test]
async fn pings_are_answered() {
    let mut pair = Pair::start(&[]).await;
    assert_eq!(
        pair.does("ask /pingfirst hello; loadline.autoPong=true").await,
        "ok 101 Switching Protocols; \"hello\"; 165+5, 11"
    );
    pair.does("write /pinglater hello; loadline.autoPong=true; show=times").await;
    pair.does("seen").await;
    pair.does("wait 150").await;
    assert_eq!(pair.does("seen").await, "text hello\npong later", "pings between samples are answered then");
}

#[tokio::test]
async fn what_comes_between_samples_is_kept() {
    check(&[
        ("open /noise; loadline.autoPong=true", "ok 101 Switching Protocols; -; 163+0, 159"),
        ("write signal", "ok 200 OK; -; 0+0, 12"),
        ("wait 50", ""),
        ("read; loadline.latency=true", "ok 200 OK; \"noise 1\"; 2+7, 0"),
        ("read", "ok 200 OK; \"noise 2\"; 2+7, 0"),
        ("read", "ok 200 OK; \"signal\"; 2+6, 0"),
        ("open /close1001; loadline.autoPong=true; loadline.connection=x", "ok 101 Switching Protocols; -; 163+0, 163"),
        ("write x; loadline.connection=x", "ok 200 OK; -; 0+0, 7"),
        ("wait 50", ""),
        ("read; loadline.connection=x", "failed Sampler error: unexpected frame type (close). Received: Close frame with status code 1001 and close reason 'bye'; -; 0+0, 0"),
        ("open /drop; loadline.autoPong=true", "ok 101 Switching Protocols; -; 163+0, 158"),
        ("write x", "ok 200 OK; -; 0+0, 7"),
        ("wait 50", ""),
        ("read", "failed Websocket I/O error WebSocket I/O error: end of stream; -; 0+0, 0"),
    ])
    .await;
}

#[tokio::test]
async fn a_connection_is_kept_alive() {
    let mut pair = Pair::start(&[]).await;
    pair.does("open /echo; loadline.keepAlive=100").await;
    pair.does("seen").await;
    pair.does("wait 350").await;
    let seen = pair.does("seen").await;
    assert!(seen.lines().count() >= 2 && seen.lines().all(|line| line.starts_with("ping ")), "between samples: {seen}");
    let timed_out = "failed Websocket I/O error WebSocket I/O error: Read timed out; -; 0+0, 0";
    assert_eq!(pair.does("read; readTimeout=250").await, timed_out);
    assert!(pair.does("seen").await.starts_with("ping "), "while a sample waits");
    assert_eq!(pair.does("ask x").await, "ok 200 OK; \"x\"; 2+1, 7");

    let lost = "failed Websocket I/O error WebSocket I/O error: a ping was not answered; ping time-out (code 1006 Abnormal Closure); -; 0+0, 0";
    let opening = "open /noping; loadline.keepAlive=50; loadline.keepAliveTimeout=100";
    check(&[
        (opening, "ok 101 Switching Protocols; -; 163+0, 160"),
        ("read; readTimeout=0; loadline.explainEnd=true", lost),
        ("read", "failed Sampler error Sampler configured for using existing connection, but there is no connection; -; 0+0, 0"),
        (opening, "ok 101 Switching Protocols; -; 163+0, 160"),
        ("wait 350", ""),
        ("ask x; loadline.explainEnd=true", &lost.replace("0+0, 0", "0+0, 7")),
    ])
    .await;
}

#[tokio::test]
async fn whole_messages_are_read() {
    check(&[
        ("ask /frag x; loadline.wholeMessage=true", "ok 101 Switching Protocols; \"aabbcc\"; 169+6, 7"),
        ("final", "true"),
        ("ask /fragping x; loadline.wholeMessage=true", "ok 101 Switching Protocols; \"aacc\"; 169+4, 7"),
        (
            "read /fragbin; loadline.wholeMessage=true; dataType=Binary; readTimeout=50",
            "failed Websocket I/O error WebSocket I/O error: Read timed out; -; 163+0, 161",
        ),
        ("write x", "ok 200 OK; -; 0+0, 7"),
        ("read; loadline.wholeMessage=true; dataType=Any", "ok 200 OK; bin \\x01\\x02; 4+2, 0"),
    ])
    .await;
}

#[tokio::test]
async fn what_does_not_match_is_skipped() {
    check(&[
        ("ask /noise the signal; loadline.until=sig.al", "ok 101 Switching Protocols; \"the signal\"; 171+25, 16"),
        ("ask /noise x; loadline.until=[", "failed Sampler error Sampler error: java.util.regex.PatternSyntaxException: Unclosed character class near index 0\n[\n^; -; 163+0, 159"),
        ("ask /noise x; loadline.until=nothing", "failed Websocket I/O error WebSocket I/O error: Read timed out; -; 171+16, 7"),
        ("ask /close1001 x; loadline.until=.", "failed Sampler error: unexpected frame type (close). Received: Close frame with status code 1001 and close reason 'bye'; -; 165+5, 7"),
    ])
    .await;
}

#[tokio::test]
async fn several_messages_are_read() {
    let parts = "\n  s-0: ok 200 OK; unknown noise 1; 2+7, 0\n  s-1: ok 200 OK; unknown noise 2; 2+7, 0";
    check(&[
        ("write /noise x; show=times", "0 ms, connected after 0, first byte after 0"),
        ("read; loadline.messages=2; loadline.until=noise", &format!("ok 200 OK; \"noise 1\\nnoise 2\"; 6+15, 0{parts}")),
        ("read; loadline.messages=2", "failed Websocket I/O error WebSocket I/O error: Read timed out; -; 2+1, 0\n  s-0: ok 200 OK; unknown x; 2+1, 0"),
        ("ask x; loadline.messages=2; loadline.until=noise", &format!("ok 200 OK; \"noise 1\\nnoise 2\"; 6+15, 7{parts}")),
        ("read; loadline.messages=9; optional=true", "ok 200 OK; \"x\"; 2+1, 0\n  s-0: ok 200 OK; unknown x; 2+1, 0"),
    ])
    .await;
}

#[tokio::test]
async fn a_close_of_the_server_is_welcome() {
    let mut pair = Pair::start(&[]).await;
    let closed = "ok 1001 Connection closed by the server: endpoint shutdown (code 1001 Going Away); close reason: 'bye'; \"1001: bye\"; 165+5, 7";
    assert_eq!(pair.does("ask /close1001 x; loadline.acceptClose=true").await, closed);
    pair.does("wait 100").await;
    assert!(pair.does("seen").await.ends_with("close \\x03\\xe9"));
    let missing =
        "failed Sampler error Sampler configured for using existing connection, but there is no connection; -; 0+0, 0";
    assert_eq!(pair.does("read").await, missing);
    let without_code =
        "ok 1005 Connection closed by the server: normal closure (code 1005 No Status Received); \"\"; 165+0, 7";
    assert_eq!(pair.does("ask /closeempty x; loadline.acceptClose=true").await, without_code);
}

#[tokio::test]
async fn a_lost_connection_is_explained() {
    check(&[
        ("ask /close1001 x; loadline.explainEnd=true", "failed Sampler error: unexpected frame type (close). Received: Close frame with status code 1001 and close reason 'bye'; endpoint shutdown (code 1001 Going Away); -; 163+0, 7"),
        ("ask /drop x; loadline.explainEnd=true", "failed Websocket I/O error WebSocket I/O error: end of stream; abnormal closure (code 1006 Abnormal Closure); -; 163+0, 7"),
        ("ask /rst x; loadline.explainEnd=true", "failed Websocket I/O error WebSocket I/O error: Connection reset; network error (code 1006 Abnormal Closure); -; 163+0, 7"),
        ("ask /large x; loadline.explainEnd=true; loadline.maxFrameSize=1000", "failed Websocket I/O error WebSocket I/O error: a frame of 1073741824 bytes is larger than loadline.maxFrameSize, 1000 bytes; message too big (code 1009 Message Too Big); -; 163+0, 7"),
        ("read", "failed Sampler error Sampler configured for using existing connection, but there is no connection; -; 0+0, 0"),
    ])
    .await;
}

#[tokio::test]
async fn an_upgrade_may_be_told_in_other_words() {
    check(&[("open /connkeep; loadline.lenientUpgrade=true", "ok 101 Switching Protocols; -; 175+0, 162")]).await;
}

#[tokio::test]
async fn the_first_byte_is_the_latency() {
    check(&[(
        "ask /late x; readTimeout=1000; loadline.latency=true; show=times",
        "300 ms, connected after 0, first byte after 0",
    )])
    .await;
    check(&[OPEN, ("read; loadline.latency=true; show=times", "300 ms, connected after 0, first byte after 0")]).await;
}

/// The server agrees to compression, and compresses.
#[tokio::test]
async fn both_sides_compress() {
    let mut pair = Pair::start(&[]).await;
    let text = "compress me, compress me, compress me";
    let asked = pair.does(&format!("ask /deflate {text}; loadline.compression=true")).await;
    assert!(asked.starts_with(&format!("ok 101 Switching Protocols; \"{text}\"; ")), "{asked}");
    assert!(pair.does("seen").await.contains("Sec-WebSocket-Extensions: permessage-deflate"));
    // A server that does not agree gets everything as it is.
    assert_eq!(pair.does("ask /echo hello; loadline.compression=true").await.split("; ").nth(1), Some("\"hello\""));
}
