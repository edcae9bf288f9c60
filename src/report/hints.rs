//! What to do about a call that failed.

use http::StatusCode;
use jiff::{SignedDuration, Timestamp};

use super::{has_processors, is_wrong_secret};
use crate::atlas::{ApiError, Caller, Cause, Distrust, Facts};
use crate::privileges::catalogue::operations;

/// Clocks that differ by less explain no refusal.
const TOLERATED: SignedDuration = SignedDuration::from_mins(5);

/// The sentences that say what to do, the likeliest first.
pub(super) fn of(error: &ApiError) -> Vec<String> {
    let facts = error.facts();
    let mut hints = Vec::new();
    hints.extend(clock(error));
    hints.extend(elsewhere(error));
    // Whoever stands in between knows nothing of keys and roles.
    if hints.is_empty() || !facts.web_page {
        hints.extend(refused(error));
    }
    if error.is_throttled() {
        hints.push(match facts.retry_after {
            Some(wait) => format!("try again in {} s", wait.as_secs().max(1)),
            None => "try again in a minute".to_owned(),
        });
    }
    hints.extend(on_the_way(error.cause(), facts.proxy.as_deref()));
    if hints.is_empty() {
        hints.extend(of_the_rule(error).map(str::to_owned));
    }
    hints
}

/// About the rule of the API that the request broke.
fn of_the_rule(error: &ApiError) -> Option<&'static str> {
    Some(match (error.error_code().unwrap_or_default(), error.status()?) {
        ("CANNOT_REMOVE_LAST_ORG_OWNER", _) => {
            "make somebody else an owner first: spctl members grant EMAIL --in-org --role \
             organization-owner"
        }
        ("CLUSTER_NOT_FOUND", _) => {
            "spctl api GET 'groups/{project}/clusters' --paginate --jq '.[].name' lists the clusters"
        }
        ("GROUP_NAME_NOT_FOUND" | "GROUP_NOT_FOUND", _) => {
            "spctl projects list shows what this credential sees"
        }
        ("STREAM_PRIVATE_LINK_NOT_FOUND", _) => "spctl private-links list shows those there are",
        ("MAX_DATABASE_USERS_PER_GROUP_EXCEEDED", _) => {
            "delete users that are not needed, or have MongoDB raise the project's limit"
        }
        (_, StatusCode::BAD_REQUEST) => {
            "see what is sent: --dry-run shows the request of a change, -vv every request"
        }
        (_, status) if status.is_server_error() => {
            "try again later; where it goes on, the request's id is what MongoDB's support asks for"
        }
        _ => return None,
    })
}

/// About the credential and what it may do.
fn refused(error: &ApiError) -> Option<String> {
    let facts = error.facts();
    if is_wrong_secret(error) {
        return Some(wrong_account(&facts.caller));
    }
    match error.status()? {
        StatusCode::UNAUTHORIZED => Some(not_accepted(facts)),
        StatusCode::FORBIDDEN if error.error_code() == Some("IP_ADDRESS_NOT_ON_ACCESS_LIST") => {
            let address = error.detail().and_then(address_in);
            let address = address.as_deref().unwrap_or("your IP address");
            let whose = match &facts.caller {
                Caller::Key(name) => format!("the API key {name}"),
                Caller::Account(id) => format!("the service account {id}"),
                _ => "the API key or service account".to_owned(),
            };
            Some(format!(
                "add {address} to the access list of {whose} itself; the project's IP access list \
                 does not matter here"
            ))
        }
        StatusCode::FORBIDDEN if has_processors(error) => {
            Some("stop or delete the processors that use it first".to_owned())
        }
        StatusCode::FORBIDDEN => {
            let roles = operations::roles(facts.operation).unwrap_or_default();
            let detail = error.detail().unwrap_or_default();
            match roles.iter().any(|role| detail.contains(role)) {
                true => Some(
                    "act with a credential that has one of them; spctl auth status shows this one's"
                        .to_owned(),
                ),
                false if roles.is_empty() => None,
                false => Some(format!("one of these roles would do: {}", roles.join(", "))),
            }
        }
        _ => None,
    }
}

fn not_accepted(facts: &Facts) -> String {
    match &facts.caller {
        Caller::Nobody => "no credentials are set: set MONGODB_ATLAS_PUBLIC_API_KEY and \
             MONGODB_ATLAS_PRIVATE_API_KEY, or MONGODB_ATLAS_CLIENT_ID and \
             MONGODB_ATLAS_CLIENT_SECRET, or use --local"
            .to_owned(),
        Caller::Key(name) => format!(
            "the API key {name} was not accepted: check both halves, that they belong to this \
             server, and that the key still exists"
        ),
        caller @ Caller::Account(_) if facts.before_call => wrong_account(caller),
        Caller::Account(id) => format!(
            "no token of the service account {id} was accepted, a new one neither: check that it \
             belongs to this server and still exists"
        ),
        Caller::Token { ends: Some(ends) } if *ends <= Timestamp::now() => {
            format!("the access token ended at {ends:.0}: get a new one")
        }
        Caller::Token { .. } => "the access token was not accepted: it has expired, was revoked, \
             or belongs to another server; get a new one"
            .to_owned(),
    }
}

