use std::pin::Pin;
use std::task::{Context, Poll};

use bson::{Document, doc};
use proptest::prelude::*;
use tokio::io::ReadBuf;

use super::*;

/// Bytes that come in pieces of these lengths, over and over, and then end.
struct Pieces {
    bytes: Vec<u8>,
    at: usize,
    lengths: Vec<usize>,
    turn: usize,
}

impl AsyncRead for Pieces {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let length = self.lengths[self.turn % self.lengths.len()];
        let end = (self.at + length.min(into.remaining())).min(self.bytes.len());
        into.put_slice(&self.bytes[self.at..end]);
        (self.at, self.turn) = (end, self.turn + 1);
        Poll::Ready(Ok(()))
    }
}

/// Reads messages until the end or the first that is wrong; what was held at most for one.
fn read_all(bytes: &[u8], lengths: Vec<usize>, is_signed_in: bool) -> (Vec<Message>, usize) {
    let mut stream = Pieces { bytes: bytes.to_vec(), at: 0, lengths, turn: 0 };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let (mut messages, mut most) = (Vec::new(), 0);
        loop {
            let mut held = 0;
            let mut hold = |bytes| {
                held += bytes;
                true
            };
            let read = read(&mut stream, is_signed_in, &mut hold).await;
            most = most.max(held);
            match read {
                Ok(Some(message)) => messages.push(message),
                Ok(None) | Err(_) => return (messages, most),
            }
        }
    })
}

fn whole(opcode: i32, body: &[u8]) -> Vec<u8> {
    let length = i32::try_from(HEADER + body.len()).unwrap();
    let mut bytes = Vec::new();
    for word in [length, 7, 0, opcode] {
        bytes.extend(word.to_le_bytes());
    }
    bytes.extend_from_slice(body);
    bytes
}

fn msg_of(flags: u32, command: &[u8]) -> Vec<u8> {
    whole(MSG, &[&flags.to_le_bytes()[..], &[0], command].concat())
}

fn query_of(name: &str, command: &[u8]) -> Vec<u8> {
    whole(QUERY, &[&[0; 4], name.as_bytes(), &[0; 9], command].concat())
}

fn ping() -> Document {
    doc! { "ping": 1, "$db": "admin", "of": [1, { "a": "b" }, []] }
}

/// One document in another, so many times.
fn nested(depth: usize) -> Vec<u8> {
    let mut inner = doc! { "$db": "admin" }.to_vec().unwrap();
    for _ in 0..depth {
        let length = i32::try_from(inner.len() + 8).unwrap();
        inner = [&length.to_le_bytes()[..], b"\x03a\0", &inner, &[0]].concat();
    }
    inner
}

#[test]
fn commands_come_by_both_transports_and_in_any_pieces() {
    let command = ping().to_vec().unwrap();
    let bytes = [msg_of(0, &command), msg_of(2, &command), query_of("shop.$cmd", &command)];
    for lengths in [vec![1], vec![usize::MAX], vec![3, 1, 40]] {
        let (messages, _) = read_all(&bytes.concat(), lengths, false);
        let seen: Vec<_> = messages
            .iter()
            .map(|m| (m.id, m.transport, m.wants_answer, m.database.as_str()))
            .collect();
        assert_eq!(
            seen,
            [
                (7, Transport::Msg, true, "admin"),
                (7, Transport::Msg, false, "admin"),
                (7, Transport::Query, true, "shop"),
            ]
        );
        assert!(messages.iter().all(|m| m.command.as_bytes() == command));
    }
}

#[test]
fn a_checksum_and_documents_beside_the_command_are_passed_over() {
    let command = ping().to_vec().unwrap();
    let checked = msg_of(CHECKSUM, &[&command[..], &[1, 2, 3, 4]].concat());
    let document = doc! { "a": 1 }.to_vec().unwrap();
    let section = [b"documents\0", &document[..]].concat();
    let length = u32::try_from(section.len() + 4).unwrap().to_le_bytes();
    let beside = msg_of(0, &[&command[..], &[1], &length, &section].concat());
    let (messages, _) = read_all(&[checked, beside].concat(), vec![9], false);
    assert_eq!(messages.len(), 2);
}

#[test]
fn what_is_no_message_is_none() {
    let command = ping().to_vec().unwrap();
    let longer = |by: i32| {
        let mut bytes = msg_of(0, &command);
        let length = i32::try_from(bytes.len()).unwrap() + by;
        bytes[..4].copy_from_slice(&length.to_le_bytes());
        bytes
    };
    let lying = |length: i32| {
        let mut bytes = msg_of(0, &command);
        bytes[..4].copy_from_slice(&length.to_le_bytes());
        bytes
    };
    let mut inner = command.clone();
    inner[..4].copy_from_slice(&1000_i32.to_le_bytes());
    let wrong = [
        longer(1),
        longer(-1),
        lying(0),
        lying(15),
        lying(-1),
        lying(i32::MAX),
        lying(i32::MIN),
        msg_of(4, &command),
        msg_of(0, &inner),
        msg_of(0, &[]),
        msg_of(0, &doc! { "ping": 1 }.to_vec().unwrap()),
        msg_of(0, &[&command[..], &command].concat()),
        msg_of(0, &[&command[..], &[0], &command].concat()),
        msg_of(0, &[&command[..], &[2]].concat()),
        msg_of(0, &[&command[..], &[1, 255, 255, 255, 255]].concat()),
        msg_of(0, &[&command[..], &[1, 0, 0, 0, 0]].concat()),
        whole(MSG, &[0, 0]),
        whole(2012, &command),
        whole(2010, &command),
        whole(0, &[]),
        query_of("shop", &command),
        query_of("shop.$cmd", &command[1..]),
        whole(QUERY, &[0; 6]),
    ];
    for bytes in wrong {
        for is_signed_in in [false, true] {
            let (messages, _) = read_all(&bytes, vec![64], is_signed_in);
            assert!(messages.is_empty(), "{bytes:?}");
        }
    }
}

