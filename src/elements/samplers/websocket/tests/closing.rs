use super::{check, check_with};

const OPEN: (&str, &str) = ("open /echo", "ok 101 Switching Protocols; -; 163+0, 158");
const NO_CONNECTION: &str =
    "failed Sampler error Sampler configured for using existing connection, but there is no connection; -; 0+0, 0";
const NOTHING_TO_CLOSE: &str = "failed  No connection; nothing to close.; -; 0+0, 0";
const CANNOT_CONNECT: &str = "failed Sampler error Sampler error: java.lang.IllegalStateException: Cannot connect when state is CLOSED_SERVER; -; 0+0, 0";

#[tokio::test]
async fn a_close_is_answered() {
    let closed = "Connection closed; close reason: 'sampler requested close'.";
    check(&[
        OPEN,
        ("close", &format!("ok 1000 {closed}; \"1000: sampler requested close\"; 2+25, 31")),
        ("read", NO_CONNECTION),
        ("close", NOTHING_TO_CLOSE),
        OPEN,
        (
            "close; statusCode=4000; show=data",
            "Requested connection close with status 4000 and reason 'sampler requested close'.",
        ),
        OPEN,
        ("close; statusCode=40000", &format!("ok -25536 {closed}; \"-25536: sampler requested close\"; 2+25, 31")),
        ("open /closereason", "ok 101 Switching Protocols; -; 163+0, 165"),
        ("close", "ok 4001 Connection closed; close reason: 'go away'.; \"4001: go away\"; 2+9, 31"),
        ("open /closenostatus", "ok 101 Switching Protocols; -; 163+0, 167"),
        ("close", "ok  Connection closed.; \"\"; 2+0, 31"),
    ])
    .await;
}

#[tokio::test]
async fn a_close_is_not_answered_as_it_should() {
    check(&[
        OPEN,
        ("close; statusCode=abc", "failed Sampler error Sampler error: java.lang.NumberFormatException: For input string: \"abc\"; -; 0+0, 0"),
        ("write x", "ok 200 OK; -; 0+0, 7"),
        ("close", "failed WebSocket error: unsuccesful close. WebSocket error: received not a close frame, but Text frame with text 'x'; -; 0+0, 31"),
        ("read", NO_CONNECTION),
        ("open /noclose", "ok 101 Switching Protocols; -; 163+0, 161"),
        ("close", "failed Websocket I/O error WebSocket I/O error: Read timed out; -; 0+0, 31"),
        ("close", NOTHING_TO_CLOSE),
        OPEN,
        ("write x", "ok 200 OK; -; 0+0, 7"),
        ("close; show=times", "0 ms, connected after 0, first byte after 0"),
    ])
    .await;
}

/// A close frame in the sample that made the connection is only noticed by the sample after the next one.
#[tokio::test]
async fn the_server_closes() {
    let received = "failed Sampler error: unexpected frame type (close). Received: Close frame with status code";
    check(&[
        ("ask /close1001 x", &format!("{received} 1001 and close reason 'bye'; -; 163+0, 7")),
        ("ask x", CANNOT_CONNECT),
        ("read", NO_CONNECTION),
        ("close", NOTHING_TO_CLOSE),
        ("ask /closeempty x", &format!("{received} null and close reason 'null'; -; 163+0, 7")),
        ("close; show=data", "Connect URL:\nws://127.0.0.1:PORT/closeempty\n"),
        ("close", NOTHING_TO_CLOSE),
        ("open /close1001", "ok 101 Switching Protocols; -; 163+0, 163"),
        ("ask x", &format!("{received} 1001 and close reason 'bye'; -; 0+0, 7")),
        ("ask x", NO_CONNECTION),
    ])
    .await;
}

#[tokio::test]
async fn a_user_ends() {
    let policy = |policy| [("websocket.thread.stop.policy", policy)];
    check_with(&policy(" wsClose"), &[OPEN, ("end", "close \\x03\\xe8test thread finished")]).await;
    let version = "Sec-WebSocket-Version: 13";
    check_with(&policy("tcpClose"), &[OPEN, ("end", version), ("read", NO_CONNECTION)]).await;
    check_with(&policy("none"), &[OPEN, ("end", version), ("ask x", "ok 200 OK; \"x\"; 2+1, 7")]).await;
}
