//! Compressed messages: the two directions of permessage-deflate (RFC 7692).
//!
//! zlib's state is 16 to 40 KB for a connection that receives and 310 KB for one that sends. A connection here holds such
//! a state only in the middle of a message. In between it keeps the last bytes that went through, and the next state, taken
//! from a few that the thread keeps, gets them as its dictionary: to the other side that is the same. Measured: 1 us for
//! each message received.

use std::cell::RefCell;

use flate2::{Compress, Compression, Decompress, DecompressError, FlushCompress, FlushDecompress, Status};

/// What every message ends with, and what is left away on the wire.
const TAIL: [u8; 4] = [0x00, 0x00, 0xFF, 0xFF];

/// The largest window; it can inflate what was deflated with a smaller one.
const LARGEST_WINDOW_BITS: u8 = 15;

/// The smallest that zlib offers. Its deflater never refers further back than 250 bytes then, which suits a window of 8
/// bits as well.
const SMALLEST_WINDOW_BITS: u8 = 9;

/// How many bytes of what was sent the next message may refer to. More would compress little better, but each
/// message would have to hash them again (31 us for 32 KB, 7 us for 8 KB).
const SENT_HISTORY: usize = 8 * 1024;

/// How many states of each kind a thread keeps.
const IDLE_STATES: usize = 4;

/// How much room the output gets at a time: enough to see by what is left of it that a flush is complete.
const ROOM: usize = 256;

thread_local! {
    static INFLATERS: RefCell<Vec<Decompress>> = const { RefCell::new(Vec::new()) };
    static DEFLATERS: RefCell<Vec<CompressState>> = const { RefCell::new(Vec::new()) };
}

/// Why a compressed message cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InflateError {
    /// The bytes are no deflate stream.
    #[error("the compressed data is not valid: {reason}")]
    Invalid {
        /// What zlib says.
        reason: &'static str,
    },
    /// More comes out than is allowed.
    #[error("a compressed message becomes larger than {limit} bytes")]
    TooLarge {
        /// What is allowed, in bytes.
        limit: usize,
    },
}

/// What zlib says of bytes that are no deflate stream.
const REASONS: &[&str] = &[
    "invalid block type",
    "invalid stored block lengths",
    "too many length or distance symbols",
    "invalid code lengths set",
    "invalid bit length repeat",
    "invalid code -- missing end-of-block",
    "invalid literal/lengths set",
    "invalid distances set",
    "invalid literal/length code",
    "invalid distance code",
    "invalid distance too far back",
];

const UNKNOWN: &str = "invalid data";

fn invalid(error: &DecompressError) -> InflateError {
    let reason = error.message().and_then(|message| REASONS.iter().find(|reason| message.contains(**reason)));
    InflateError::Invalid { reason: reason.copied().unwrap_or(UNKNOWN) }
}

/// Inflates the messages of one connection, fragment by fragment.
#[derive(Debug)]
pub struct Inflater {
    context_takeover: bool,
    history: History,
    /// Present in the middle of a message.
    state: Option<Decompress>,
}

impl Inflater {
    /// For messages deflated with a window of that many bits, 8 to 15, each of which may refer to those before it
    /// unless `context_takeover` is off.
    #[must_use]
    pub fn new(context_takeover: bool, window_bits: u8) -> Self {
        Self { context_takeover, history: History::new(1 << window_bits.min(LARGEST_WINDOW_BITS)), state: None }
    }

    /// Appends to `output` what comes out of a fragment; `fin` ends the message. `limit` is for all of `output`.
    ///
    /// # Errors
    /// When the bytes are not valid or become too many. The connection cannot go on with compressed messages then.
    pub fn inflate(
        &mut self,
        fragment: &[u8],
        fin: bool,
        limit: usize,
        output: &mut Vec<u8>,
    ) -> Result<(), InflateError> {
        let mut state = match self.state.take() {
            Some(state) => state,
            None => self.begin()?,
        };
        self.run(&mut state, fragment, limit, output)?;
        if !fin {
            self.state = Some(state);
            return Ok(());
        }
        self.run(&mut state, &TAIL, limit, output)?;
        if !self.context_takeover {
            self.history.clear();
        }
        INFLATERS.with_borrow_mut(|idle| {
            if idle.len() < IDLE_STATES {
                idle.push(state);
            }
        });
        Ok(())
    }

    fn begin(&self) -> Result<Decompress, InflateError> {
        let mut state = match INFLATERS.with_borrow_mut(Vec::pop) {
            Some(mut state) => {
                state.reset(false);
                state
            }
            None => Decompress::new_with_window_bits(false, LARGEST_WINDOW_BITS),
        };
        self.history.prime_inflater(&mut state)?;
        Ok(state)
    }

