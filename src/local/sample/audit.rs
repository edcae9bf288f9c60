//! Thirty days of sessions: logon, some actions, logoff, and now and then a refused logon.

use std::net::{IpAddr, SocketAddr};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::AuditLine;
use super::places::Instance;
use super::random::Random;
use crate::local::domain::audit::event::{AuditEvent, AuditKind, Entity, Failure};

const DAYS: i64 = 30;
const DAY_MS: i64 = 86_400_000;
/// No session lasts longer, so that none reaches beyond the present.
const SESSION_MS: i64 = 900_000;

/// Who connects, from where, and what the roles allow.
struct Person {
    name: &'static str,
    role: &'static str,
    mechanism: &'static str,
    addresses: &'static [&'static str],
    may: &'static [AuditKind],
}

const VIEWER: &[AuditKind] = &[];
const OPERATOR: &[AuditKind] = &[
    AuditKind::Sample,
    AuditKind::Sample,
    AuditKind::Sample,
    AuditKind::Process,
    AuditKind::Start,
    AuditKind::Stop,
];
const DEVELOPER: &[AuditKind] = &[
    AuditKind::Sample,
    AuditKind::Sample,
    AuditKind::Sample,
    AuditKind::Process,
    AuditKind::Start,
    AuditKind::Stop,
    AuditKind::Create,
    AuditKind::Drop,
];

const ALICE: Person = Person {
    name: "admin.alice",
    role: "admin.streamOperator",
    mechanism: "SCRAM-SHA-256",
    addresses: &["192.0.2.14", "203.0.113.21"],
    may: OPERATOR,
};
const BOB: Person = Person {
    name: "admin.bob",
    role: "admin.streamDeveloper",
    mechanism: "SCRAM-SHA-256",
    addresses: &["192.0.2.31", "2001:db8:b0b::31"],
    may: DEVELOPER,
};
const CAROL: Person = Person {
    name: "$external.carol",
    role: "admin.streamViewer",
    mechanism: "PLAIN",
    addresses: &["192.0.2.44"],
    may: VIEWER,
};
const DAVE: Person = Person {
    name: "admin.dave",
    role: "admin.atlasAdmin",
    mechanism: "SCRAM-SHA-256",
    addresses: &["192.0.2.5", "198.51.100.200", "2001:db8:da7e::5"],
    may: DEVELOPER,
};
const ERIN: Person = Person {
    name: "admin.erin",
    role: "admin.streamOperator",
    mechanism: "SCRAM-SHA-256",
    addresses: &["203.0.113.77"],
    may: OPERATOR,
};
const FRANK: Person = Person {
    name: "admin.frank",
    role: "admin.streamOperator",
    mechanism: "SCRAM-SHA-1",
    addresses: &["198.51.100.61"],
    may: OPERATOR,
};
const SERVICE: Person = Person {
    name: "admin.svc-payments",
    role: "admin.streamDeveloper",
    mechanism: "SCRAM-SHA-256",
    addresses: &["198.51.100.88", "198.51.100.89"],
    may: DEVELOPER,
};
const GATEWAY: Person = Person {
    name: "$external.CN=gateway,OU=telemetry,O=ExampleShop",
    role: "admin.streamOperator",
    mechanism: "MONGODB-X509",
    addresses: &["203.0.113.140"],
    may: OPERATOR,
};
const DEPLOYER: Person = Person {
    name: "$external.arn:aws:iam::111122223333:role/orders-deployer",
    role: "admin.streamDeveloper",
    mechanism: "MONGODB-AWS",
    addresses: &["198.51.100.150"],
    may: DEVELOPER,
};
/// The public half of an API key: who downloads audit logs is known to the Admin API only.
pub(super) const COLLECTOR: (&str, &str) = ("mkqtzwbn", "198.51.100.7");

/// Who works on an instance, how often a day, and on which processors.
struct Crew {
    people: &'static [Person],
    sessions: i64,
    source: &'static str,
    processors: &'static [&'static str],
}

