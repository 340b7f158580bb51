//! How a run is stopped from outside: by signals, and by JMeter's own commands on a UDP port.

use std::io::{self, Write};
use std::net::{Ipv4Addr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use tokio::signal::unix::{SignalKind, signal};

use super::console::Console;
use super::{complain, exit_code};
use crate::engine::Workers;
use crate::model::{Properties, Run, Stop};

/// What may stop a run.
pub(super) struct Stops {
    signalled: Arc<AtomicU8>,
}

impl Stops {
    /// Listens from now on.
    pub(super) fn listen(run: &Arc<Run>, workers: &Workers, console: &mut Console) -> Self {
        let signalled = Arc::new(AtomicU8::new(exit_code::DONE));
        let spawner = workers.spawner();
        spawner.spawn(listen_to_signals(run.clone(), signalled.clone()));
        match open_port(&run.properties) {
            Ok(Some(socket)) => {
                let port = socket.local_addr().map_or(0, |address| address.port());
                console.tell(&format!(
                    "Waiting for possible Shutdown/StopTestNow/HeapDump/ThreadDump message on port {port}"
                ));
                spawner.spawn(listen_to_commands(run.clone(), socket, console.writer()));
            }
            Ok(None) => {}
            Err(_) => console.tell("Failed to create UDP port"),
        }
        Self { signalled }
    }

    /// The exit code of a run that a signal stopped; else that of one that ended by itself.
    pub(super) fn exit_code(&self) -> u8 {
        self.signalled.load(Ordering::Relaxed)
    }
}

/// Ctrl-C or SIGTERM once: users finish their samples; twice: everything is interrupted.
async fn listen_to_signals(run: Arc<Run>, code: Arc<AtomicU8>) {
    let (Ok(mut interrupt), Ok(mut terminate)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return;
    };
    let graceful = (Stop::Graceful, "stopping: users finish their samples; once more to stop at once");
    for (how, text) in std::iter::once(graceful).chain(std::iter::repeat((Stop::Now, "stopping at once"))) {
        let received = tokio::select! {
            _ = interrupt.recv() => exit_code::INTERRUPTED,
            _ = terminate.recv() => exit_code::TERMINATED,
        };
        code.store(received, Ordering::Relaxed);
        complain(text, received);
        run.stop(how);
    }
}

/// The first free port from `jmeterengine.nongui.port` to `jmeterengine.nongui.maxport`, which only this machine reaches;
/// none for a port up to 1000, as in JMeter.
fn open_port(properties: &Properties) -> io::Result<Option<UdpSocket>> {
    let number = |name, default| u16::try_from(properties.integer(name, default)).unwrap_or(0);
    let first = number("jmeterengine.nongui.port", 4445);
    if first <= 1000 {
        return Ok(None);
    }
    let last = number("jmeterengine.nongui.maxport", 4455);
    let mut opened = Err(io::ErrorKind::AddrInUse.into());
    for port in first..=last {
        opened = UdpSocket::bind((Ipv4Addr::LOCALHOST, port));
        if opened.is_ok() {
            break;
        }
    }
    let socket = opened?;
    socket.set_nonblocking(true)?;
    Ok(Some(socket))
}

/// Does what JMeter's `shutdown.sh` and `stoptest.sh` send.
async fn listen_to_commands(run: Arc<Run>, socket: UdpSocket, mut console: Box<dyn Write + Send>) {
    let Ok(socket) = tokio::net::UdpSocket::from_std(socket) else { return };
    let mut say = |text: &str| {
        log::info!(target: "o.a.j.JMeter", "{text}");
        let _ = writeln!(console, "{text}").and_then(|()| console.flush());
    };
    let mut buffer = [0; 80];
    while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
        let command = String::from_utf8_lossy(&buffer[..length]);
        say(&format!("Command: {command} received from /{}", from.ip()));
        match &*command {
            "Shutdown" => run.stop(Stop::Graceful),
            "StopTestNow" => run.stop(Stop::Now),
            "HeapDump" | "ThreadDump" => say(&format!("Command: {command} is for a JVM, and there is none here")),
            _ => say(&format!("Command: {command} not recognised ")),
        }
    }
}
