//! One line of an instance's audit log, as schema-clean OCSF 1.1 JSON.
//!
//! The classes are *Authentication* (3002) and *Entity Management* (3004), both of category 3,
//! "Identity & Access Management". `type_uid` is always `class_uid * 100 + activity_id`.

use std::net::{IpAddr, SocketAddr};

use serde_json::{Value, json};

const PORT: u16 = 27017;

/// What was done. A failed authentication is a [`AuditKind::Logon`] with a [`Failure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditKind {
    /// A client authenticated, or tried to, by a mechanism: `SCRAM-SHA-256`, `MONGODB-X509`,
    /// `MONGODB-AWS`…
    Logon(&'static str),
    /// A connection ended.
    Logoff,
    /// `startStreamProcessor`
    Start,
    /// `createStreamProcessor`
    Create,
    /// `stopStreamProcessor`
    Stop,
    /// `dropStreamProcessor`
    Drop,
    /// `.process()`: a pipeline run from a shell without being stored.
    Process,
    /// `.sample()`: output of a running processor looked at.
    Sample,
    /// The audit log itself was downloaded, or somebody tried to.
    LogAccessed,
}

impl AuditKind {
    /// The event's own name, written to `unmapped.atype`: the only thing that distinguishes a start
    /// from a stop, which share one OCSF activity.
    pub fn name(self) -> &'static str {
        match self {
            AuditKind::Logon(_) => "authenticate",
            AuditKind::Logoff => "logout",
            AuditKind::Start => "startStreamProcessor",
            AuditKind::Create => "createStreamProcessor",
            AuditKind::Stop => "stopStreamProcessor",
            AuditKind::Drop => "dropStreamProcessor",
            AuditKind::Process => ".process()",
            AuditKind::Sample => ".sample()",
            AuditKind::LogAccessed => "Audit log accessed",
        }
    }

    fn class(self) -> (u32, &'static str) {
        match self {
            AuditKind::Logon(_) | AuditKind::Logoff => (3002, "Authentication"),
            _ => (3004, "Entity Management"),
        }
    }

    fn activity(self) -> (u32, &'static str) {
        match self {
            AuditKind::Logon(_) => (1, "Logon"),
            AuditKind::Logoff => (2, "Logoff"),
            AuditKind::Create | AuditKind::Process => (1, "Create"),
            AuditKind::Sample | AuditKind::LogAccessed => (2, "Read"),
            AuditKind::Start | AuditKind::Stop => (3, "Update"),
            AuditKind::Drop => (4, "Delete"),
        }
    }
}

/// Why an attempt came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The server's error code: 13 Unauthorized, 18 AuthenticationFailed.
    pub code: u32,
    /// The reason in words.
    pub detail: String,
}

impl Failure {
    /// A refused logon.
    pub fn authentication() -> Self {
        Failure { code: 18, detail: "AuthenticationFailed".into() }
    }

    /// An action without the privilege or role for it.
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Failure { code: 13, detail: detail.into() }
    }
}

/// What an Entity Management event is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// The processor's or the instance's name.
    pub name: String,
    /// The object's id, 24 hexadecimal digits.
    pub uid: String,
    /// `stream_processor` or `audit_log`.
    pub kind: &'static str,
    /// More about it, such as a created processor's pipeline; an object, or null for nothing.
    pub data: Value,
}

/// One audit event, everything that its line says.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEvent {
    /// Milliseconds since 1970, UTC.
    pub time_ms: i64,
    /// What was done.
    pub kind: AuditKind,
    /// Set if the attempt failed.
    pub failure: Option<Failure>,
    /// Database and name, `admin.alice`; an API key's public half or a service account's id alone.
    pub user: String,
    /// The roles held at that moment, with their database: `admin.streamOperator`.
    pub roles: Vec<String>,
    /// Where the caller came from. Port 0 means that only the address is known.
    pub source: SocketAddr,
    /// The instance's host name.
    pub host: String,
    /// What ties the events of one session together, a UUID.
    pub session: String,
    /// What an Entity Management event is about; none on logons and logoffs.
    pub entity: Option<Entity>,
}