fn wrong_account(caller: &Caller) -> String {
    let whose = match caller {
        Caller::Account(id) => format!("the service account {id}"),
        _ => "the service account".to_owned(),
    };
    format!(
        "{whose} got no token: check its id and its secret, that the secret has not expired, and \
         that they belong to this server"
    )
}

/// A clock that is wrong makes tokens and signatures look expired.
fn clock(error: &ApiError) -> Option<String> {
    let refusal = matches!(error.status(), Some(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN));
    let ahead = error.facts().ahead.filter(|_| refusal || is_wrong_secret(error))?;
    if ahead.abs() <= TOLERATED {
        return None;
    }
    let minutes = ahead.abs().as_mins();
    let way = if ahead.is_positive() { "ahead of" } else { "behind" };
    Some(format!("this machine's clock is {minutes} minutes {way} the server's: set it right"))
}

/// Something else than the API answered.
fn elsewhere(error: &ApiError) -> Option<String> {
    let facts = error.facts();
    if let Some(StatusCode::PROXY_AUTHENTICATION_REQUIRED) = error.status() {
        return Some(on_the_way(Cause::Proxy, facts.proxy.as_deref()).unwrap_or_default());
    }
    if !facts.web_page && error.cause() != Cause::WebPage {
        return None;
    }
    let between = match &facts.proxy {
        Some(proxy) => format!("the proxy {proxy} (https_proxy)"),
        None => "a proxy or a sign-in page".to_owned(),
    };
    Some(format!(
        "a web page came, as the API sends none: check the base URL, and whether {between} answers \
         in the API's place"
    ))
}

/// About the way to the server.
fn on_the_way(cause: Cause, proxy: Option<&str>) -> Option<String> {
    let hint = match (cause, proxy) {
        (Cause::NoConnection, Some(proxy)) => format!(
            "check the network, and that the proxy {proxy} (https_proxy) is there; NO_PROXY names \
             the hosts that are reached without it"
        ),
        (Cause::NoConnection, None) => "check the network, the base URL and https_proxy".to_owned(),
        (Cause::Proxy, proxy) => {
            let proxy = proxy.unwrap_or("the proxy");
            format!(
                "{proxy} is what https_proxy names: put the user and the password that it \
                 asks for before its host (USER:PASSWORD@HOST:PORT), or name this server in NO_PROXY"
            )
        }
        (Cause::ProxyUrl, _) => "https_proxy looks like http://HOST:PORT".to_owned(),
        (Cause::NoTls, _) => {
            "check the base URL's scheme and port: https with TLS 1.2 or later is needed".to_owned()
        }
        (Cause::Untrusted(why), _) => untrusted(why),
        (Cause::ClearText, _) => {
            "use https, or add --allow-http where nobody else is on the way".to_owned()
        }
        (Cause::Bundle, _) => {
            "--ca-file, SSL_CERT_FILE or the profile's ca_file names a file of certificate \
             authorities (PEM)"
                .to_owned()
        }
        (Cause::Incomplete, _) => {
            "the list changed while it was read: run the command again".to_owned()
        }
        (Cause::Unreadable | Cause::Redirected, _) => {
            "check that the base URL is that of an Atlas Admin API".to_owned()
        }
        _ => return None,
    };
    Some(hint)
}

fn untrusted(why: Distrust) -> String {
    match why {
        Distrust::UnknownAuthority | Distrust::Other => {
            "where a server or a proxy of yours has a certificate of your own authority, name that \
             authority's file (PEM) with --ca-file or in SSL_CERT_FILE"
                .to_owned()
        }
        Distrust::WrongName => {
            "the certificate is that of another host: check the base URL, and whether something \
             else answers in the server's place"
                .to_owned()
        }
        Distrust::Expired | Distrust::NotYetValid => format!(
            "the server needs a new certificate, or this machine's clock is wrong: it says {:.0}",
            Timestamp::now()
        ),
    }
}

/// The first IP address of a sentence.
fn address_in(detail: &str) -> Option<String> {
    detail
        .split(|c: char| !(c.is_ascii_hexdigit() || c == '.' || c == ':'))
        .map(|word| word.trim_end_matches(['.', ':']))
        .find(|word| word.parse::<std::net::IpAddr>().is_ok())
        .map(str::to_owned)
}
