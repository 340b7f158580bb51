//! Asks given DNS servers for addresses (RFC 1035): UDP first, TCP where an answer was cut off.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;

/// How long one server has for its answer, and how often all are asked.
const PATIENCE: Duration = Duration::from_secs(2);
const ROUNDS: usize = 2;

/// The kinds of records that are addresses.
const A: u16 = 1;
const AAAA: u16 = 28;

/// The addresses of a host, from the first server that answers.
pub(super) async fn ask(servers: &[SocketAddr], host: &str) -> io::Result<Vec<IpAddr>> {
    let mut failure = io::Error::from(io::ErrorKind::NotFound);
    for server in servers.iter().cycle().take(servers.len() * ROUNDS) {
        match ask_one(*server, host).await {
            Ok(addresses) if addresses.is_empty() => {
                return Err(io::Error::other("No address associated with hostname"));
            }
            Ok(addresses) => return Ok(addresses),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(error),
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

async fn ask_one(server: SocketAddr, host: &str) -> io::Result<Vec<IpAddr>> {
    let mut addresses = ask_for(A, server, host).await?;
    match ask_for(AAAA, server, host).await {
        Ok(more) => addresses.extend(more),
        Err(error) if addresses.is_empty() => return Err(error),
        Err(_) => {}
    }
    Ok(addresses)
}

async fn ask_for(kind: u16, server: SocketAddr, host: &str) -> io::Result<Vec<IpAddr>> {
    let query = query(rand::random(), host, kind)?;
    let answer = timeout(PATIENCE, over_udp(server, &query)).await??;
    if is_cut(&answer) {
        return read_answer(&timeout(PATIENCE, over_tcp(server, &query)).await??);
    }
    read_answer(&answer)
}

async fn over_udp(server: SocketAddr, query: &[u8]) -> io::Result<Vec<u8>> {
    let any: IpAddr = if server.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind((any, 0)).await?;
    socket.connect(server).await?;
    socket.send(query).await?;
    let mut answer = vec![0; 4096];
    loop {
        let length = socket.recv(&mut answer).await?;
        // Anything else is an answer to somebody else's question.
        if length >= 12 && answer[..2] == query[..2] {
            answer.truncate(length);
            return Ok(answer);
        }
    }
}

async fn over_tcp(server: SocketAddr, query: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(server).await?;
    let length = u16::try_from(query.len()).map_err(io::Error::other)?;
    stream.write_all(&[&length.to_be_bytes(), query].concat()).await?;
    let mut answer = vec![0; usize::from(stream.read_u16().await?)];
    stream.read_exact(&mut answer).await?;
    Ok(answer)
}

/// A question for records of one kind.
fn query(id: u16, host: &str, kind: u16) -> io::Result<Vec<u8>> {
    let mut query = id.to_be_bytes().to_vec();
    // Recursion desired; one question.
    query.extend_from_slice(&[1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    for label in host.trim_end_matches('.').split('.') {
        let length = u8::try_from(label.len()).ok().filter(|length| (1..=63).contains(length));
        query.push(length.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?);
        query.extend_from_slice(label.as_bytes());
    }
    query.push(0);
    query.extend_from_slice(&kind.to_be_bytes());
    query.extend_from_slice(&[0, 1]);
    Ok(query)
}

fn is_cut(answer: &[u8]) -> bool {
    answer.get(2).is_some_and(|flags| flags & 2 != 0)
}

/// The addresses in an answer, whatever names they belong to: aliases were followed by the server.
fn read_answer(answer: &[u8]) -> io::Result<Vec<IpAddr>> {
    let malformed = || io::Error::other("malformed DNS answer");
    match answer.get(3).ok_or_else(malformed)? & 15 {
        0 => {}
        3 => return Err(io::Error::new(io::ErrorKind::NotFound, "Name or service not known")),
        _ => return Err(io::Error::other("Temporary failure in name resolution")),
    }
    read_records(answer).ok_or_else(malformed)
}

fn read_records(answer: &[u8]) -> Option<Vec<IpAddr>> {
    let mut position = 12;
    for _ in 0..word(answer, 4)? {
        position = after_name(answer, position)? + 4;
    }
    let mut addresses = Vec::new();
    for _ in 0..word(answer, 6)? {
        position = after_name(answer, position)?;
        let (kind, length) = (word(answer, position)?, usize::from(word(answer, position + 8)?));
        let data = answer.get(position + 10..position + 10 + length)?;
        position += 10 + length;
        match kind {
            A => addresses.push(IpAddr::from(<[u8; 4]>::try_from(data).ok()?)),
            AAAA => addresses.push(IpAddr::from(<[u8; 16]>::try_from(data).ok()?)),
            _ => {}
        }
    }
    Some(addresses)
}

fn word(bytes: &[u8], position: usize) -> Option<u16> {
    Some(u16::from_be_bytes([*bytes.get(position)?, *bytes.get(position + 1)?]))
}

/// Where a name ends: after an empty label, or after a pointer to the rest of it.
fn after_name(bytes: &[u8], mut position: usize) -> Option<usize> {
    loop {
        match usize::from(*bytes.get(position)?) {
            0 => return Some(position + 1),
            pointer if pointer >= 192 => return Some(position + 2),
            length => position += length + 1,
        }
    }
}

#[cfg(test)]
mod tests;