impl AuditEvent {
    /// The event as one line of JSON, without the line's end.
    pub fn to_line(&self) -> String {
        let (class, class_name) = self.kind.class();
        let (activity, activity_name) = self.kind.activity();
        let user = json!({"type_id": 1, "name": self.user});
        let failed_logon = matches!(self.kind, AuditKind::Logon(_)) && self.failure.is_some();
        let mut line = json!({
            "activity_id": activity,
            "activity_name": activity_name,
            "category_uid": 3,
            "class_uid": class,
            "class_name": class_name,
            "time": self.time_ms,
            "severity_id": if self.failure.is_some() { 3 } else { 1 },
            "type_uid": class * 100 + activity,
            "status_id": if self.failure.is_some() { 2 } else { 1 },
            "metadata": {
                "correlation_uid": self.session,
                "product": {
                    "name": "Atlas Stream Processing",
                    "vendor_name": "MongoDB",
                    "version": "8.0"
                },
                "version": "1.1.0"
            },
        });
        if let Some(failure) = &self.failure {
            line["status_code"] = failure.code.to_string().into();
            line["status_detail"] = failure.detail.as_str().into();
        }
        // Nobody acts before the logon has succeeded.
        if !failed_logon {
            line["actor"] = json!({"user": user});
            if !self.roles.is_empty() {
                let groups: Vec<Value> = self.roles.iter().map(|r| json!({"name": r})).collect();
                line["actor"]["user"]["groups"] = groups.into();
            }
        }
        line["src_endpoint"] = endpoint(self.source.ip(), self.source.port());
        line["dst_endpoint"] = json!({"hostname": self.host, "port": PORT});
        if class == 3002 {
            line["user"] = user;
        }
        if let AuditKind::Logon(mechanism) = self.kind {
            // 99 Other: the schema has no number for MongoDB's mechanisms.
            line["auth_protocol_id"] = 99.into();
            line["auth_protocol"] = mechanism.into();
        }
        if let Some(entity) = &self.entity {
            line["entity"] = json!({"name": entity.name, "uid": entity.uid, "type": entity.kind});
            if !entity.data.is_null() {
                line["entity"]["data"] = entity.data.clone();
            }
        }
        line["unmapped"] = json!({"atype": self.kind.name()});
        line.to_string()
    }
}

fn endpoint(ip: IpAddr, port: u16) -> Value {
    match port {
        0 => json!({"ip": ip.to_string()}),
        port => json!({"ip": ip.to_string(), "port": port}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOGON: AuditKind = AuditKind::Logon("SCRAM-SHA-256");

    fn event(kind: AuditKind) -> AuditEvent {
        AuditEvent {
            time_ms: 1_772_000_000_000,
            kind,
            failure: None,
            user: "admin.alice".into(),
            roles: vec!["admin.streamOperator".into()],
            source: "192.0.2.7:40000".parse().unwrap(),
            host: "atlas-stream.example.net".into(),
            session: "00000000-0000-4000-8000-000000000000".into(),
            entity: None,
        }
    }

    fn parsed(event: &AuditEvent) -> Value {
        serde_json::from_str(&event.to_line()).unwrap()
    }

    #[test]
    fn the_type_follows_from_class_and_activity() {
        let types = [
            (LOGON, 300201),
            (AuditKind::Logoff, 300202),
            (AuditKind::Start, 300403),
            (AuditKind::Create, 300401),
            (AuditKind::Stop, 300403),
            (AuditKind::Drop, 300404),
            (AuditKind::Process, 300401),
            (AuditKind::Sample, 300402),
            (AuditKind::LogAccessed, 300402),
        ];
        for (kind, uid) in types {
            assert_eq!(parsed(&event(kind))["type_uid"], uid, "{kind:?}");
        }
    }

    #[test]
    fn a_failed_logon_names_its_user_only_outside_the_actor() {
        let mut failed = event(LOGON);
        failed.failure = Some(Failure::authentication());
        let line = parsed(&failed);
        assert_eq!(line["user"]["name"], "admin.alice");
        assert_eq!(line["status_id"], 2);
        assert_eq!(line["status_code"], "18");
        assert!(line.get("actor").is_none());
    }

    #[test]
    fn an_unknown_port_is_left_out() {
        let mut event = event(AuditKind::LogAccessed);
        event.source = "[2001:db8::1]:0".parse().unwrap();
        assert_eq!(parsed(&event)["src_endpoint"], json!({"ip": "2001:db8::1"}));
    }
}
