//! Which characters may stand where (RFC 2396).

use super::super::form_coding::push_escaped;

/// The members of the sets, in their order.
const MEMBERS: [u128; 8] = [
    Set::Scheme.members(),
    Set::UserInfo.members(),
    Set::RegName.members(),
    Set::Server.members(),
    Set::ServerPercent.members(),
    Set::Path.members(),
    Set::Uric.members(),
    Set::ScopeId.members(),
];

/// A set of characters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    Scheme,
    UserInfo,
    /// Authorities that are no servers.
    RegName,
    Server,
    /// Servers with a scope in an IPv6 address.
    ServerPercent,
    Path,
    Uric,
    ScopeId,
}

impl Set {
    fn has(self, byte: u8) -> bool {
        byte.is_ascii() && MEMBERS[self as usize] >> byte & 1 == 1
    }

    /// What is in it beside letters and digits.
    const fn marks(self) -> &'static [u8] {
        match self {
            Self::Scheme => b"+-.",
            Self::UserInfo => b";:&=+$,-_.!~*'()",
            Self::RegName => b"$,;:@&=+-_.!~*'()",
            Self::Server => b";:&=+$,-_.!~*'()@[]",
            Self::ServerPercent => b";:&=+$,-_.!~*'()@[]%",
            Self::Path => b":@&=+$,;/-_.!~*'()",
            Self::Uric => b";/?:@&=+$,[]-_.!~*'()",
            Self::ScopeId => b"_.",
        }
    }

    /// A bit for each byte that is in it.
    const fn members(self) -> u128 {
        let (mut members, mut at) = (0, 0);
        while at < 128 {
            if (at as u8).is_ascii_alphanumeric() {
                members |= 1 << at;
            }
            at += 1;
        }
        at = 0;
        while at < self.marks().len() {
            members |= 1 << self.marks()[at];
            at += 1;
        }
        members
    }

    /// Whether bytes may be escaped, and characters beyond ASCII stand as they are.
    fn has_escapes(self) -> bool {
        !matches!(self, Self::Scheme | Self::ScopeId)
    }

    /// Where the first character is that is not in the set.
    ///
    /// # Errors
    /// Where an escape is broken.
    pub(super) fn scan(self, text: &str) -> Result<usize, usize> {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if self.has(*byte) {
                at += 1;
            } else if *byte == b'%' && self.has_escapes() {
                match bytes.get(at + 1..at + 3) {
                    Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => at += 3,
                    _ => return Err(at),
                }
            } else {
                match text[at..].chars().next().filter(|char| self.has_escapes() && is_visible(*char)) {
                    Some(char) => at += char.len_utf8(),
                    None => return Ok(at),
                }
            }
        }
        Ok(at)
    }

    /// Appends a text; what is not in the set is escaped, `%` always.
    pub(super) fn quote(self, text: &str, out: &mut String) {
        for char in text.chars() {
            if char.is_ascii() && self.has(char as u8) || is_visible(char) {
                out.push(char);
            } else {
                char.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| push_escaped(byte, out));
            }
        }
    }
}

/// A character beyond ASCII that is neither a space nor a control character.
fn is_visible(char: char) -> bool {
    char > '\u{80}'
        && !char.is_control()
        && !matches!(
            char,
            '\u{a0}' | '\u{1680}' | '\u{2000}'
                ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
        )
}
