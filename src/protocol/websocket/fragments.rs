//! Which frames belong to which message.

use super::{FrameHeader, Opcode};

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataKind {
    /// A text.
    Text,
    /// Bytes.
    Binary,
}

/// Why a frame cannot come where it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FragmentError {
    /// A continuation frame, and there is nothing to continue.
    #[error("a continuation frame came without a message to continue")]
    NothingToContinue,
    /// A new message, and the last one has not ended.
    #[error("a new message began before the last one had ended")]
    MessageNotFinished,
}

/// Follows the fragments of messages from frame to frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fragments {
    open: Option<DataKind>,
}

impl Fragments {
    /// Takes note of a frame and says to what kind of message it belongs; `None` for a control frame, and for a reserved
    /// opcode.
    ///
    /// # Errors
    /// When the frame does not continue what came before. The message that was open stays so.
    pub fn accept(&mut self, header: FrameHeader) -> Result<Option<DataKind>, FragmentError> {
        let kind = match (header.opcode, self.open) {
            (Opcode::TEXT, None) => DataKind::Text,
            (Opcode::BINARY, None) => DataKind::Binary,
            (Opcode::TEXT | Opcode::BINARY, Some(_)) => return Err(FragmentError::MessageNotFinished),
            (Opcode::CONTINUATION, Some(kind)) => kind,
            (Opcode::CONTINUATION, None) => return Err(FragmentError::NothingToContinue),
            _ => return Ok(None),
        };
        self.open = if header.fin { None } else { Some(kind) };
        Ok(Some(kind))
    }

    /// The kind of the message that has begun and not ended.
    #[must_use]
    pub fn open(&self) -> Option<DataKind> {
        self.open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: FrameHeader = FrameHeader::new(Opcode::TEXT);
    const BINARY: FrameHeader = FrameHeader::new(Opcode::BINARY);
    const MORE: FrameHeader = FrameHeader::new(Opcode::CONTINUATION);
    const PING: FrameHeader = FrameHeader::new(Opcode::PING);

    fn check(frames: &[FrameHeader], expected: Result<Option<DataKind>, FragmentError>) {
        let mut fragments = Fragments::default();
        let last = frames.iter().map(|header| fragments.accept(*header)).last();
        assert_eq!(last, Some(expected), "{frames:?}");
    }

    #[test]
    fn a_continuation_is_what_the_first_fragment_was() {
        check(&[TEXT], Ok(Some(DataKind::Text)));
        check(&[BINARY.not_final(), MORE.not_final(), MORE], Ok(Some(DataKind::Binary)));
        check(&[TEXT.not_final(), PING], Ok(None));
        check(&[TEXT.not_final(), PING, MORE, BINARY], Ok(Some(DataKind::Binary)));
    }

    #[test]
    fn fragments_out_of_place_are_told_and_change_nothing() {
        check(&[MORE], Err(FragmentError::NothingToContinue));
        check(&[TEXT, MORE], Err(FragmentError::NothingToContinue));
        check(&[TEXT.not_final(), TEXT], Err(FragmentError::MessageNotFinished));
        check(&[TEXT.not_final(), BINARY, MORE], Ok(Some(DataKind::Text)));
    }
}
