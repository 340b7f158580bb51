//! The fuzzing server's protocol: everything is asked for by opening a WebSocket.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use loadline::protocol::websocket::{
    Client, ClientOptions, ClientRequest, ConnectTimeouts, DeflateOffer, Ending, Endpoint, Message, Stream,
};
use tokio::time::timeout;
use url::Url;

/// Connections to the server get this long.
const CONNECT: Duration = Duration::from_secs(20);

pub struct Suite {
    endpoint: Arc<Endpoint>,
    agent: String,
    case_limit: Duration,
}

impl Suite {
    pub fn new(server: &Url, agent: &str, case_limit: Duration) -> anyhow::Result<Self> {
        if server.scheme() != "ws" {
            bail!("{server}: expected a URL that begins with ws://");
        }
        let host = server.host_str().context("the server's URL has no host")?.to_owned();
        let port = server.port().unwrap_or(80);
        let endpoint = Endpoint { host, port, addresses: Vec::new(), tls: None, proxy: None };
        Ok(Self { endpoint: Arc::new(endpoint), agent: agent.to_owned(), case_limit })
    }

    pub async fn case_count(&self) -> anyhow::Result<usize> {
        Ok(self.ask("/getCaseCount").await?.parse()?)
    }

    pub async fn case_id(&self, number: usize) -> anyhow::Result<String> {
        self.ask_field(&format!("/getCaseInfo?case={number}"), "id").await
    }

    /// The server's judgement of a case that was run.
    pub async fn verdict(&self, number: usize) -> anyhow::Result<String> {
        self.ask_field(&format!("/getCaseStatus?case={number}&agent={}", self.agent), "behavior").await
    }

    pub async fn write_reports(&self) -> anyhow::Result<()> {
        let mut client = self.open(&format!("/updateReports?agent={}", self.agent), None).await?;
        while client.read().await.is_ok() {}
        Ok(())
    }

    /// Echoes what the server sends, until it has seen enough. Tells how that ended.
    pub async fn run_case(&self, number: usize) -> anyhow::Result<String> {
        let target = format!("/runCase?case={number}&agent={}", self.agent);
        let mut client = self.open(&target, Some(DeflateOffer::default())).await?;
        match timeout(self.case_limit, echo(&mut client)).await {
            Ok(ending) => Ok(ending.to_string()),
            Err(_) => Ok(format!("given up after {} s", self.case_limit.as_secs())),
        }
    }

    async fn ask_field(&self, target: &str, field: &str) -> anyhow::Result<String> {
        let answer: serde_json::Value = serde_json::from_str(&self.ask(target).await?)?;
        let text = answer[field].as_str().with_context(|| format!("{target}: no {field} in {answer}"))?;
        Ok(text.to_owned())
    }

    async fn ask(&self, target: &str) -> anyhow::Result<String> {
        let mut client = self.open(target, None).await?;
        match client.read().await? {
            Message::Text(text) => Ok(text),
            Message::Binary(_) => bail!("{target}: expected a text"),
        }
    }

    async fn open(&self, target: &str, deflate: Option<DeflateOffer>) -> anyhow::Result<Client<Stream>> {
        let request = ClientRequest { target: target.to_owned(), deflate, ..ClientRequest::default() };
        let timeouts = ConnectTimeouts { connect: Some(CONNECT), read: Some(CONNECT) };
        let opened = Client::open(&self.endpoint, &request, timeouts, ClientOptions::default()).await;
        Ok(opened.with_context(|| target.to_owned())?.0)
    }
}

async fn echo(client: &mut Client<Stream>) -> Ending {
    loop {
        let sent = match client.read().await {
            Ok(Message::Text(text)) => client.send_text(&text).await,
            Ok(Message::Binary(bytes)) => client.send_binary(&bytes).await,
            Err(ending) => return ending,
        };
        if let Err(ending) = sent {
            return ending;
        }
    }
}