/// In the order of the instances.
const CREWS: [Crew; 3] = [
    Crew {
        people: &[ALICE, DEPLOYER, DAVE, FRANK],
        sessions: 14,
        source: "order-events",
        processors: &["enrich-orders", "low-stock", "order-totals", "returns"],
    },
    Crew {
        people: &[BOB, SERVICE, DAVE],
        sessions: 6,
        source: "payment-events",
        processors: &["fraud-score", "ledger-sync", "chargebacks"],
    },
    Crew {
        people: &[GATEWAY, ERIN, CAROL, DAVE],
        sessions: 4,
        source: "sensors",
        processors: &["downsample", "alerts"],
    },
];

/// A processor in the state in which its instance's log ends.
pub(super) struct FinalProcessor {
    pub(super) instance: &'static str,
    pub(super) name: &'static str,
    pub(super) uid: String,
    /// `CREATED`, `STARTED` or `STOPPED`.
    pub(super) state: &'static str,
    /// As it was created, in an object.
    pub(super) pipeline: Value,
}

/// All events of the three instances, oldest first, and the processors that exist at the end.
pub(super) fn build(
    project: &str,
    instances: &[Instance; 3],
    random: &mut Random,
    now: Timestamp,
) -> (Vec<AuditLine>, Vec<FinalProcessor>) {
    let start = now.as_millisecond() - DAYS * DAY_MS;
    let (mut lines, mut left) = (Vec::new(), Vec::new());
    for (instance, crew) in instances.iter().zip(&CREWS) {
        let idle = crew.processors.iter().map(|name| Processor::new(name, random)).collect();
        let running = Vec::new();
        let lines = &mut lines;
        let mut log = Log { project, instance, crew, idle, running, random, lines };
        for day in 0..DAYS {
            log.day(start + day * DAY_MS);
        }
        left.extend(log.left());
    }
    lines.sort_by_key(|line| line.time_ms);
    (lines, left)
}

#[derive(Clone)]
struct Processor {
    name: &'static str,
    uid: String,
    exists: bool,
    started: bool,
    pipeline: Value,
}

impl Processor {
    fn new(name: &'static str, random: &mut Random) -> Self {
        let uid = random.object_id();
        Processor { name, uid, exists: false, started: false, pipeline: Value::Null }
    }
}

/// One instance's log while it is written. Processors live as real ones do: created, started,
/// sampled, stopped, dropped.
struct Log<'a> {
    project: &'a str,
    instance: &'a Instance,
    crew: &'static Crew,
    idle: Vec<Processor>,
    running: Vec<Processor>,
    random: &'a mut Random,
    lines: &'a mut Vec<AuditLine>,
}

