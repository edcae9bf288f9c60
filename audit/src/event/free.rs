//! Which values of a line decide nothing but what they say.

use std::borrow::Cow;

use super::line::Fields;
use super::loose::{Id, Text};
use super::span::Span;

/// The values of a line that could be others without the rest meaning anything else.
#[derive(Debug, Default)]
pub(super) struct Free {
    /// Where they stand, in order.
    pub(super) spans: Vec<Span>,
    /// Those of them that are read as something else than a text.
    pub(super) time: Option<Span>,
    pub(super) login_time: Option<Span>,
    pub(super) port: Option<Span>,
}

impl Free {
    /// Those of a line; `passed` are those that mean nothing.
    pub(super) fn of(line: &str, fields: &Fields<'_>, passed: Vec<Span>) -> Free {
        let is_some = |span: &Span| !span.is_empty();
        // An empty text is as good as none, and lets another one count.
        let texts = texts(fields).filter_map(|text| match text {
            Some(Cow::Borrowed(text)) => Span::of(text, line).filter(is_some),
            _ => None,
        });
        // The first moment counts, whatever the others are.
        let moments = [&fields.time, &fields.time_dt, &fields.ts].into_iter();
        let moments = moments.filter(|moment| moment.0.is_some()).map(|moment| moment.1);
        let login_time = &fields.unmapped.0.login_time;
        // Of an endpoint that has an address, the port counts.
        let source = &fields.src_endpoint.0;
        let has_port = source.ip.0.is_some() && source.port.0.is_some();
        let mut free = Free {
            spans: passed,
            time: moments.clone().next().filter(is_some),
            login_time: login_time.0.map(|_| login_time.1).filter(is_some),
            port: has_port.then_some(source.port.1).filter(is_some),
        };
        free.spans
            .extend(texts.chain(moments.filter(is_some)).chain(free.login_time).chain(free.port));
        free.spans.sort_unstable();
        free
    }
}

/// The texts that say who, from where and on what. What they say decides nothing else, as long as they say
/// anything: [`super::meaning`] asks no more of them.
fn texts<'f, 'a>(line: &'f Fields<'a>) -> impl Iterator<Item = &'f Option<Cow<'a, str>>> {
    let Id(uuid) = &line.uuid;
    let actor = line.actor.as_ref().map(|actor| &actor.0.user.0);
    let people = actor.into_iter().chain([&line.user.0]).flat_map(|person| {
        let groups = person.groups.0.iter().map(|group| &group.name);
        groups.chain([&person.name])
    });
    let endpoints = [&line.src_endpoint.0, &line.dst_endpoint.0, &line.direct_endpoint.0];
    let endpoints = endpoints.into_iter().flat_map(|endpoint| [&endpoint.ip, &endpoint.hostname]);
    let args = [&line.unmapped.0.args.0, &line.api.0.request.0, &line.param.0.args.0];
    let args = args.into_iter().flat_map(|args| args.all());
    let alone = [
        &line.metadata.0.correlation_uid,
        &line.entity.0.name,
        &line.entity.0.uid,
        &line.status_detail,
        &line.comment,
    ];
    people.chain(endpoints).chain(args).chain(alone).map(|Text(text)| text).chain([uuid])
}
