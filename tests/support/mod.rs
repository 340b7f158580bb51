//! The servers that plans and tests talk to: the built-in target, in this process, with and without TLS.

use std::net::SocketAddr;
use std::sync::mpsc;

use loadline::target::{Target, TargetOptions};

/// Where the servers listen.
#[derive(Debug, Clone, Copy)]
pub struct Servers {
    plain: SocketAddr,
    tls: SocketAddr,
}

impl Servers {
    /// The JMeter properties that plans read: `server`, `port`, `tls_port`.
    pub fn properties(self) -> [(&'static str, String); 3] {
        [
            ("server", self.plain.ip().to_string()),
            ("port", self.plain.port().to_string()),
            ("tls_port", self.tls.port().to_string()),
        ]
    }
}

/// Starts the servers in a thread of their own; they end with the process.
pub fn start_servers() -> Servers {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let listen = |tls| async move {
                let options = TargetOptions { address: ([127, 0, 0, 1], 0).into(), tls };
                let target = Target::listen(&options).await.expect("a free port");
                let address = target.address().expect("an address");
                tokio::spawn(target.serve());
                address
            };
            let servers = Servers { plain: listen(false).await, tls: listen(true).await };
            tell.send(servers).expect("a listener");
            std::future::pending::<()>().await;
        });
    });
    told.recv().expect("servers")
}
