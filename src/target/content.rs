//! What an answer contains: so many bytes of a text that repeats itself, so that a large answer takes no more memory than
//! a small one.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::LazyLock;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

/// The alphabet over and over.
static LETTERS: LazyLock<Bytes> = LazyLock::new(|| (b'a'..=b'z').cycle().take(26 * 2520).collect());

/// A body that is made piece by piece.
pub(super) struct Content {
    text: Bytes,
    left: u64,
}

impl Content {
    /// So many letters.
    pub fn letters(count: u64) -> Self {
        Self { text: LETTERS.clone(), left: count }
    }
}

impl From<Bytes> for Content {
    fn from(text: Bytes) -> Self {
        Self { left: text.len() as u64, text }
    }
}

impl Body for Content {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let count = usize::try_from(self.left).map_or(self.text.len(), |left| left.min(self.text.len()));
        self.left -= count as u64;
        Poll::Ready(Some(Ok(Frame::data(self.text.slice(..count)))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    #[tokio::test]
    async fn letters_go_on_from_piece_to_piece() {
        let text = Content::letters(200_000).collect().await.unwrap().to_bytes();
        assert_eq!(text.len(), 200_000);
        assert!(text.iter().zip((b'a'..=b'z').cycle()).all(|(letter, expected)| *letter == expected));
    }
}
