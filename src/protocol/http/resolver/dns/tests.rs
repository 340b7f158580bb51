use proptest::prelude::*;
use tokio::net::TcpListener;

use super::*;

/// An answer to a question for `a.test` with these records: kind and data.
fn answer(flags: [u8; 2], records: &[(u16, &[u8])]) -> Vec<u8> {
    let mut answer = query(7, "a.test", A).unwrap();
    answer[2..4].copy_from_slice(&flags);
    answer[7] = records.len() as u8;
    for (kind, data) in records {
        answer.extend_from_slice(&[0xc0, 12]);
        answer.extend_from_slice(&kind.to_be_bytes());
        answer.extend_from_slice(&[0, 1, 0, 0, 0, 60, 0, data.len() as u8]);
        answer.extend_from_slice(data);
    }
    answer
}

#[test]
fn a_question_is_for_one_name() {
    let question = query(0x0102, "ab.test.", AAAA).unwrap();
    assert_eq!(question, b"\x01\x02\x01\0\0\x01\0\0\0\0\0\0\x02ab\x04test\0\0\x1c\0\x01");
    assert!(query(1, "a..test", A).is_err());
    assert!(query(1, &"a".repeat(64), A).is_err());
}

#[test]
fn addresses_are_found_among_other_records() {
    let sixth = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6];
    let answer = answer([0x81, 0x80], &[(5, b"\x01b\0"), (A, &[10, 0, 0, 1]), (16, b"\x02hi"), (AAAA, &sixth)]);
    let found: Vec<_> = read_answer(&answer).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(found, ["10.0.0.1", "::6"]);
}

#[test]
fn refusals_are_told_apart() {
    let check = |code: u8, reason: &str| {
        assert_eq!(read_answer(&answer([0x81, 0x80 | code], &[])).unwrap_err().to_string(), reason);
    };
    check(3, "Name or service not known");
    check(2, "Temporary failure in name resolution");
}

#[tokio::test]
async fn a_cut_answer_is_asked_for_again_over_tcp() {
    let tcp = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = tcp.local_addr().unwrap();
    let udp = UdpSocket::bind(server).await.unwrap();
    tokio::spawn(async move {
        let mut question = [0; 512];
        loop {
            let (length, from) = udp.recv_from(&mut question).await.unwrap();
            question[2] |= 2;
            udp.send_to(&question[..length], from).await.unwrap();
            let (mut stream, _) = tcp.accept().await.unwrap();
            let length = stream.read_u16().await.unwrap();
            stream.read_exact(&mut question[..usize::from(length)]).await.unwrap();
            let answer = answer([0x81, 0x80], &[(A, &[10, 0, 0, 9])]);
            stream.write_u16(answer.len() as u16).await.unwrap();
            stream.write_all(&answer).await.unwrap();
        }
    });
    assert_eq!(ask(&[server], "a.test").await.unwrap()[0].to_string(), "10.0.0.9");
}

#[tokio::test(start_paused = true)]
async fn a_silent_server_is_not_the_last_word() {
    let silent = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let error = ask(&[silent.local_addr().unwrap()], "a.test").await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::TimedOut);
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(answer: Vec<u8>) {
        let _ = read_answer(&answer);
        let _ = is_cut(&answer);
    }
}
