//! One attempt to sign in by SCRAM-SHA-256, which takes two or three messages of the client.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::scram::{ClientFinal, ClientFirst, server_final, server_first};
use super::{Begun, bounded};
use crate::local::crypto;
use crate::local::domain::Work;
use crate::local::domain::users::Verifier;
use crate::local::domain::users::sign_in::{self, SCRAM_SHA_256};
use crate::local::wire::failure::{Code, Failure};
use crate::local::wire::plane::Plane;
use crate::local::wire::session::{Session, SignedIn};

/// What the client is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::local::wire) struct Step {
    /// The number of the conversation.
    pub(in crate::local::wire) id: i32,
    /// Whether it is over: the client has signed in.
    pub(in crate::local::wire) done: bool,
    pub(in crate::local::wire) payload: String,
}

/// A conversation that has begun.
#[derive(Debug)]
pub(super) struct Conversation {
    id: i32,
    who: SignedIn,
    stage: Stage,
    /// Whether the client is content to be told the end with the server's signature.
    skip_empty: bool,
}

#[derive(Debug)]
enum Stage {
    /// The client is to prove that it knows the password.
    Challenged { header: String, said: String, nonce: String },
    /// It has; the end waits until it has heard of it.
    Proved,
}

/// Begins a conversation; one that was begun before is forgotten.
///
/// # Errors
/// The mechanism is unknown, the message malformed, or somebody has signed in already.
pub(in crate::local::wire) async fn start(
    plane: &Plane,
    session: &mut Session,
    begun: Begun<'_>,
) -> Result<Step, Failure> {
    super::nobody_yet(session)?;
    session.progress.conversation = None;
    super::offered(begun.mechanism, SCRAM_SHA_256)?;
    let first = ClientFirst::parse(begun.payload).ok_or_else(Failure::authentication)?;
    let who = bounded(begun.database, &first.name, SCRAM_SHA_256)?;
    let verifier = challenge(plane, session, &who).await?;
    let own = crypto::random::<24>().map_err(|e| Failure::new(Code::INTERNAL, e.to_string()))?;
    let nonce = format!("{}{}", first.nonce, STANDARD.encode(own));
    let payload = server_first(&nonce, &verifier);
    let said = format!("{},{payload}", first.bare);
    let stage = Stage::Challenged { header: first.header.to_owned(), said, nonce };
    let id = session.progress.next_id();
    let skip_empty = begun.skip_empty;
    session.progress.conversation = Some(Conversation { id, who, stage, skip_empty });
    Ok(Step { id, done: false, payload })
}

/// Goes on with the conversation that has begun. One that fails is over.
///
/// # Errors
/// There is none of this number, or the client has not proved who it is.
pub(in crate::local::wire) async fn go_on(
    plane: &Plane,
    session: &mut Session,
    id: i64,
    payload: &[u8],
) -> Result<Step, Failure> {
    let wrong = |text| Failure::new(Code::PROTOCOL, text);
    let conversation = session.progress.conversation.take();
    let Conversation { id: own, mut who, stage, skip_empty } =
        conversation.ok_or_else(|| wrong("No SASL session state found"))?;
    if i64::from(own) != id {
        return Err(wrong("sasl: Mismatched conversation id"));
    }
    let actor = session.actor_of(&who);
    let mechanism = who.mechanism;
    match stage {
        Stage::Challenged { header, said, nonce } => {
            let last = ClientFinal::parse(payload);
            let last = last.filter(|l| l.header == header.as_bytes() && l.nonce == nonce);
            let said = format!("{said},{}", last.as_ref().map_or("", |last| last.bare));
            let proof = last.map(|last| last.proof);
            let job = move |work: &Work<'_>| {
                let proved = sign_in::prove(work, &said, proof.as_ref())?;
                // Who has proved it and waits for the end is signed in then.
                let ends = proved.is_none() || skip_empty;
                let done = ends && sign_in::sign_in(work, mechanism, proved.is_some())?.is_some();
                Ok(proved.filter(|_| done || !ends))
            };
            let proved = plane.write(actor, job).await?;
            let (signature, row) = proved.ok_or_else(Failure::authentication)?;
            who.row = Some(row);
            if skip_empty {
                session.user = Some(who);
            } else {
                let stage = Stage::Proved;
                session.progress.conversation =
                    Some(Conversation { id: own, who, stage, skip_empty });
            }
            Ok(Step { id: own, done: skip_empty, payload: server_final(&signature) })
        }
        Stage::Proved => {
            let proved = payload.is_empty();
            let done =
                plane.write(actor, move |work| sign_in::sign_in(work, mechanism, proved)).await?;
            if done.is_none() {
                return Err(Failure::authentication());
            }
            session.user = Some(who);
            Ok(Step { id: own, done: true, payload: String::new() })
        }
    }
}

async fn challenge(plane: &Plane, session: &Session, who: &SignedIn) -> Result<Verifier, Failure> {
    let actor = session.actor_of(who);
    if let Some(verifier) = plane.read(actor.clone(), sign_in::challenge).await? {
        return Ok(verifier);
    }
    let first = |work: &Work<'_>| {
        sign_in::make_secret(work)?;
        sign_in::challenge(work)
    };
    plane.write(actor, first).await?.ok_or_else(|| Failure::new(Code::INTERNAL, "no secret"))
}
