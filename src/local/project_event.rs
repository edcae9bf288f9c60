//! What a project event says: who did what, from where, about what.

use serde_json::{Value, json};

use super::request::Call;
use super::store::principals::Principal;

/// An event as the API lists it.
pub fn document(call: &Call<'_>, id: &str, kind: &str, about: &[(&str, &str)]) -> Value {
    let mut event = json!({
        "created": call.now.to_string(),
        "eventTypeName": kind,
        "groupId": call.project(),
        "id": id,
        "isGlobalAdmin": false,
        "links": [],
        "remoteAddress": call.request.peer.ip().to_string(),
    });
    let (id_key, name_key) = match is_person(call.principal) {
        true => ("userId", "username"),
        false => ("apiKeyId", "publicKey"),
    };
    if !call.principal.id.is_empty() {
        event[id_key] = call.principal.id.as_str().into();
    }
    event[name_key] = call.principal.name.as_str().into();
    for (key, value) in about {
        event[*key] = Value::from(*value);
    }
    event
}

/// A person goes by an email address. A key goes by its public half, and a service account by its
/// id: how Atlas writes the latter is not documented, and no user name may be anything but an
/// address.
fn is_person(principal: &Principal) -> bool {
    principal.name.contains('@')
}
