//! Sending a text and waiting for the response.

use std::time::Duration;

use bytes::Bytes;
use tokio::time::{Instant, sleep_until};

use super::conversation::{Conversation, Heard};
use crate::elements::samplers::websocket::received_frame::FrameKind;
use crate::elements::samplers::websocket::{Failure, OpenConnection, ReceivedFrame};
use crate::java::Charset;
use crate::model::SampleResult;
use crate::protocol::websocket::{ClosePayload, Opcode, Wait};

/// The reason in the sampler's close frames.
pub(super) const GOODBYE: &str = "JMeter closed session.";

/// A connection, if there is one, and what was said on it.
pub(super) struct Talk {
    pub connection: Option<Box<OpenConnection>>,
    pub conversation: Conversation,
}

/// What a sample needs to know.
pub(super) struct Plan {
    pub payload: String,
    /// Milliseconds.
    pub connect_for: i32,
    /// Milliseconds.
    pub wait_for: i32,
    pub streams: bool,
    pub id: String,
    /// How many messages are remembered.
    pub backlog: usize,
    pub clears_backlog: bool,
}

impl Talk {
    /// Takes what came since the last sample: it is remembered, and nobody waits for it.
    pub async fn catch_up(&mut self, backlog: usize) {
        while let Some(connection) = &mut self.connection {
            match connection.receive(Wait::Until(Instant::now())).await {
                Ok(frame) => drop(self.hear(&frame, backlog).await),
                Err(Failure::TimedOut) => return,
                Err(failure) => self.lose(&failure),
            }
        }
    }

    /// Sends, waits, and closes what is not kept; or says what went wrong.
    pub async fn go_on(&mut self, plan: &Plan) -> Result<(), String> {
        if !plan.payload.is_empty() {
            let Some(connection) = &mut self.connection else { return Err("Unexpected error: null".to_owned()) };
            let sent = connection.send(Opcode::TEXT, plan.payload.as_bytes()).await;
            sent.map_err(|failure| format!("IO Exception: {}", failure.message()))?;
        }
        self.conversation.note(&format!("Waiting for messages for {} MILLISECONDS", plan.wait_for));
        let deadline = Instant::now() + Duration::from_millis(u64::try_from(plan.wait_for).unwrap_or(0));
        self.wait(deadline, plan.backlog).await;
        if plan.streams {
            self.conversation.note("Leaving streaming connection open");
        } else {
            self.close().await;
        }
        Ok(())
    }

    /// Waits for the response, or for the end.
    async fn wait(&mut self, deadline: Instant, backlog: usize) {
        loop {
            let Some(connection) = &mut self.connection else {
                // Without a connection there is nothing to hear, and the plugin listens all the same.
                if self.conversation.error.is_none() {
                    sleep_until(deadline).await;
                }
                return;
            };
            match connection.receive(Wait::Until(deadline)).await {
                Ok(frame) => {
                    if self.hear(&frame, backlog).await {
                        return;
                    }
                }
                Err(Failure::TimedOut) => return,
                Err(failure) => return self.lose(&failure),
            }
        }
    }

    /// Takes a frame, and says whether it is what was waited for.
    async fn hear(&mut self, frame: &ReceivedFrame, backlog: usize) -> bool {
        let heard = self.conversation.hear(frame, backlog);
        if frame.kind == FrameKind::Close {
            let reason = frame.close().1.unwrap_or_default();
            self.conversation.closed_by_server(frame.close_code().0, &reason);
            if let Some(mut connection) = self.connection.take() {
                // The server gets its code back; if that fails, it was gone already.
                let _ = connection.send(Opcode::CLOSE, frame.payload.get(..2).unwrap_or_default()).await;
            }
            return true;
        }
        if heard == Heard::Disconnect {
            self.close().await;
        }
        heard != Heard::Nothing
    }

    /// The connection ended without a close frame.
    fn lose(&mut self, failure: &Failure) {
        self.connection = None;
        self.conversation.closed_by_server(1006, &failure.message());
    }

    async fn close(&mut self) {
        match self.connection.take() {
            Some(mut connection) => {
                let _ = connection.send(Opcode::CLOSE, &ClosePayload::write(1000, GOODBYE)).await;
                self.conversation.note("WebSocket session closed by the client");
            }
            None if self.conversation.was_open => self.conversation.note("WebSocket session closed by the client"),
            None => self.conversation.note("WebSocket session wasn't started (...that's odd)"),
        }
        self.conversation.note("WebSocket client closed by the client");
    }

    /// Says in a result what came of it.
    pub fn tell(&self, encoding: &str, result: &mut SampleResult) {
        let charset = Charset::named(encoding).unwrap_or(Charset::UTF_8);
        result.response_data = Bytes::from(charset.encode(&self.conversation.response()));
        match self.conversation.error {
            Some(status) => result.response_code = status.to_string().into(),
            None => result.response_code = "200".into(),
        }
    }
}