impl Log<'_> {
    fn left(&self) -> Vec<FinalProcessor> {
        let left = |processor: &Processor, state| FinalProcessor {
            instance: self.instance.name,
            name: processor.name,
            uid: processor.uid.clone(),
            state,
            pipeline: processor.pipeline.clone(),
        };
        let idle = self.idle.iter().filter(|processor| processor.exists);
        let idle = idle.map(|p| left(p, if p.started { "STOPPED" } else { "CREATED" }));
        self.running.iter().map(|p| left(p, "STARTED")).chain(idle).collect()
    }

    fn day(&mut self, start: i64) {
        let sessions = self.crew.sessions;
        let slot = DAY_MS / (sessions + 2);
        for number in 0..sessions {
            let time = start + number * slot + self.random.between(0, slot - SESSION_MS);
            let person = self.random.pick(self.crew.people);
            match self.random.below(12) {
                0 => self.refused(time, person),
                _ => self.session(time, person),
            }
        }
        let time = start + sessions * slot + self.random.between(0, slot);
        self.collected(time);
    }

    fn event(&mut self, time_ms: i64, person: &Person, kind: AuditKind) -> AuditEvent {
        let ip: IpAddr = self.random.pick(person.addresses).parse().expect("an address literal");
        AuditEvent {
            time_ms,
            kind,
            failure: None,
            user: person.name.into(),
            roles: vec![person.role.into()],
            source: SocketAddr::new(ip, self.random.between(32_768, 60_999) as u16),
            host: self.instance.host.clone(),
            session: self.random.uuid(),
            entity: None,
        }
    }

    fn refused(&mut self, time: i64, person: &Person) {
        let mut event = self.event(time, person, AuditKind::Logon(person.mechanism));
        event.failure = Some(Failure::authentication());
        self.write(&event, None);
    }

    fn session(&mut self, start: i64, person: &Person) {
        let mut event = self.event(start, person, AuditKind::Logon(person.mechanism));
        self.write(&event, None);
        if !person.may.is_empty() {
            for _ in 0..self.random.between(1, 3) {
                event.time_ms += self.random.between(2_000, SESSION_MS / 4);
                let wish = *self.random.pick(person.may);
                self.act(&event, wish);
            }
        }
        event.kind = AuditKind::Logoff;
        event.time_ms += self.random.between(1_000, SESSION_MS / 5);
        self.write(&event, None);
    }

    /// Carries out the wish if a processor is in the right state, otherwise does nothing.
    fn act(&mut self, session: &AuditEvent, wish: AuditKind) {
        let mut event = session.clone();
        event.kind = wish;
        if wish == AuditKind::Process {
            let uid = self.random.object_id();
            event.entity = Some(processor_entity("(ephemeral)", uid, self.pipeline()));
            self.write(&event, None);
        } else if let Some(processor) = self.change(wish) {
            let data = match wish {
                AuditKind::Create => {
                    let pipeline = self.pipeline();
                    let made = self.idle.iter_mut().find(|idle| idle.name == processor.name);
                    made.into_iter().for_each(|made| made.pipeline = pipeline.clone());
                    pipeline
                }
                _ => Value::Null,
            };
            event.entity = Some(processor_entity(processor.name, processor.uid, data));
            self.write(&event, Some(processor.name));
        }
    }

    /// The processor that the wish is about, after its state has changed.
    fn change(&mut self, wish: AuditKind) -> Option<Processor> {
        let idle = |exists| self.idle.iter().position(|processor| processor.exists == exists);
        match wish {
            AuditKind::Create => {
                let at = idle(false)?;
                self.idle[at] =
                    Processor { exists: true, ..Processor::new(self.idle[at].name, self.random) };
                Some(self.idle[at].clone())
            }
            AuditKind::Drop => {
                let at = idle(true)?;
                self.idle[at].exists = false;
                Some(self.idle[at].clone())
            }
            AuditKind::Start => {
                let at = idle(true)?;
                self.idle[at].started = true;
                self.running.push(self.idle.remove(at));
                self.running.last().cloned()
            }
            AuditKind::Stop if !self.running.is_empty() => {
                self.idle.push(self.running.remove(0));
                self.idle.last().cloned()
            }
            AuditKind::Sample if !self.running.is_empty() => {
                Some(self.random.pick(&self.running).clone())
            }
            _ => None,
        }
    }

    fn pipeline(&mut self) -> Value {
        let window = self.random.between(1, 60);
        json!({"pipeline": [
            {"$source": {"connectionName": self.crew.source, "topic": self.instance.name}},
            {"$match": {"amount": {"$gt": self.random.between(1, 500)}}},
            {"$tumblingWindow": {
                "interval": {"size": window, "unit": "second"},
                "pipeline": [{"$group": {"_id": "$region", "count": {"$sum": 1}}}],
            }},
            {"$emit": {"connectionName": self.crew.source, "topic": "totals"}},
        ]})
    }

    /// A collector fetches the log with an API key, as it does once a day.
    fn collected(&mut self, time_ms: i64) {
        let (user, ip) = COLLECTOR;
        let event = AuditEvent {
            time_ms,
            kind: AuditKind::LogAccessed,
            failure: None,
            user: user.into(),
            roles: Vec::new(),
            source: SocketAddr::new(ip.parse().expect("an address literal"), 0),
            host: self.instance.host.clone(),
            session: self.random.uuid(),
            entity: Some(Entity {
                name: self.instance.name.into(),
                uid: self.instance.id.clone(),
                kind: "audit_log",
                data: Value::Null,
            }),
        };
        self.write(&event, None);
    }

    fn write(&mut self, event: &AuditEvent, processor: Option<&str>) {
        self.lines.push(AuditLine {
            project_id: self.project.into(),
            instance: self.instance.name.into(),
            time_ms: event.time_ms,
            processor: processor.map(str::to_owned),
            line: event.to_line(),
        });
    }
}

fn processor_entity(name: &str, uid: String, data: Value) -> Entity {
    Entity { name: name.into(), uid, kind: "stream_processor", data }
}
