//! Counting while a log is made: by number, which is fast, and by name at the end.

use std::collections::BTreeMap;

use flate2::Crc;

use crate::cast::Cast;
use crate::event::{Event, What};
use crate::line::uuid;
use crate::plan::{DAY, Millis, Plan, Shape};
use crate::truth::{Act, Counts, Incident, LateField, Session, Truth, keep};

const HOUR: Millis = DAY / 24;
const WEEKDAYS: [&str; 7] =
    ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

pub(crate) struct Tally {
    pub(crate) truth: Truth,
    what: Vec<Counts>,
    users: Vec<Counts>,
    addresses: Vec<Counts>,
    processors: Vec<Counts>,
    hours: BTreeMap<Millis, Counts>,
    outcomes: [Counts; 2],
    shapes: [Counts; 3],
    all: Counts,
    sessions: Vec<u64>,
    crc: Crc,
}

/// How an event was written.
pub(crate) struct Written<'a> {
    /// What of its time the line tells.
    pub time: Option<Millis>,
    /// The line with its end.
    pub bytes: &'a [u8],
    /// The number of the line, from 1.
    pub number: u64,
    pub late: bool,
    pub twin: bool,
}

impl Tally {
    pub(crate) fn new(plan: &Plan, cast: &Cast) -> Self {
        let counts = |n| vec![Counts::default(); n];
        let mut truth = Truth::default();
        truth.query.user.clone_from(&cast.users[plan.query.user].text);
        truth.query.event = plan.query.what.name().to_owned();
        (truth.query.since, truth.query.until) = (plan.query.range.start, plan.query.range.end);
        Tally {
            truth,
            what: counts(What::ALL.len()),
            users: counts(cast.users.len()),
            addresses: counts(cast.addresses.len()),
            processors: counts(cast.processors.len()),
            hours: BTreeMap::new(),
            outcomes: Default::default(),
            shapes: Default::default(),
            all: Counts::default(),
            sessions: vec![0; cast.users.len()],
            crc: Crc::new(),
        }
    }

    pub(crate) fn event(&mut self, plan: &Plan, cast: &Cast, event: &Event, line: &Written<'_>) {
        let (time, failed, inferred) = (line.time, event.failed(), event.outcome_is_inferred());
        let truth = &mut self.truth;
        truth.events += 1;
        truth.twins += u64::from(line.twin);
        truth.untimed += u64::from(time.is_none());
        truth.inferred += u64::from(inferred);
        truth.failures += u64::from(failed);
        let add = |counts: &mut Counts| counts.add(time, failed, inferred);
        add(&mut self.all);
        add(&mut self.what[event.what as usize]);
        add(&mut self.users[event.user]);
        add(&mut self.addresses[event.address]);
        add(&mut self.outcomes[usize::from(failed)]);
        add(&mut self.shapes[event.shape as usize]);
        if let Some(processor) = event.processor {
            add(&mut self.processors[processor]);
        }
        if let Some(time) = time {
            add(self.hours.entry(time.div_euclid(HOUR)).or_default());
        }
        if event.user == plan.query.user
            && event.what == plan.query.what
            && time.is_some_and(|time| plan.query.range.contains(&time))
        {
            add(&mut truth.query.counts);
            truth.query.bytes += line.bytes.len() as u64;
            self.crc.update(line.bytes);
        }
        if line.late {
            let new = || LateField {
                name: "direct_endpoint".to_owned(),
                lines: 0,
                first_line: line.number,
            };
            truth.late_field.get_or_insert_with(new).lines += 1;
        }
        if event.address == cast.intruder() {
            let incident = truth.incident.get_or_insert_with(Incident::default);
            incident.counts.add(time, failed, inferred);
            if incident.lines.0 == 0 {
                incident.lines.0 = line.number;
            }
            incident.lines.1 = line.number;
            let counted = match event.what {
                What::FailedLogon => Some(&mut incident.refused),
                What::Drop if failed => Some(&mut incident.denied),
                What::Drop => Some(&mut incident.dropped),
                What::LogAccessed => Some(&mut incident.log_accesses),
                _ => None,
            };
            counted.into_iter().for_each(|count| *count += 1);
        }
        self.list(plan, cast, event, line);
    }

