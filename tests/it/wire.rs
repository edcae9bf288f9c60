//! A client that speaks MongoDB's wire protocol (`OP_MSG`) and SCRAM-SHA-256, written apart from the
//! server: as little of it as tests need.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::num::NonZeroU32;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bson::spec::BinarySubtype;
use bson::{Binary, Bson, Document, doc};
use ring::{digest, hmac, pbkdf2};

/// What the client waits for at most.
const PATIENCE: Duration = Duration::from_secs(30);
/// `OP_MSG`.
const MSG: i32 = 2013;

/// Anything that a connection runs over.
pub trait Stream: Read + Write + Send {}

impl<T: Read + Write + Send> Stream for T {}

/// A connection.
pub struct Wire {
    stream: Box<dyn Stream>,
    last: i32,
}

impl Wire {
    /// A plain connection.
    pub fn connect(address: SocketAddr) -> Wire {
        let stream = TcpStream::connect(address).expect("a listener");
        Wire::over(limited(stream))
    }

    /// A connection over anything else, such as TLS.
    pub fn over(stream: impl Stream + 'static) -> Wire {
        Wire { stream: Box::new(stream), last: 0 }
    }

    /// A plain connection of somebody who has signed in.
    pub fn signed_in(address: SocketAddr, user: &str, password: &str) -> Wire {
        let mut wire = Wire::connect(address);
        let answer = wire.sign_in(user, password);
        assert_eq!(ok(&answer), 1.0, "{answer}");
        wire
    }

    /// Signs in by SCRAM-SHA-256; the last answer, which may be a refusal.
    pub fn sign_in(&mut self, user: &str, password: &str) -> Document {
        let nonce = STANDARD.encode(format!("{:p}{user}{}", &raw const self.last, self.last));
        let escaped = user.replace('=', "=3D").replace(',', "=2C");
        let bare = format!("n={escaped},r={nonce}");
        let answer = self.run(doc! {
            "saslStart": 1, "mechanism": "SCRAM-SHA-256", "payload": binary(&format!("n,,{bare}")),
            "autoAuthorize": 1, "options": { "skipEmptyExchange": true },
        });
        if ok(&answer) != 1.0 {
            return answer;
        }
        let server_first = text(&answer, "payload");
        let (last, signature) = client_final(&bare, &server_first, password);
        let id = answer.get("conversationId").expect("a conversation").clone();
        let answer =
            self.run(doc! { "saslContinue": 1, "conversationId": id, "payload": binary(&last) });
        if ok(&answer) == 1.0 {
            assert_eq!(
                text(&answer, "payload"),
                format!("v={signature}"),
                "the server's own proof"
            );
            assert!(answer.get_bool("done").expect("whether it is done"), "{answer}");
        }
        answer
    }

    /// Runs a command on `admin`, and returns what it is answered with.
    pub fn run(&mut self, command: Document) -> Document {
        self.run_on("admin", command)
    }

    /// Runs a command on a database.
    pub fn run_on(&mut self, database: &str, command: Document) -> Document {
        self.try_run_on(database, command).expect("the connection is open")
    }

    /// Runs a command on `admin`; fails if the connection is closed before the answer.
    pub fn try_run(&mut self, command: Document) -> io::Result<Document> {
        self.try_run_on("admin", command)
    }

    fn try_run_on(&mut self, database: &str, mut command: Document) -> io::Result<Document> {
        command.insert("$db", database);
        self.send(&message(self.last + 1, 0, &command))?;
        self.last += 1;
        let (to, answer) = self.receive()?;
        assert_eq!(to, self.last, "the answer is that to another message");
        Ok(answer)
    }

    /// Sends any bytes.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)?;
        self.stream.flush()
    }

    /// The next answer, and the message that it is to.
    pub fn receive(&mut self) -> io::Result<(i32, Document)> {
        let mut header = [0; 16];
        self.stream.read_exact(&mut header)?;
        let word = |at: usize| i32::from_le_bytes(header[at..at + 4].try_into().expect("four"));
        let mut body = vec![0; usize::try_from(word(0)).expect("a length") - 16];
        self.stream.read_exact(&mut body)?;
        // Flags and a section of kind 0, or the head of an `OP_REPLY`.
        let document = if word(12) == MSG { &body[5..] } else { &body[20..] };
        Ok((word(8), Document::from_reader(document).expect("a document")))
    }
}

/// The bytes of a message.
pub fn message(id: i32, flags: u32, command: &Document) -> Vec<u8> {
    let command = command.to_vec().expect("BSON");
    let length = i32::try_from(16 + 5 + command.len()).expect("a short message");
    let mut bytes = Vec::new();
    for word in [length, id, 0, MSG] {
        bytes.extend(word.to_le_bytes());
    }
    bytes.extend(flags.to_le_bytes());
    bytes.push(0);
    bytes.extend(command);
    bytes
}

/// A stream that does not keep a test waiting for ever.
pub fn limited(stream: TcpStream) -> TcpStream {
    let long = Some(PATIENCE);
    stream.set_read_timeout(long).and_then(|()| stream.set_write_timeout(long)).expect("a limit");
    stream.set_nodelay(true).expect("an option");
    stream
}

/// Whether a command was carried out: 1 or 0.
pub fn ok(answer: &Document) -> f64 {
    match answer.get("ok") {
        Some(Bson::Double(ok)) => *ok,
        Some(Bson::Int32(ok)) => f64::from(*ok),
        other => panic!("ok is {other:?}"),
    }
}

/// Code and text of a refusal.
pub fn refusal(answer: &Document) -> (i32, &str) {
    assert_eq!(ok(answer), 0.0, "{answer}");
    let code = answer.get_i32("code").expect("a code");
    (code, answer.get_str("errmsg").expect("a text"))
}

fn binary(text: &str) -> Binary {
    Binary { subtype: BinarySubtype::Generic, bytes: text.as_bytes().to_vec() }
}

fn text(answer: &Document, key: &str) -> String {
    let bytes = answer.get_binary_generic(key).expect("bytes");
    String::from_utf8(bytes.clone()).expect("text")
}

/// The last message of a client (RFC 5802, 3), and what the server's has to say.
fn client_final(bare: &str, server_first: &str, password: &str) -> (String, String) {
    let part = |name: &str| {
        let mut parts = server_first.split(',');
        parts.find_map(|part| part.strip_prefix(name)).expect("an attribute")
    };
    let salt = STANDARD.decode(part("s=")).expect("base64");
    let iterations: NonZeroU32 = part("i=").parse().expect("a number");
    let prepared = stringprep::saslprep(password).expect("a password that can be prepared");
    let mut salted = [0; 32];
    let algorithm = pbkdf2::PBKDF2_HMAC_SHA256;
    pbkdf2::derive(algorithm, iterations, &salt, prepared.as_bytes(), &mut salted);
    let without_proof = format!("c=biws,r={}", part("r="));
    let said = format!("{bare},{server_first},{without_proof}");
    let mut proof = sign(&salted, b"Client Key");
    let stored = digest::digest(&digest::SHA256, &proof);
    let signature = sign(stored.as_ref(), said.as_bytes());
    proof.iter_mut().zip(&signature).for_each(|(byte, other)| *byte ^= other);
    let last = format!("{without_proof},p={}", STANDARD.encode(proof));
    let server_key = sign(&salted, b"Server Key");
    (last, STANDARD.encode(sign(&server_key, said.as_bytes())))
}

fn sign(key: &[u8], text: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text).as_ref().to_vec()
}
