//! UTF-8 that arrives in pieces.

/// The bytes so far are no UTF-8, whatever follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a text is not valid UTF-8")]
pub struct InvalidUtf8;

/// Checks a text piece by piece. A character may be cut anywhere; what can no longer become UTF-8 is told at its first
/// wrong byte.
#[derive(Debug, Clone, Copy, Default)]
pub struct Utf8Check {
    /// The beginning of a character that has not come whole.
    cut: [u8; 4],
    cut_length: usize,
}

impl Utf8Check {
    /// Takes the next piece.
    ///
    /// # Errors
    /// When the text cannot be valid any more.
    pub fn push(&mut self, mut piece: &[u8]) -> Result<(), InvalidUtf8> {
        while let (1.., Some((byte, rest))) = (self.cut_length, piece.split_first()) {
            self.cut[self.cut_length] = *byte;
            self.cut_length += 1;
            piece = rest;
            match std::str::from_utf8(&self.cut[..self.cut_length]) {
                Ok(_) => self.cut_length = 0,
                Err(error) if error.error_len().is_some() => return Err(InvalidUtf8),
                Err(_) => {}
            }
        }
        let Err(error) = std::str::from_utf8(piece) else { return Ok(()) };
        if error.error_len().is_some() {
            return Err(InvalidUtf8);
        }
        let cut = &piece[error.valid_up_to()..];
        self.cut[..cut.len()].copy_from_slice(cut);
        self.cut_length = cut.len();
        Ok(())
    }

    /// Ends the text; the next piece begins another one.
    ///
    /// # Errors
    /// When its last character is cut.
    pub fn finish(&mut self) -> Result<(), InvalidUtf8> {
        let cut = std::mem::take(&mut self.cut_length);
        if cut == 0 { Ok(()) } else { Err(InvalidUtf8) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// How many bytes are taken before the check fails, one at a time.
    fn taken(bytes: &[u8]) -> usize {
        let mut check = Utf8Check::default();
        bytes.iter().position(|byte| check.push(&[*byte]).is_err()).unwrap_or(bytes.len())
    }

    #[test]
    fn the_first_wrong_byte_is_told() {
        for (bytes, expected) in [
            ("κόσμε ✓ 😀".as_bytes(), 19),
            (b"\xCE\xBA\xED\xA0\x80edited", 3), // a surrogate: wrong at its second byte
            (b"\xF4\x90\x80\x80", 1),           // beyond U+10FFFF: wrong at its second byte
            (b"\xC0\xAF", 0),                   // too long: wrong at once
            (b"\xE0\x80", 1),
            (b"a\xFF", 1),
            (b"\xE2\x9C", 2),
        ] {
            assert_eq!(taken(bytes), expected, "{bytes:x?}");
        }
    }

    #[test]
    fn a_text_must_not_end_within_a_character() {
        let mut check = Utf8Check::default();
        assert_eq!((check.push(b"\xE2\x9C"), check.finish()), (Ok(()), Err(InvalidUtf8)));
        assert_eq!((check.push(b"\xE2\x9C"), check.push(b"\x93"), check.finish()), (Ok(()), Ok(()), Ok(())));
    }

    proptest! {
        #[test]
        fn pieces_are_judged_as_the_whole(
            text: String,
            noise in prop::collection::vec(any::<u8>(), 0..4),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
        ) {
            let bytes = [text.as_bytes(), &noise].concat();
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let mut check = Utf8Check::default();
            let pushed = cuts.windows(2).try_for_each(|cut| check.push(&bytes[cut[0]..cut[1]]));
            prop_assert_eq!(pushed.and_then(|()| check.finish()).is_ok(), std::str::from_utf8(&bytes).is_ok());
        }
    }
}
