use super::check;

const NO_CONNECTION: &str =
    "failed Sampler error Sampler configured for using existing connection, but there is no connection; -; 0+0, 0";
const TIMED_OUT: &str = "failed Websocket I/O error WebSocket I/O error: Read timed out; -; 0+0, 0";

#[tokio::test]
async fn there_is_no_connection() {
    check(&[
        ("read", NO_CONNECTION),
        ("write x", NO_CONNECTION),
        ("ask x", NO_CONNECTION),
        ("ask x; show=data", "none"),
        ("ping", "failed Sampler error Sampler must use existing connection, but there is no connection; -; 0+0, 0"),
        ("close", "failed  No connection; nothing to close.; -; 0+0, 0"),
        ("close; show=data", "No request sent."),
    ])
    .await;
}

#[tokio::test]
async fn frames_are_sent_and_read() {
    check(&[
        ("open /echo", "ok 101 Switching Protocols; -; 163+0, 158"),
        ("ask hello", "ok 200 OK; \"hello\"; 2+5, 11"),
        ("final", "true"),
        ("ask hello; show=data", "Connect URL:\nws://127.0.0.1:PORT/echo\n(using existing connection)\n\nRequest data:\nhello\n"),
        ("ask", "ok 200 OK; \"\"; 2+0, 6"),
        ("ping", "ok 200 OK; -; 2+0, 6"),
        ("ping; type=Pong", "ok 200 OK; -; 0+0, 6"),
        ("ping; show=data", "Connect URL:\nws://127.0.0.1:PORT/echo\n(using existing connection)\n"),
        ("write w", "ok 200 OK; -; 0+0, 7"),
        ("read", "ok 200 OK; \"w\"; 2+1, 0"),
        ("read; show=data", "Connect URL:\nws://127.0.0.1:PORT/echo\n(using existing connection)\n"),
        ("ping; type=Pung", "failed Sampler error Sampler error: java.lang.IllegalArgumentException: No enum constant eu.luminis.jmeter.wssampler.PingPongSampler.Type.Pung; -; 0+0, 0"),
    ])
    .await;
}

#[tokio::test]
async fn a_read_wants_its_kind_of_data() {
    let unexpected = |kind: &str, frame: &str| {
        format!("failed Sampler error: unexpected frame type ({kind}). Received: {frame}; -; 0+0, 0")
    };
    let binary = unexpected("binary", "Binary frame, payload (length 2): 0x01 0x02");
    let text = unexpected("text", "Text frame with text 'w'");
    check(&[
        ("open /echo", "ok 101 Switching Protocols; -; 163+0, 158"),
        ("write 0102; payloadType=Binary", "ok 200 OK; -; 0+0, 8"),
        ("read", &binary),
        ("write 0102; binaryPayload=true", "ok 200 OK; -; 0+0, 8"),
        ("read; dataType=Binary", "ok 200 OK; bin \\x01\\x02; 2+2, 0"),
        ("write w", "ok 200 OK; -; 0+0, 7"),
        ("read; dataType=Any", "ok 200 OK; \"w\"; 2+1, 0"),
        ("write w", "ok 200 OK; -; 0+0, 7"),
        ("read; binaryPayload=true", &text),
        ("write w", "ok 200 OK; -; 0+0, 7"),
        ("read; dataType=Maybe", "failed Sampler error Sampler error: java.lang.IllegalArgumentException: No enum constant eu.luminis.jmeter.wssampler.SingleReadWebSocketSampler.DataType.Maybe; -; 0+0, 0"),
        ("ask /binnoise x", "failed Sampler error: unexpected frame type (binary). Received: Binary frame, payload (length 2): 0xca 0xfe; -; 163+0, 7"),
    ])
    .await;
}

#[tokio::test]
async fn nothing_comes_in_time() {
    check(&[
        ("open /echo", "ok 101 Switching Protocols; -; 163+0, 158"),
        ("read", TIMED_OUT),
        ("read; show=times", "300 ms, connected after 0, first byte after 0"),
        ("read; optional=true", "ok No response Read timeout, no response received.; -; 0+0, 0"),
        ("ask hello", "ok 200 OK; \"hello\"; 2+5, 11"),
        ("read /echo; optional=true", "ok No response Read timeout, no response received.; -; 163+0, 158"),
        ("open /noping", "ok 101 Switching Protocols; -; 163+0, 160"),
        ("ping", "failed Websocket I/O error WebSocket I/O error: Read timed out; -; 0+0, 6"),
    ])
    .await;
}

#[tokio::test]
async fn frames_come_slowly() {
    check(&[
        ("ask /slow x; readTimeout=180", "ok 101 Switching Protocols; \"hello\"; 165+5, 7"),
        ("ask /late x; readTimeout=100", "failed Websocket I/O error WebSocket I/O error: Read timed out; -; 163+0, 7"),
        ("read", "ok 200 OK; \"hello\"; 2+5, 0"),
        ("ask /partial x", "failed Websocket I/O error WebSocket I/O error: Read timed out; -; 163+0, 7"),
    ])
    .await;
}

