use super::{check, check_with};

const PING: &str = "Received Ping frame with application data";
const TEXT: &str = "Received Text frame with text";

#[tokio::test]
async fn discarded_frames_become_parts() {
    let ok = "ok 101 Switching Protocols; \"hello\"";
    check(&[
        ("filter Ping; replyToPing=true", ""),
        ("ask /pingfirst hello", &format!("{ok}; 165+5, 11\n  s-0: ok  {PING} 'pp'; -; 2+2, 8")),
        ("filter Text; comparisonType=StartsWith; matchValue=noise", ""),
        (
            "ask /noise hello",
            &format!(
                "{ok}; 165+5, 11\n  s-0: ok  {TEXT} 'noise 1'; unknown noise 1; 2+7, 0\n  s-1: ok  {PING} 'q'; -; 2+1, 7\n  \
                 s-2: ok  {TEXT} 'noise 2'; unknown noise 2; 2+7, 0"
            ),
        ),
        ("filter Binary; comparisonType=StartsWith; matchValue=ca", ""),
        (
            "ask /binnoise hello",
            &format!(
                "{ok}; 165+5, 11\n  s-0: ok  Received Binary frame, payload (length 2): 0xca 0xfe; unknown \\xca\\xfe; 2+2, 0"
            ),
        ),
        (
            "ask /close1001 x",
            "failed Sampler error: unexpected frame type (close). Received: Close frame with status code 1001 and close \
             reason 'bye'; -; 163+0, 7",
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_close_looks_through_filters() {
    check(&[
        ("filter Text", ""),
        ("open /echo", "ok 101 Switching Protocols; -; 163+0, 158"),
        ("write w", "ok 200 OK; -; 0+0, 7"),
        (
            "close",
            &format!(
                "ok 1000 Connection closed; close reason: 'sampler requested close'.; \"1000: sampler requested close\"; 2+25, \
                 31\n  s-0: ok  {TEXT} 'w'; unknown w; 2+1, 0"
            ),
        ),
    ])
    .await;
}

#[tokio::test]
async fn the_time_spent_on_filtered_frames_counts() {
    let timed_out = "failed Websocket I/O error WebSocket I/O error: Read timed out; -;";
    let ping = |number: u32| format!("\n  s-{number}: ok  {PING} '{number}'; -; 2+1, 7");
    let pings: String = (0..4).map(ping).collect();
    check(&[
        ("filter Ping; replyToPing=true", ""),
        ("ask /pings hello; readTimeout=700", &format!("{timed_out} 163+0, 11{pings}")),
        ("ask /pings hello; readTimeout=700; show=times", "700 ms, connected after 0, first byte after 0"),
        ("open /echo", "ok 101 Switching Protocols; -; 163+0, 158"),
        ("ping", &format!("{timed_out} 0+0, 6\n  s-0: ok  Received Pong frame with no application data; -; 2+0, 0")),
        ("ask x; readTimeout=0", &format!("{timed_out} 0+0, 7")),
    ])
    .await;
}

#[tokio::test]
async fn filters_that_cannot_work() {
    let failed = |text: &str, received: &str| format!("failed Sampler error Sampler error: {text}; -; {received}");
    let regex = "java.util.regex.PatternSyntaxException: Unclosed group near index 1\n(";
    check(&[
        ("filter Text; comparisonType=ContainsRegex; matchValue=(", ""),
        ("ask /echo hello", &failed(regex, "163+0, 11")),
        ("open /echo", "ok 101 Switching Protocols; -; 163+0, 158"),
        ("write x", "ok 200 OK; -; 0+0, 7"),
    ])
    .await;
    let kind = "java.lang.IllegalArgumentException: No enum constant eu.luminis.jmeter.wssampler.PingFrameFilter.PingFilterType.X";
    check(&[("filter Ping; filterType=X", ""), ("ask /echo hello", &failed(kind, "163+0, 11"))]).await;
}

#[tokio::test]
async fn properties_of_results() {
    let part = format!("s-0: ok  {PING} 'pp'; -; 2+2, 8");
    let including = [("websocket.result.size_includes_filtered_frames", "true")];
    let filter = ("filter Ping; replyToPing=true", "");
    let ok = "ok 101 Switching Protocols; \"hello\"";
    check_with(&including, &[filter, ("ask /pingfirst hello", &format!("{ok}; 167+7, 19\n  {part}"))]).await;
    let own_names = [("subresults.disable_renaming", "true")];
    let part = part.replace("s-0", "Discarded ping frame (by filter 'quiet')");
    check_with(&own_names, &[filter, ("ask /pingfirst hello", &format!("{ok}; 165+5, 11\n  {part}"))]).await;
}
