//! What to do about a call that failed.

use http::StatusCode;
use jiff::{SignedDuration, Timestamp};

use super::{has_processors, is_wrong_secret};
use crate::atlas::{ApiError, Caller, Cause, Distrust, Facts};
use crate::privileges::catalogue::operations;

/// A smaller difference between clocks does not explain a refusal.
const TOLERATED: SignedDuration = SignedDuration::from_mins(5);

/// What to do about it, the likeliest first.
pub(super) fn of(error: &ApiError) -> Vec<String> {
    let facts = error.facts();
    let mut hints = Vec::new();
    hints.extend(clock(error));
    hints.extend(elsewhere(error));
    // Whatever answered in the API's place knows nothing of keys and roles.
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

/// About the API's rule that the request broke.
fn of_the_rule(error: &ApiError) -> Option<&'static str> {
    Some(match (error.error_code().unwrap_or_default(), error.status()?) {
        ("CANNOT_REMOVE_LAST_ORG_OWNER", _) => {
            "first make someone else an owner: spctl members grant EMAIL --in-org --role \
             organization-owner"
        }
        ("CLUSTER_NOT_FOUND", _) => {
            "spctl api GET 'groups/{project}/clusters' --paginate --jq '.[].name' lists the clusters"
        }
        ("GROUP_NAME_NOT_FOUND" | "GROUP_NOT_FOUND", _) => {
            "spctl projects list shows the projects this credential can access"
        }
        ("STREAM_PRIVATE_LINK_NOT_FOUND", _) => "spctl private-links list shows the existing links",
        ("MAX_DATABASE_USERS_PER_GROUP_EXCEEDED", _) => {
            "delete unused users, or ask MongoDB to raise the project's limit"
        }
        (_, StatusCode::BAD_REQUEST) => {
            "check the request: --dry-run shows a change's request, -vv shows every request"
        }
        (_, status) if status.is_server_error() => {
            "try again later; if this persists, give the request's id to MongoDB support"
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
                 does not apply here"
            ))
        }
        StatusCode::FORBIDDEN if has_processors(error) => {
            Some("first stop or delete the processors that use it".to_owned())
        }
        StatusCode::FORBIDDEN => {
            let roles = operations::roles(facts.operation).unwrap_or_default();
            let detail = error.detail().unwrap_or_default();
            match roles.iter().any(|role| detail.contains(role)) {
                true => Some(
                    "use a credential that has one of these roles; spctl auth status shows the \
                     roles of this one"
                        .to_owned(),
                ),
                false if roles.is_empty() => None,
                false => Some(format!("this needs one of these roles: {}", roles.join(", "))),
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
            "the API key {name} was not accepted: check that both halves are right and belong to \
             this server, and that the key still exists"
        ),
        caller @ Caller::Account(_) if facts.before_call => wrong_account(caller),
        Caller::Account(id) => format!(
            "the token of the service account {id} was not accepted, nor was a new one: check that \
             the account belongs to this server and still exists"
        ),
        Caller::Token { ends: Some(ends) } if *ends <= Timestamp::now() => {
            format!("the access token expired at {ends:.0}: get a new one")
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
        "{whose} got no token: check that its id and secret are right and belong to this server, \
         and that the secret has not expired"
    )
}

/// A wrong clock makes tokens and signatures look expired.
fn clock(error: &ApiError) -> Option<String> {
    let refusal = matches!(error.status(), Some(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN));
    let ahead = error.facts().ahead.filter(|_| refusal || is_wrong_secret(error))?;
    if ahead.abs() <= TOLERATED {
        return None;
    }
    let minutes = ahead.abs().as_mins();
    let way = if ahead.is_positive() { "ahead of" } else { "behind" };
    Some(format!("this machine's clock is {minutes} minutes {way} the server's: correct it"))
}

/// Something other than the API answered.
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
        "the answer is a web page, which the API never sends: check the base URL, and whether \
         {between} answers in place of the API"
    ))
}

/// About the connection to the server.
fn on_the_way(cause: Cause, proxy: Option<&str>) -> Option<String> {
    let hint = match (cause, proxy) {
        (Cause::NoConnection, Some(proxy)) => format!(
            "check the network, and that the proxy {proxy} (https_proxy) is running; NO_PROXY \
             lists hosts to reach without it"
        ),
        (Cause::NoConnection, None) => "check the network, the base URL and https_proxy".to_owned(),
        (Cause::Proxy, proxy) => {
            let proxy = proxy.unwrap_or("the proxy");
            format!(
                "https_proxy names {proxy}: put the user and password it asks for before its host \
                 (USER:PASSWORD@HOST:PORT), or list this server in NO_PROXY"
            )
        }
        (Cause::ProxyUrl, _) => "set https_proxy to a URL such as http://HOST:PORT".to_owned(),
        (Cause::NoTls, _) => {
            "check the base URL's scheme and port: the server must offer TLS 1.2 or later"
                .to_owned()
        }
        (Cause::Untrusted(why), _) => untrusted(why),
        (Cause::ClearText, _) => {
            "use https, or add --allow-http if you trust the network in between".to_owned()
        }
        (Cause::Bundle, _) => {
            "name a file of certificate authorities (PEM) with --ca-file, SSL_CERT_FILE or the \
             profile's ca_file"
                .to_owned()
        }
        (Cause::Incomplete, _) => {
            "the list changed while it was being read: run the command again".to_owned()
        }
        (Cause::TooLarge, _) => {
            "ask for objects by name instead: get and delete read no list".to_owned()
        }
        (Cause::Unreadable | Cause::Redirected, _) => {
            "check that the base URL points to an Atlas Admin API".to_owned()
        }
        _ => return None,
    };
    Some(hint)
}

fn untrusted(why: Distrust) -> String {
    match why {
        Distrust::UnknownAuthority | Distrust::Other => {
            "if the server or a proxy uses a certificate from your own authority, name that \
             authority's file (PEM) with --ca-file or in SSL_CERT_FILE"
                .to_owned()
        }
        Distrust::WrongName => {
            "the certificate is for another host: check the base URL, and whether something else \
             answers in place of the server"
                .to_owned()
        }
        Distrust::Expired | Distrust::NotYetValid => format!(
            "the server needs a new certificate, or this machine's clock is wrong: it says {:.0}",
            Timestamp::now()
        ),
    }
}

/// The first IP address in a sentence.
fn address_in(detail: &str) -> Option<String> {
    detail
        .split(|c: char| !(c.is_ascii_hexdigit() || c == '.' || c == ':'))
        .map(|word| word.trim_end_matches(['.', ':']))
        .find(|word| word.parse::<std::net::IpAddr>().is_ok())
        .map(str::to_owned)
}
