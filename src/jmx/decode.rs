//! The bytes of an XML file as text, whatever its encoding.

use encoding_rs::{Encoding, UTF_8};

/// Decodes by byte order mark, else by the XML declaration, else as UTF-8, and turns CR LF and CR into LF as XML
/// asks for (2.11). Bytes that mean nothing become U+FFFD. An unknown encoding is an error with its name.
pub(super) fn decode(bytes: &[u8]) -> Result<String, String> {
    let (encoding, skip) = match Encoding::for_bom(bytes) {
        Some(found) => found,
        None => (declared(bytes)?, 0),
    };
    let (text, _) = encoding.decode_without_bom_handling(&bytes[skip..]);
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() })
}

/// The encoding of a file without a byte order mark. The declaration is ASCII in all encodings but UTF-16, whose
/// `<?` gives it away.
fn declared(bytes: &[u8]) -> Result<&'static Encoding, String> {
    match bytes {
        [0, b'<', 0, b'?', ..] => return Ok(encoding_rs::UTF_16BE),
        [b'<', 0, b'?', 0, ..] => return Ok(encoding_rs::UTF_16LE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(200)];
    let head = String::from_utf8_lossy(head);
    let Some(declaration) = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split("?>").next()) else {
        return Ok(UTF_8);
    };
    let Some((_, after)) = declaration.split_once("encoding") else { return Ok(UTF_8) };
    let label = after.trim_start().trim_start_matches('=').trim_start();
    let quote = label.chars().next().filter(|c| matches!(c, '"' | '\'')).unwrap_or('"');
    let label = label.trim_start_matches(quote).split(quote).next().unwrap_or_default();
    Encoding::for_label(label.as_bytes()).ok_or_else(|| format!("unknown encoding \"{label}\""))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn encodings() {
        let check = |bytes: &[u8], expected: &str| assert_eq!(decode(bytes).as_deref(), Ok(expected));
        check(b"<a>\xc3\xa9</a>", "<a>\u{e9}</a>");
        check(b"\xef\xbb\xbf<a/>", "<a/>");
        check(b"<?xml version='1.0' encoding='ISO-8859-1'?>\xe9", "<?xml version='1.0' encoding='ISO-8859-1'?>\u{e9}");
        check(b"<?xml version=\"1.0\" encoding=\"GBK\"?>\xc4\xe3", "<?xml version=\"1.0\" encoding=\"GBK\"?>\u{4f60}");
        check(b"\xff\xfe<\0a\0/\0>\0", "<a/>");
        check(b"<\0?\0a\0?\0>\0", "<?a?>");
        check(b"a\r\nb\rc\xff", "a\nb\nc\u{fffd}");
        assert_eq!(decode(b"<?xml encoding=\"klingon\"?>"), Err("unknown encoding \"klingon\"".into()));
    }
}
