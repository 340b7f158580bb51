//! As much of DER as keys need: tags with a length and what is in them.

/// The tags.
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const SEQUENCE: u8 = 0x30;

/// What is in the first value if it has that tag, and what follows it.
pub(super) fn split(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let ([found, length], rest) = der.split_first_chunk()?;
    if *found != tag {
        return None;
    }
    let (length, rest) = match *length {
        short @ 0..0x80 => (usize::from(short), rest),
        long => {
            let (bytes, rest) = rest.split_at_checked(usize::from(long - 0x80).min(4))?;
            (bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), rest)
        }
    };
    rest.split_at_checked(length)
}

/// A value with that tag.
pub(super) fn value(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut der = vec![tag];
    match content.len() {
        short @ 0..0x80 => der.push(short as u8),
        long @ 0x80..0x100 => der.extend([0x81, long as u8]),
        long => der.extend([0x82, (long >> 8) as u8, long as u8]),
    }
    der.extend(content);
    der
}

/// A private key of an elliptic curve together with its public key, which Java leaves out of its stores; both in DER, the latter as
/// certificates have it. `None` if it is another kind of key.
pub(super) fn with_public_key(key: &[u8], public_key: &[u8]) -> Option<Vec<u8>> {
    let (info, _) = split(SEQUENCE, key)?;
    let (_, info) = split(INTEGER, info)?;
    let (algorithm, info) = split(SEQUENCE, info)?;
    let (private, _) = split(OCTETS, info)?;
    let (private, _) = split(SEQUENCE, private)?;
    let (version, private) = split(INTEGER, private)?;
    let (secret, _) = split(OCTETS, private)?;
    let (public, _) = split(SEQUENCE, public_key)?;
    let (_, public) = split(SEQUENCE, public)?;
    let (point, _) = split(BIT_STRING, public)?;
    let public = value(0xa1, &[&value(BIT_STRING, &[point])]);
    let private = value(SEQUENCE, &[&value(INTEGER, &[version]), &value(OCTETS, &[secret]), &public]);
    Some(value(SEQUENCE, &[&value(INTEGER, &[&[0]]), &value(SEQUENCE, &[algorithm]), &value(OCTETS, &[&private])]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_lengths() {
        for length in [0, 1, 127, 128, 255, 256, 70_000] {
            let content = vec![7; length];
            let der = [value(OCTETS, &[&content]), vec![1, 2]].concat();
            let expected = (length < 65_536).then_some((&content[..], &[1, 2][..]));
            assert_eq!(split(OCTETS, &der).filter(|_| length < 65_536), expected, "{length}");
        }
        assert_eq!(split(INTEGER, &value(OCTETS, &[])), None);
        assert_eq!(split(OCTETS, &[OCTETS, 5, 1]), None);
    }
}
