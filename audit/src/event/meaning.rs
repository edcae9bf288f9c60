//! From the fields of a line to what they mean: one order of precedence per question.

use std::borrow::Cow;

use super::line::{Args, Endpoint, Fields, LegacyUser};
use super::names::{self, Kind, UNNAMED};
use super::{Entity, Event, Outcome, Shape, User};
use crate::event::loose::{Object, Text};

/// OCSF's class Authentication.
const AUTHENTICATION: i64 = 3002;
/// OCSF's class Entity Management.
const ENTITY_MANAGEMENT: i64 = 3004;

/// What a line says.
pub(super) fn event(mut line: Fields<'_>) -> Event<'_> {
    let shape = shape(&line);
    let Named { kind, is_ambiguous, outcome: named } = kind(&mut line);
    // A guess without a class is no more than an object that may be anything.
    let is_act = shape != Shape::Unknown || !is_ambiguous;
    let (outcome, outcome_is_inferred) = match outcome(&line, &kind, named) {
        (_, true) if !is_act => (None, false),
        (outcome, is_inferred) => (Some(outcome), is_inferred),
    };
    let code = code(&line);
    let (user, roles) = user(&mut line);
    let is_legacy = shape == Shape::Legacy;
    let (source, target) = match is_legacy {
        true => (line.remote.0, line.local.0),
        false => (source(line.src_endpoint.0, line.direct_endpoint.0), line.dst_endpoint.0),
    };
    let (thing, param) = (line.entity.0, line.param.0);
    let unmapped = line.unmapped.0;
    let args = [unmapped.args.0, line.api.0.request.0, param.args.0];
    let args = args.into_iter().flat_map(Args::into_all);
    let named = [thing.name].into_iter().chain(args).chain([param.processor]);
    let named = named.chain(is_legacy.then_some(param.name));
    Event {
        shape,
        time: line.time.0.or(line.time_dt.0).or(line.ts.0),
        kind,
        kind_is_ambiguous: is_ambiguous,
        user,
        roles,
        outcome,
        outcome_is_inferred,
        code,
        detail: first([line.status_detail, line.api.0.response.0.error, line.comment]),
        port: source.port.0,
        interface: interface(&source),
        ip: first([source.ip]),
        host: first([target.hostname, target.ip]),
        session: first([line.metadata.0.correlation_uid, Text(line.uuid.0)]),
        mechanism: first([line.auth_protocol, param.mechanism]),
        entity: Entity {
            name: first(named),
            uid: first([thing.uid, param.uid]),
            kind: first([thing.kind]),
        },
        login_time: unmapped.login_time.0.or(param.login_time.0),
        class_uid: line.class_uid.0,
        activity_id: line.activity_id.0,
        type_uid: line.type_uid.0,
        severity_id: line.severity_id.0,
    }
}

/// Where a call came from. Behind a proxy that is not who connected; the newest lines name both, and some
/// only who connected.
fn source<'a>(source: Endpoint<'a>, direct: Endpoint<'a>) -> Endpoint<'a> {
    let is_silent = source.ip.0.is_none() && interface(&source).is_none();
    if is_silent && direct.ip.0.is_some() { direct } else { source }
}

/// The first text that says something.
fn first<'a>(texts: impl IntoIterator<Item = Text<'a>>) -> Option<Cow<'a, str>> {
    texts.into_iter().find_map(|text| text.0.filter(|text| !text.is_empty()))
}

fn interface<'a>(source: &Endpoint<'a>) -> Option<Cow<'a, str>> {
    let names = [&source.interface, &source.interface_name, &source.unix];
    first(names.into_iter().map(|name| Text(name.0.clone())))
}

fn shape(line: &Fields<'_>) -> Shape {
    if line.class_uid.0.is_none() && line.type_uid.0.is_none() {
        return match line.atype.0 {
            Some(_) => Shape::Legacy,
            None => Shape::Unknown,
        };
    }
    match line.metadata.0.product.0 {
        Some(_) => Shape::Mongod,
        None => Shape::Ocsf,
    }
}

/// What was done, by which name.
struct Named<'a> {
    kind: Kind<'a>,
    /// Whether it is a guess.
    is_ambiguous: bool,
    /// How it ended, where the name says so.
    outcome: Option<Outcome>,
}

/// What was done. A name that is known goes before one that is not.
fn kind<'a>(line: &mut Fields<'a>) -> Named<'a> {
    let unmapped = &mut line.unmapped.0;
    // Where a check of a privilege is recorded, what was checked is the event.
    let checked =
        |text: &Text<'_>| text.0.as_deref().is_some_and(|name| names::same(name, "authCheck"));
    if checked(&line.atype) && line.param.0.command.0.is_some() {
        line.atype = std::mem::take(&mut line.param.0.command);
    }
    if checked(&unmapped.atype)
        && (unmapped.command.0.is_some() || line.api.0.operation.0.is_some())
    {
        unmapped.atype = Text(None);
    }
    let said = [
        &mut unmapped.atype,
        &mut unmapped.command,
        &mut unmapped.operation,
        &mut line.atype,
        &mut line.api.0.operation,
    ];
    let known = |name: &str| {
        let kind = Kind::named(name)?;
        Some(Named { kind, is_ambiguous: false, outcome: names::outcome(name) })
    };
    let mut other = None;
    for text in said {
        let Some(name) = std::mem::take(&mut text.0).filter(|name| !name.is_empty()) else {
            continue;
        };
        if let Some(named) = known(&name) {
            return named;
        }
        other = other.or(Some(name));
    }
    let (class, activity) = numbers(line);
    let is_logon_or_logoff = class == Some(AUTHENTICATION) && matches!(activity, Some(1 | 2));
    if let Some(name) = other.filter(|_| !is_logon_or_logoff) {
        return Named { kind: Kind::Other(name), is_ambiguous: false, outcome: None };
    }
    // These are sentences or OCSF's own words, so that only known names count.
    let words = [&line.activity_name, &line.type_name, &line.message, &line.entity.0.kind];
    let word = |text: &Text<'_>| {
        let text = text.0.as_deref()?;
        // `Authentication: Logon`
        known(text.rsplit_once(": ").map_or(text, |(_, activity)| activity))
    };
    words.into_iter().find_map(word).unwrap_or_else(|| {
        let (kind, is_ambiguous) = by_number(line);
        Named { kind, is_ambiguous, outcome: None }
    })
}

