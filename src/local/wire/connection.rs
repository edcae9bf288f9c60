//! One connection, from its first message to its last.

use std::io;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::commands::{self, Command};
use super::failure::{Code, Failure};
use super::frame;
use super::plane::Plane;
use super::session::Session;
use crate::local::seats::Seat;

/// What ends a connection besides its client: it has to make way for others, or its instance or the
/// server is no more.
pub(super) struct End {
    pub(super) seat: Seat,
    pub(super) over: watch::Receiver<()>,
}

impl End {
    /// Waits for it.
    pub(super) async fn comes(&self) {
        let mut over = self.over.clone();
        tokio::select! {
            () = self.seat.closed() => {}
            // The sender says nothing, and is dropped at the end.
            _ = over.changed() => {}
        }
    }
}

/// Answers until the client ends or sends what is no message, or until the connection has to end:
/// not before the answer to what was asked.
///
/// # Errors
/// What it sent, or what the transport says.
pub(super) async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Send + Unpin,
    plane: &Plane,
    session: &mut Session,
    end: &End,
) -> io::Result<()> {
    let (mut id, seat) = (0_i32, &end.seat);
    loop {
        let mut hold = |bytes| seat.hold(bytes);
        let message = tokio::select! {
            biased;
            () = end.comes() => return Ok(()),
            message = frame::read(&mut stream, session.user.is_some(), &mut hold) => message?,
        };
        let Some(message) = message else { return Ok(()) };
        seat.busy();
        let answer = match Command::of(&message) {
            Some(command) => commands::answer(plane, session, &command)
                .await
                .and_then(|answer| commands::bounded(&command, &answer)),
            None => Err(Failure::new(Code::FAILED_TO_PARSE, "a command has a name")),
        };
        if let Some(pause) = session.progress.take_pause() {
            // It makes way for others meanwhile.
            seat.idle(false);
            tokio::select! {
                () = end.comes() => return Ok(()),
                () = sleep(pause) => seat.busy(),
            }
        }
        if message.wants_answer {
            let refused = |failure: Failure| failure.document().to_vec();
            let answer = answer.or_else(refused).map_err(io::Error::other)?;
            id = id.wrapping_add(1);
            let answer = frame::answer(&message, id, &answer);
            let written = async {
                stream.write_all(&answer).await?;
                stream.flush().await
            };
            timeout(frame::patience(session.user.is_some()), written).await??;
        }
        seat.idle(session.user.is_some());
    }
}