    /// What is told of single events.
    fn list(&mut self, plan: &Plan, cast: &Cast, event: &Event, line: &Written<'_>) {
        let list = match event.what {
            What::Drop => Some(&mut self.truth.drops),
            What::LogAccessed => Some(&mut self.truth.log_accesses),
            _ => None,
        };
        if let Some(list) = list {
            keep(
                list,
                Act {
                    time: line.time,
                    user: cast.users[event.user].text.clone(),
                    ip: cast.addresses[event.address].clone(),
                    processor: event.processor.map(|n| cast.processors[n].clone()),
                    failed: event.failed(),
                },
            );
        }
        let sessions = &mut self.truth.sessions;
        if !line.twin {
            match event.what {
                What::Logon => {
                    sessions.begun += 1;
                    self.sessions[event.user] += 1;
                }
                What::Logoff => sessions.ended += 1,
                What::FailedLogon => sessions.refused += 1,
                What::LogAccessed if event.address != cast.intruder() => {
                    sessions.without_logon += 1
                }
                _ => {}
            }
        }
        if event.user != plan.query.user || event.what == What::FailedLogon {
            return;
        }
        let id = uuid(event.session);
        let of_user = &mut sessions.of_user;
        // A shuffled log may tell the end of a session before its beginning.
        let at = of_user.iter().rposition(|session| session.id == id).unwrap_or_else(|| {
            let ip = cast.addresses[event.address].clone();
            keep(of_user, Session { id, ip, logon: None, logoff: None, acts: 0 });
            of_user.len() - 1
        });
        match event.what {
            What::Logon => of_user[at].logon = line.time,
            What::Logoff => of_user[at].logoff = line.time,
            _ => of_user[at].acts += 1,
        }
    }

    pub(crate) fn finish(self, plan: &Plan, cast: &Cast) -> Truth {
        let mut truth = self.truth;
        truth.by_event = named(self.what, |n| What::ALL[n].name().to_owned());
        truth.by_user = named(self.users, |n| cast.users[n].text.clone());
        truth.by_ip = named(self.addresses, |n| cast.addresses[n].clone());
        truth.by_processor = named(self.processors, |n| cast.processors[n].clone());
        truth.by_outcome = named(self.outcomes.into(), |n| ["success", "failure"][n].to_owned());
        truth.by_shape = named(self.shapes.into(), |n| Shape::ALL[n].name().to_owned());
        truth.by_instance = named(vec![self.all], |_| plan.instance.clone());
        for (hour, counts) in self.hours {
            let time = jiff::Timestamp::from_millisecond(hour * HOUR).expect("an hour of the log");
            let text = time.to_string();
            let day = hour.div_euclid(24);
            let weekday = WEEKDAYS[day.rem_euclid(7) as usize];
            let within = format!("{weekday} {:02}", hour.rem_euclid(24));
            truth.by_day.entry(text[..10].to_owned()).or_default().join(counts);
            truth.by_weekday_hour.entry(within).or_default().join(counts);
            truth.by_hour.insert(text[..13].to_owned(), counts);
        }
        truth.sessions.by_user = (self.sessions.iter().enumerate())
            .filter(|(_, count)| **count > 0)
            .map(|(user, count)| (cast.users[user].text.clone(), *count))
            .collect();
        truth.query.crc32 = self.crc.sum();
        if let Some(incident) = &mut truth.incident {
            incident.ip.clone_from(&cast.addresses[cast.intruder()]);
            incident.user.clone_from(&cast.users[1 % cast.users.len()].text);
        }
        truth
    }
}

/// What there is at all, by name.
fn named(counts: Vec<Counts>, name: impl Fn(usize) -> String) -> BTreeMap<String, Counts> {
    let there = counts.into_iter().enumerate().filter(|(_, counts)| counts.count > 0);
    there.map(|(n, counts)| (name(n), counts)).collect()
}
