//! Who is let in at all: not a browser, nor anyone who calls this server by a name that is not its
//! own. A page loaded from a name that now leads here (DNS rebinding) does both.

use std::net::IpAddr;

use http::request::Parts;
use http::{HeaderMap, header};

use super::refusal::ErrorReply;

/// The names that the server answers to, with whatever port: what stands before it, to speak TLS
/// for one, has another. No page can have itself loaded from this machine's own names.
#[derive(Debug, Clone, Default)]
pub struct Hosts(Vec<String>);

impl Hosts {
    /// The names of a server that listens on an address; `allowed` are others that lead there.
    pub fn new(listen: IpAddr, allowed: &[String]) -> Hosts {
        let own = match listen {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("[{address}]"),
        };
        let mut names = vec![own];
        names.extend(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned));
        names.extend(allowed.iter().map(|name| name.to_ascii_lowercase()));
        Hosts(names)
    }

    fn know(&self, host: &str) -> bool {
        self.0.iter().any(|name| name.eq_ignore_ascii_case(without_port(host)))
    }

    /// Checks a request's head.
    ///
    /// # Errors
    /// 403 for what a browser sends for a page, 400 without one host, 421 for that of another.
    pub fn check(&self, parts: &Parts) -> Result<(), ErrorReply> {
        if parts.headers.contains_key(header::ORIGIN) {
            let detail = "Requests from web pages are refused: there must be no Origin header.";
            return Err(ErrorReply::new(403, "ORIGIN_NOT_ALLOWED", detail));
        }
        let Some(host) = only(&parts.headers) else {
            return Err(ErrorReply::bad(
                "INVALID_HOST",
                "A request must have exactly one Host header.",
            ));
        };
        // A whole URL on the request line says the same as the header, or it is not for us.
        let named = parts.uri.authority().map(|authority| authority.as_str());
        match named.into_iter().chain([host]).all(|host| self.know(host)) {
            true => Ok(()),
            false => {
                let detail = "This server does not answer to that Host. Use the address that it \
                              listens on, or start it with --allow-host.";
                Err(ErrorReply::new(421, "MISDIRECTED_REQUEST", detail))
            }
        }
    }
}

fn only(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all(header::HOST).iter();
    let first = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(first)
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.is_empty() => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(uri: &str, headers: &[(&str, &str)]) -> u16 {
        let hosts = Hosts::new("127.0.0.5".parse().unwrap(), &["Atlas.test".to_owned()]);
        let mut request = http::Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        hosts.check(&parts).err().map_or(200, |refusal| refusal.status)
    }

    #[test]
    fn its_own_names_and_allowed_ones_are_answered() {
        for host in [
            "127.0.0.5:8765",
            "127.0.0.1:8765",
            "127.0.0.1",
            "localhost:8765",
            "localhost:443",
            "LOCALHOST:8765",
            "[::1]:8765",
            "atlas.test",
            "atlas.test:8765",
            "ATLAS.test:1",
        ] {
            assert_eq!(status("/", &[("host", host)]), 200, "{host}");
        }
    }

    #[test]
    fn other_names_are_misdirected() {
        for host in [
            "evil.example",
            "evil.example:8765",
            "127.0.0.2:8765",
            "localhost:8765.evil.example",
            "localhost.:8765",
            "127.0.0.1.evil.example:8765",
            "x.atlas.test",
            "atlas.test.evil.example",
            "user@localhost:8765",
            "localhost:8765:8765",
            "localhost:x",
            "localhost:80@evil.example",
            "127.1:8765",
            "0.0.0.0:8765",
            "[::ffff:127.0.0.1]:8765",
            "",
            ":8765",
        ] {
            assert_eq!(status("/", &[("host", host)]), 421, "{host}");
        }
        let local = ("host", "localhost:8765");
        assert_eq!(status("http://evil.example/", &[local]), 421);
        assert_eq!(status("http://localhost:8765/", &[local]), 200);
        assert_eq!(status("http://localhost:8765/", &[("host", "evil.example")]), 421);
    }

    #[test]
    fn no_host_two_hosts_and_pages_are_refused() {
        let local = ("host", "localhost:8765");
        assert_eq!(status("/", &[]), 400);
        assert_eq!(status("/", &[local, local]), 400);
        for origin in ["http://evil.example", "null", "http://localhost:8765", ""] {
            assert_eq!(status("/", &[local, ("origin", origin)]), 403, "{origin}");
        }
    }
}