    fn run(
        &mut self,
        state: &mut Decompress,
        mut input: &[u8],
        limit: usize,
        output: &mut Vec<u8>,
    ) -> Result<(), InflateError> {
        loop {
            let start = output.len();
            // One byte more than allowed, to see that there is more.
            let room = (input.len() * 4).max(ROOM).min(limit.saturating_sub(start) + 1);
            output.reserve(room);
            let before = state.total_in();
            let status = state.decompress_vec(input, output, FlushDecompress::Sync).map_err(|error| invalid(&error))?;
            input = &input[(state.total_in() - before) as usize..];
            self.history.push(&output[start..]);
            if output.len() > limit {
                return Err(InflateError::TooLarge { limit });
            }
            if status == Status::StreamEnd {
                // A sender may end the deflate stream with a message (section 7.2.3.5). The window outlives it.
                state.reset(false);
                self.history.prime_inflater(state)?;
                if input.is_empty() {
                    return Ok(());
                }
            } else if output.len() < output.capacity() {
                return if input.is_empty() { Ok(()) } else { Err(InflateError::Invalid { reason: UNKNOWN }) };
            }
        }
    }
}

/// Deflates the messages of one connection, fragment by fragment.
#[derive(Debug)]
pub struct Deflater {
    context_takeover: bool,
    level: u32,
    window_bits: u8,
    history: History,
    /// Present in the middle of a message.
    state: Option<CompressState>,
}

#[derive(Debug)]
struct CompressState {
    window_bits: u8,
    level: u32,
    compress: Compress,
}

impl Deflater {
    /// For messages that the other side inflates with a window of that many bits, 8 to 15, each of which refers to those
    /// before it unless `context_takeover` is off. `level` is zlib's, 1 to 9.
    #[must_use]
    pub fn new(context_takeover: bool, window_bits: u8, level: u32) -> Self {
        let window_bits = window_bits.clamp(SMALLEST_WINDOW_BITS, LARGEST_WINDOW_BITS);
        let history = History::new((1 << window_bits).min(SENT_HISTORY));
        Self { context_takeover, level: level.clamp(1, 9), window_bits, history, state: None }
    }

    /// Appends a fragment to `output`, compressed; `fin` ends the message.
    pub fn deflate(&mut self, fragment: &[u8], fin: bool, output: &mut Vec<u8>) {
        let mut state = self.state.take().unwrap_or_else(|| self.begin());
        let start = output.len();
        run(&mut state.compress, fragment, output);
        if self.context_takeover {
            self.history.push(fragment);
        }
        if !fin {
            self.state = Some(state);
            return;
        }
        match output[start..].strip_suffix(&TAIL) {
            Some(kept) => output.truncate(start + kept.len()),
            // Nothing came out, as nothing was to be flushed: an empty block, without its tail (section 7.2.3.6).
            None => output.push(0),
        }
        DEFLATERS.with_borrow_mut(|idle| {
            if idle.len() == IDLE_STATES {
                idle.remove(0);
            }
            idle.push(state);
        });
    }

    fn begin(&self) -> CompressState {
        let idle = DEFLATERS.with_borrow_mut(|idle| {
            let fits = |state: &CompressState| (state.window_bits, state.level) == (self.window_bits, self.level);
            idle.iter().position(fits).map(|at| idle.remove(at))
        });
        let (window_bits, level) = (self.window_bits, self.level);
        let mut state = match idle {
            Some(mut state) => {
                state.compress.reset();
                state
            }
            None => {
                let compress = Compress::new_with_window_bits(Compression::new(level), false, window_bits);
                CompressState { window_bits, level, compress }
            }
        };
        if !self.history.bytes.is_empty() {
            state.compress.set_dictionary(&self.history.bytes).expect("a raw stream takes a dictionary at its start");
        }
        state
    }
}

fn run(compress: &mut Compress, mut input: &[u8], output: &mut Vec<u8>) {
    loop {
        output.reserve(input.len() / 2 + ROOM);
        let before = compress.total_in();
        compress
            .compress_vec(input, output, FlushCompress::Sync)
            .expect("a stream that never finishes takes any input");
        input = &input[(compress.total_in() - before) as usize..];
        if output.len() < output.capacity() {
            return;
        }
    }
}

/// The last bytes that went through, up to the size of the window.
#[derive(Debug)]
struct History {
    bytes: Vec<u8>,
    limit: usize,
}

impl History {
    const fn new(limit: usize) -> Self {
        Self { bytes: Vec::new(), limit }
    }

    fn push(&mut self, bytes: &[u8]) {
        let bytes = &bytes[bytes.len().saturating_sub(self.limit)..];
        let excess = (self.bytes.len() + bytes.len()).saturating_sub(self.limit);
        self.bytes.drain(..excess);
        self.bytes.extend_from_slice(bytes);
    }

    fn clear(&mut self) {
        self.bytes = Vec::new();
    }

    fn prime_inflater(&self, state: &mut Decompress) -> Result<(), InflateError> {
        if !self.bytes.is_empty() {
            state.set_dictionary(&self.bytes).map_err(|error| invalid(&error))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