#[test]
fn a_stranger_s_message_is_short() {
    let long = doc! { "a": "x".repeat(LONGEST_OF_STRANGERS), "$db": "admin" }.to_vec().unwrap();
    for (is_signed_in, read) in [(false, 0), (true, 1)] {
        assert_eq!(read_all(&msg_of(0, &long), vec![4096], is_signed_in).0.len(), read);
    }
}

#[test]
fn documents_are_nested_as_deep_as_may_be_and_no_deeper() {
    for (depth, read) in [(1, 1), (99, 1), (100, 0), (101, 0), (5_000, 0), (200_000, 0)] {
        // The database stands outermost.
        let mut bytes = nested(depth);
        let database = b"\x02$db\0\x06\0\0\0admin\0";
        let length = i32::try_from(bytes.len() + database.len()).unwrap();
        bytes.splice(4..4, database.iter().copied());
        bytes[..4].copy_from_slice(&length.to_le_bytes());
        let (messages, _) = read_all(&msg_of(0, &bytes), vec![1 << 20], true);
        assert_eq!(messages.len(), read, "{depth}");
        // What has passed can be converted.
        assert!(messages.iter().all(|m| Document::try_from(m.command.as_ref()).is_ok()));
    }
}

#[test]
fn what_is_announced_takes_no_memory_and_who_finds_no_room_is_refused() {
    let announced = [&47_000_000_i32.to_le_bytes()[..], &[0; 8], &MSG.to_le_bytes(), &[0; 5]];
    let (messages, held) = read_all(&announced.concat(), vec![64], true);
    assert!(messages.is_empty());
    assert!(held <= PIECE, "{held}");
    // Many small elements take more than their bytes when they are converted.
    let many: Document = (0..10_000).map(|n| (n.to_string(), 1.into())).collect();
    let mut many = many;
    many.insert("$db", "admin");
    let bytes = msg_of(0, &many.to_vec().unwrap());
    let (messages, held) = read_all(&bytes, vec![4096], true);
    assert_eq!(messages.len(), 1);
    assert!(held > 10 * bytes.len(), "{held} for {}", bytes.len());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let refused = runtime.block_on(async {
        let mut left = bytes.len() * 2;
        let mut hold = |bytes| {
            let fits = bytes <= left;
            left -= if fits { bytes } else { 0 };
            fits
        };
        read(&mut &bytes[..], true, &mut hold).await
    });
    assert_eq!(refused.unwrap_err().kind(), io::ErrorKind::OutOfMemory);
}

#[tokio::test(start_paused = true)]
async fn a_message_has_a_time_limit_and_silence_has_none() {
    let (mut client, mut server) = tokio::io::duplex(64);
    let mut hold = |_| true;
    let silent = timeout(PATIENCE * 100, read(&mut server, false, &mut hold)).await;
    assert!(silent.is_err());
    tokio::io::AsyncWriteExt::write_all(&mut client, &[1]).await.unwrap();
    let begun = tokio::time::Instant::now();
    let slow = read(&mut server, false, &mut hold).await;
    assert!(slow.unwrap_err().to_string().contains("too long"));
    assert_eq!(begun.elapsed().as_secs(), PATIENCE_WITH_STRANGERS.as_secs());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_bytes_are_read_to_an_end(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        lengths in prop::collection::vec(1_usize..50, 1..4),
        is_signed_in: bool,
    ) {
        let (_, held) = read_all(&bytes, lengths, is_signed_in);
        prop_assert!(held <= PIECE + bytes.len() * 200);
    }

    /// Messages that are right but for a few bytes, and cut anywhere.
    #[test]
    fn spoiled_messages_are_read_to_an_end(
        spoiled in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        cut in any::<prop::sample::Index>(),
        lengths in prop::collection::vec(1_usize..50, 1..4),
        is_signed_in: bool,
    ) {
        let command = ping().to_vec().unwrap();
        let mut bytes = [msg_of(0, &command), query_of("a.$cmd", &command), msg_of(1, &command)].concat();
        for (at, byte) in spoiled {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        let (messages, held) = read_all(&bytes, lengths, is_signed_in);
        prop_assert!(held <= PIECE + bytes.len() * 200, "{}", held);
        for message in messages {
            prop_assert!(Document::try_from(message.command.as_ref()).is_ok());
        }
    }
}