/// Class and activity, which `type_uid` holds too.
fn numbers(line: &Fields<'_>) -> (Option<i64>, Option<i64>) {
    let class = line.class_uid.0.or(line.type_uid.0.map(|uid| uid / 100));
    (class, line.activity_id.0.or(line.type_uid.0.map(|uid| uid % 100)))
}

/// By class and activity, which several events share.
fn by_number<'a>(line: &Fields<'a>) -> (Kind<'a>, bool) {
    let (class, activity) = numbers(line);
    let entity = line.entity.0.kind.0.as_deref();
    let is_processor = entity.is_none_or(|kind| names::same(kind, "stream_processor"));
    match (class, activity) {
        (Some(AUTHENTICATION), Some(1)) => (Kind::Logon, false),
        (Some(AUTHENTICATION), Some(2)) => (Kind::Logoff, false),
        (Some(ENTITY_MANAGEMENT), Some(4)) if is_processor => (Kind::Drop, true),
        (Some(ENTITY_MANAGEMENT), Some(1)) if is_processor => (Kind::Create, true),
        (Some(ENTITY_MANAGEMENT), Some(2)) if is_processor => (Kind::Sample, true),
        (Some(ENTITY_MANAGEMENT), Some(8 | 10 | 13)) if is_processor => (Kind::Start, true),
        (Some(ENTITY_MANAGEMENT), Some(9 | 11 | 12)) if is_processor => (Kind::Stop, true),
        // mongod names the operation here: create_collection.
        (Some(ENTITY_MANAGEMENT), _) if !is_processor => {
            (Kind::Other(line.entity.0.kind.0.clone().unwrap_or(UNNAMED.into())), false)
        }
        _ => {
            let words = [&line.activity_name, &line.type_name, &line.message];
            let word = words.into_iter().find_map(|text| text.0.clone());
            (Kind::Other(word.unwrap_or(UNNAMED.into())), true)
        }
    }
}

/// How it ended, and whether that is inferred.
fn outcome(line: &Fields<'_>, kind: &Kind<'_>, named: Option<Outcome>) -> (Outcome, bool) {
    let of_code = |code: i64| if code == 0 { Outcome::Success } else { Outcome::Failure };
    let stated = match line.status_id.0 {
        Some(1) => Some(Outcome::Success),
        Some(2) => Some(Outcome::Failure),
        _ => None,
    };
    let stated = stated
        .or_else(|| {
            let status = line.status.0.as_deref()?;
            let is = |words: &[&str]| words.iter().any(|word| status.eq_ignore_ascii_case(word));
            match status {
                _ if is(&["success", "succeeded", "ok"]) => Some(Outcome::Success),
                _ if is(&["failure", "failed", "denied", "error"]) => Some(Outcome::Failure),
                _ => None,
            }
        })
        .or_else(|| code(line).map(of_code))
        .or_else(|| line.api.0.response.0.error.0.as_ref().map(|_| Outcome::Failure))
        .or(named);
    if let Some(outcome) = stated {
        return (outcome, false);
    }
    // mongod's lines about logons state nothing; whoever was refused is no actor.
    let has_actor = line.actor.as_ref().is_none_or(|Object(actor)| actor.user.0.name.0.is_some());
    let is_refused = *kind == Kind::Logon && !has_actor && line.user.0.name.0.is_some();
    (if is_refused { Outcome::Failure } else { Outcome::Success }, true)
}

fn code(line: &Fields<'_>) -> Option<i64> {
    let code = line.status_code.0.as_deref().and_then(names::code);
    code.or(line.unmapped.0.result.0).or(line.result.0).or(line.api.0.response.0.code.0)
}

/// Who acted, and with which roles. A refused logon names its user outside the actor.
fn user<'a>(line: &mut Fields<'a>) -> (Option<User<'a>>, Vec<Cow<'a, str>>) {
    let actor = std::mem::take(&mut line.actor).unwrap_or_default().0.user.0;
    let outside = std::mem::take(&mut line.user.0);
    let mut roles: Vec<Cow<'a, str>> =
        actor.groups.0.into_iter().filter_map(|group| group.name.0).collect();
    let legacy = std::mem::take(&mut line.roles.0).into_iter();
    roles.extend(
        legacy.filter_map(|role| Some(User::of(first([role.db]), first([role.role])?).text)),
    );
    if let Some(name) = first([actor.name, outside.name]) {
        return (Some(User::new(name)), roles);
    }
    // A legacy line has no user at the end of a connection, except among what the end is about.
    let param = &mut line.param.0;
    let alone =
        LegacyUser { user: std::mem::take(&mut param.user), db: std::mem::take(&mut param.db) };
    let users = std::mem::take(&mut line.users.0).into_iter();
    let mut users = users.chain([alone]).chain(std::mem::take(&mut param.initial_users.0));
    let user = users.find_map(|user| Some(User::of(first([user.db]), first([user.user])?)));
    (user, roles)
}