#[tokio::test]
async fn other_frames_come_first() {
    check(&[
        ("ask /pingfirst hello", "failed Sampler error: unexpected frame type (ping). Received: Ping frame with application data 'pp'; -; 163+0, 11"),
        ("read", "ok 200 OK; \"hello\"; 2+5, 0"),
        ("open /echo", "ok 101 Switching Protocols; -; 163+0, 158"),
        ("write w", "ok 200 OK; -; 0+0, 7"),
        ("ping", "failed Sampler error: unexpected frame type (text). Received: Text frame with text 'w'; -; 0+0, 6"),
        ("ping", "ok 200 OK; -; 2+0, 6"),
        ("ask x", "failed Sampler error: unexpected frame type (pong). Received: Pong frame with no application data; -; 0+0, 7"),
    ])
    .await;
}

#[tokio::test]
async fn messages_in_fragments_are_read_one_by_one() {
    check(&[
        ("ask /frag x", "ok 101 Switching Protocols; \"aa\"; 165+2, 7"),
        ("final", "false"),
        ("read", "ok 200 OK; \"bb\"; 2+2, 0"),
        ("final", "false"),
        ("read", "ok 200 OK; \"cc\"; 2+2, 0"),
        ("final", "true"),
        ("ask /fragping x", "ok 101 Switching Protocols; \"aa\"; 165+2, 7"),
        ("read", "failed Sampler error: unexpected frame type (ping). Received: Ping frame with no application data; -; 0+0, 0"),
        ("final", "false"),
        ("read; dataType=Binary", "failed Sampler error: unexpected frame type (final continuation). Received: Text frame with text 'cc'; -; 0+0, 0"),
        ("ask /fragbin x", "failed Sampler error: unexpected frame type (non-final binary). Received: Binary frame, payload (length 1): 0x01; -; 163+0, 7"),
        ("read; dataType=Any", "ok 200 OK; bin \\x02; 2+1, 0"),
        ("ask /fragnew x", "ok 101 Switching Protocols; \"aa\"; 165+2, 7"),
        ("read", "failed Websocket I/O error WebSocket I/O error: missing continuation frame; -; 0+0, 0"),
        ("ask /badcont x", "failed Websocket I/O error WebSocket I/O error: no continuation frame expected; -; 163+0, 7"),
    ])
    .await;
}

#[tokio::test]
async fn what_the_protocol_forbids() {
    let exception = |text: &str| format!("failed Sampler error Sampler error: java.lang.{text}; -; 163+0, 7");
    let no_inflater = "NullPointerException: Cannot invoke \"eu.luminis.websocket.WebSocketInflater.appendCompressedData(byte[], boolean, org.apache.log.Logger)\" because \"webSocketInflater\" is null";
    check(&[
        ("ask /op3 x", &exception("RuntimeException: unsupported frame type: 3")),
        ("read", "ok 200 OK; \"next\"; 2+4, 0"),
        ("ask /masked x", "ok 101 Switching Protocols; \"\\u{1}\\u{2}\"; 165+2, 7"),
        ("ask /rsv1 x", &exception(no_inflater)),
        ("ask /badutf8 x", "ok 101 Switching Protocols; \"a\u{FFFD}b\"; 165+3, 7"),
        (
            "ask /huge x",
            &exception("RuntimeException: Frame too large; Java does not support arrays longer than 2147483647 bytes."),
        ),
    ])
    .await;
}

#[tokio::test]
async fn the_connection_ends() {
    let io =
        |message: &str, sent: u32| format!("failed Websocket I/O error WebSocket I/O error: {message}; -; 0+0, {sent}");
    let io_new = |message: &str| format!("failed Websocket I/O error WebSocket I/O error: {message}; -; 163+0, 7");
    let protocol = |part: &str| io_new(&format!("WebSocket protocol error: expected {part} bytes"));
    check(&[
        ("ask /drop x", &io_new("end of stream")),
        ("read", &io("end of stream", 0)),
        ("write w", "ok 200 OK; -; 0+0, 7"),
        ("write w", &io("Broken pipe", 0)),
        ("ping", &io("Broken pipe", 0)),
        ("close", &io("Broken pipe", 0)),
        ("ask /rst x", &io_new("Connection reset")),
        ("ask /partialeof x", &protocol("payload of length 5, but can only read 2")),
        ("ask /lengtheof x", &protocol("8 length bytes, but can only read 2")),
        ("ask /halflength x", &io_new("end of stream")),
    ])
    .await;
}

#[tokio::test]
async fn a_new_connection_replaces_the_old_one() {
    check(&[
        ("open /echo", "ok 101 Switching Protocols; -; 163+0, 158"),
        ("write lost", "ok 200 OK; -; 0+0, 10"),
        ("ask /echo hello", "ok 101 Switching Protocols; \"hello\"; 165+5, 11"),
        ("ask /404 x", "failed 404 Got unexpected status 404 with statusLine:HTTP/1.1 404 Not Found; -; 0+0, 0"),
        ("read", NO_CONNECTION),
    ])
    .await;
}
