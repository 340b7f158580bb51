//! Servers that do what a test tells them, byte for byte.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::protocol::http::Route;

/// A server on a free port of the loopback. It ends when it is dropped.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

/// A connection that a client has made. It is closed when it is dropped.
pub(super) struct Caller<S = TcpStream> {
    pub(super) stream: S,
    /// Which of the server's connections it is, from 1.
    pub(super) number: usize,
}

impl Server {
    /// Calls `serve` for each connection.
    pub(super) async fn start<F, W>(serve: F) -> Self
    where
        F: Fn(Caller) -> W + Send + 'static,
        W: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = connections.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = counter.fetch_add(1, Ordering::Relaxed) + 1;
                tokio::spawn(serve(Caller { stream, number }));
            }
        });
        Self { address, connections, task }
    }

    /// Answers every request with the same bytes, in which `|` stands for CR LF and a final `$` for the end of the
    /// connection.
    pub(super) async fn answering(bytes: &str) -> Self {
        let bytes = bytes.replace('|', "\r\n");
        Self::start(move |mut caller| {
            let bytes = bytes.clone();
            async move {
                while caller.request().await.is_some() {
                    caller.send(bytes.trim_end_matches('$')).await;
                    if bytes.ends_with('$') {
                        return;
                    }
                }
            }
        })
        .await
    }

    /// Answers every request with the request itself.
    pub(super) async fn echo() -> Self {
        Self::start(|mut caller| async move {
            while let Some(request) = caller.request().await {
                caller.answer(&request).await;
            }
        })
        .await
    }

    pub(super) fn route(&self) -> Arc<Route> {
        Arc::new(Route::plain(self.address.ip().to_string(), self.address.port()))
    }

    /// How many connections were made so far.
    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Caller<S> {
    /// Reads a head and as much body as its `Content-Length` says. `None` at the end of the connection.
    pub(super) async fn request(&mut self) -> Option<String> {
        let head = self.head().await?;
        let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")?.parse().ok()).unwrap_or(0);
        Some(head + &self.bytes(length).await?)
    }

    /// Reads a head.
    pub(super) async fn head(&mut self) -> Option<String> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(self.stream.read_u8().await.ok()?);
        }
        Some(String::from_utf8(head).unwrap())
    }

    /// Reads so many bytes.
    pub(super) async fn bytes(&mut self, length: usize) -> Option<String> {
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes).await.ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    pub(super) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        // The client may have gone, which is the client's business.
        let _ = self.stream.write_all(bytes.as_ref()).await;
        let _ = self.stream.flush().await;
    }

    /// Sends a simple response with that body.
    pub(super) async fn answer(&mut self, body: &str) {
        self.send(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len())).await;
    }
}

impl Caller {
    /// Breaks the connection off.
    pub(super) fn reset(self) {
        self.stream.set_zero_linger().unwrap();
    }
}
