use super::check;

#[tokio::test]
async fn payloads_of_all_kinds() {
    check(&[
        ("open /echo", "ok 101 Switching Protocols; -; 163+0, 158"),
        ("ask 0xca fe 0x1; payloadType=Binary", "ok 200 OK; bin \\xca\\xfe\\x01; 2+3, 9"),
        ("ask 0xzz; payloadType=Binary", "failed Sampler Error Request data is not binary: 0xzz; -; 0+0, 0"),
        (
            "ask 0xzz; payloadType=Binary; show=data",
            "Connect URL:\nws://127.0.0.1:PORT/echo\n(using existing connection)\n",
        ),
        ("ask abc  d; payloadType=Binary", "ok 200 OK; bin \\xab\\x0c\\r; 2+3, 9"),
        ("ask 01; binaryPayload=true", "ok 200 OK; bin \\x01; 2+1, 7"),
        ("ask SEND\n\nx^@; payloadType=TextStomp", "ok 200 OK; \"SEND\\n\\nx\\0\"; 2+8, 14"),
        ("ask hello; payloadType=Odd; binaryPayload=true", "ok 200 OK; \"hello\"; 2+5, 11"),
        ("ask žluťoučký 日本 €", "ok 200 OK; \"žluťoučký 日本 €\"; 2+24, 30"),
    ])
    .await;
}

#[tokio::test]
async fn payloads_of_all_lengths() {
    for (length, header) in [(125, 2), (126, 4), (65535, 4), (65536, 10), (1_000_000, 10)] {
        let text = "x".repeat(length);
        let expected =
            format!("ok 101 Switching Protocols; {text:?}; {}+{length}, {}", 163 + header, length + header + 4);
        check(&[(&format!("ask /echo {text}"), &expected)]).await;
    }
}

#[tokio::test]
async fn payloads_of_files() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("payload");
    std::fs::write(&file, "${x} é^@").unwrap();
    let (file, folder) = (file.display(), folder.path().display());
    check(&[
        ("open /echo", "ok 101 Switching Protocols; -; 163+0, 158"),
        (&format!("ask ignored; loadDataFromFile=true; dataFile={file}"), "ok 200 OK; \"${x} é^@\"; 2+9, 15"),
        (
            &format!("ask; loadDataFromFile=true; payloadType=TextStomp; dataFile={file}"),
            "ok 200 OK; \"${x} é\\0\"; 2+8, 14",
        ),
        (
            &format!("ask; loadDataFromFile=true; payloadType=Binary; dataFile={file}; show=data"),
            "Connect URL:\nws://127.0.0.1:PORT/echo\n(using existing connection)\n\nRequest data:\n\
             0x24 0x7b 0x78 0x7d 0x20 0xc3 0xa9 0x5e 0x40\n",
        ),
        (
            "ask; loadDataFromFile=true; dataFile=/nonexistent",
            "failed Sampler Error Request data cannot be loaded, file '/nonexistent' not found; -; 0+0, 0",
        ),
        (
            &format!("ask; loadDataFromFile=true; dataFile={folder}"),
            "failed Websocket I/O error WebSocket I/O error: Is a directory; -; 0+0, 0",
        ),
    ])
    .await;
}
