use tokio::net::UdpSocket;
use tokio::time::advance;

use super::*;

async fn addresses(resolver: &Resolver, host: &str) -> Result<Vec<String>, String> {
    let addresses = resolver.addresses(&Arc::from(host)).await;
    addresses
        .map(|addresses| addresses.iter().map(ToString::to_string).collect())
        .map_err(|error| format!("{error}{}", if error.is_remembered { ", remembered" } else { "" }))
}

#[tokio::test]
async fn addresses_need_no_look_up() {
    for (host, address) in [("127.0.0.1", "127.0.0.1"), ("::1", "::1"), ("[::1]", "::1")] {
        assert_eq!(addresses(&Resolver::default(), host).await, Ok(vec![address.to_owned()]));
    }
}

#[tokio::test]
async fn the_own_table_comes_first() {
    let resolver = Resolver::default()
        .with_host("one.test", vec!["10.0.0.2".into(), "10.0.0.1".into()])
        .with_host("other.test", vec!["localhost".into(), "[::2]".into()])
        .with_host("none.test", Vec::new());
    assert_eq!(addresses(&resolver, "one.test").await.unwrap(), ["10.0.0.2", "10.0.0.1"]);
    let other = addresses(&resolver, "other.test").await.unwrap();
    assert_eq!((other[0].as_str(), other.last().unwrap().as_str()), ("127.0.0.1", "::2"));
    assert_eq!(addresses(&resolver, "none.test").await, Ok(Vec::new()));
}

#[test]
fn ipv4_comes_before_ipv6() {
    let given = ["::1", "10.0.0.1", "::1", "10.0.0.2"].map(|text| text.parse().unwrap());
    let ordered: Vec<_> = in_order(given.into()).iter().map(ToString::to_string).collect();
    assert_eq!(ordered, ["10.0.0.1", "10.0.0.2", "::1"]);
}

#[test]
fn the_reason_is_the_system_s_own() {
    let error = io::Error::other("failed to lookup address information: Name or service not known");
    assert_eq!(reason(&error), "Name or service not known");
    assert_eq!(reason(&io::Error::other("else")), "else");
}

/// A DNS server that knows names that begin with `a`: its n-th answer is 10.0.0.n.
async fn server() -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut question, mut count) = ([0; 512], 0);
        while let Ok((length, from)) = socket.recv_from(&mut question).await {
            let question = &question[..length];
            let (is_known, is_ipv4) = (question[13] == b'a', question[length - 3] == 1);
            let answers = u8::from(is_known && is_ipv4);
            let mut answer = question[..2].to_vec();
            answer.extend_from_slice(&[0x81, if is_known { 0x80 } else { 0x83 }, 0, 1, 0, answers, 0, 0, 0, 0]);
            answer.extend_from_slice(&question[12..]);
            if answers > 0 {
                count += 1;
                answer.extend_from_slice(&[0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 0, 0, count]);
            }
            socket.send_to(&answer, from).await.unwrap();
        }
    });
    address
}

#[tokio::test]
async fn answers_are_kept_for_a_while() {
    let resolver = Resolver::default().with_servers(vec![server().await]);
    tokio::time::pause();
    assert_eq!(addresses(&resolver, "a.test").await.unwrap(), ["10.0.0.1"]);
    assert_eq!(addresses(&resolver, "a.test").await.unwrap(), ["10.0.0.1"]);
    advance(Duration::from_secs(31)).await;
    assert_eq!(addresses(&resolver, "a.test").await.unwrap(), ["10.0.0.2"]);
    resolver.clear();
    assert_eq!(addresses(&resolver, "a.test").await.unwrap(), ["10.0.0.3"]);
}

#[tokio::test]
async fn failures_are_kept_for_a_shorter_while() {
    let resolver = Resolver::default().with_servers(vec![server().await]);
    tokio::time::pause();
    let failure = "b.test: Name or service not known".to_owned();
    assert_eq!(addresses(&resolver, "b.test").await, Err(failure.clone()));
    assert_eq!(addresses(&resolver, "b.test").await, Err(format!("{failure}, remembered")));
    advance(Duration::from_secs(11)).await;
    assert_eq!(addresses(&resolver, "b.test").await, Err(failure));
}

#[tokio::test]
async fn many_users_wait_for_one_look_up() {
    let resolver = Resolver::default().with_servers(vec![server().await]);
    let all = futures_util::future::join_all((0..50).map(|_| addresses(&resolver, "a.test"))).await;
    assert!(all.iter().all(|found| *found == Ok(vec!["10.0.0.1".to_owned()])));
}
