//! The fields of a line that mean something, whatever its shape.

use super::json::{Json, Malformed};
use super::keys::Table;
use super::loose::{Id, Keys, List, Moment, Number, Object, Port, Read, Text};
use super::span::Span;

/// An object, its fields and their keys.
macro_rules! object {
    ($(#[$doc:meta])* $name:ident<$life:lifetime> { $($field:ident: $type:ty = $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub(super) struct $name<$life> {
            $(pub(super) $field: $type,)+
        }

        impl<$life> Keys<$life> for $name<$life> {
            const TABLE: &'static Table = {
                static TABLE: Table = Table::new(&[$($key),+]);
                &TABLE
            };

            #[inline]
            fn key(&mut self, number: Option<usize>, json: &mut Json<$life>) -> Result<(), Malformed> {
                #[expect(non_camel_case_types, reason = "each is called as its field is")]
                #[derive(Clone, Copy)]
                enum Field {
                    $($field,)+
                }
                const FIELDS: &[Field] = &[$(Field::$field),+];
                match number.map(|number| FIELDS[number]) {
                    $(Some(Field::$field) => self.$field.read(json),)+
                    None => json.pass(),
                }
            }
        }
    };
}

object!(Metadata<'a> {
    correlation_uid: Text<'a> = "correlation_uid",
    product: Text<'a> = "product",
});

object!(Named<'a> { name: Text<'a> = "name" });

object!(Person<'a> {
    name: Text<'a> = "name",
    groups: List<Named<'a>> = "groups",
});

object!(Actor<'a> { user: Object<Person<'a>> = "user" });

object!(Endpoint<'a> {
    ip: Text<'a> = "ip",
    port: Port = "port",
    hostname: Text<'a> = "hostname",
    interface: Text<'a> = "interface",
    interface_name: Text<'a> = "interface_name",
    unix: Text<'a> = "unix",
});

object!(Thing<'a> {
    name: Text<'a> = "name",
    uid: Text<'a> = "uid",
    kind: Text<'a> = "type",
});

object!(Response<'a> {
    code: Number = "code",
    error: Text<'a> = "error",
});

object!(Api<'a> {
    operation: Text<'a> = "operation",
    request: Object<Args<'a>> = "request",
    response: Object<Response<'a>> = "response",
});

object!(
    /// The arguments of a command: the processor's name under the command's own, or under one of these.
    Args<'a> {
        create: Text<'a> = "createStreamProcessor",
        start: Text<'a> = "startStreamProcessor",
        stop: Text<'a> = "stopStreamProcessor",
        drop: Text<'a> = "dropStreamProcessor",
        process: Text<'a> = "processStreamProcessor",
        sample: Text<'a> = "sampleStreamProcessor",
        processor: Text<'a> = "processorName",
        name: Text<'a> = "name",
        // What the command is about, in a check of a privilege.
        uid: Text<'a> = "uid",
    }
);

object!(Unmapped<'a> {
    atype: Text<'a> = "atype",
    command: Text<'a> = "command",
    operation: Text<'a> = "operation",
    args: Object<Args<'a>> = "args",
    result: Number = "result",
    login_time: Moment = "loginTime",
});

object!(LegacyUser<'a> {
    user: Text<'a> = "user",
    db: Text<'a> = "db",
});

object!(LegacyRole<'a> {
    role: Text<'a> = "role",
    db: Text<'a> = "db",
});

object!(Param<'a> {
    user: Text<'a> = "user",
    db: Text<'a> = "db",
    mechanism: Text<'a> = "mechanism",
    command: Text<'a> = "command",
    args: Object<Args<'a>> = "args",
    initial_users: List<LegacyUser<'a>> = "initialUsers",
    name: Text<'a> = "name",
    processor: Text<'a> = "processorName",
    uid: Text<'a> = "processorId",
    login_time: Moment = "loginTime",
});

object!(
    /// A line of any shape.
    Fields<'a> {
        activity_id: Number = "activity_id",
        activity_name: Text<'a> = "activity_name",
        class_uid: Number = "class_uid",
        type_uid: Number = "type_uid",
        type_name: Text<'a> = "type_name",
        time: Moment = "time",
        time_dt: Moment = "time_dt",
        severity_id: Number = "severity_id",
        status_id: Number = "status_id",
        status: Text<'a> = "status",
        status_code: Text<'a> = "status_code",
        status_detail: Text<'a> = "status_detail",
        message: Text<'a> = "message",
        comment: Text<'a> = "comment",
        metadata: Object<Metadata<'a>> = "metadata",
        actor: Option<Object<Actor<'a>>> = "actor",
        user: Object<Person<'a>> = "user",
        src_endpoint: Object<Endpoint<'a>> = "src_endpoint",
        dst_endpoint: Object<Endpoint<'a>> = "dst_endpoint",
        direct_endpoint: Object<Endpoint<'a>> = "direct_endpoint",
        auth_protocol: Text<'a> = "auth_protocol",
        entity: Object<Thing<'a>> = "entity",
        api: Object<Api<'a>> = "api",
        unmapped: Object<Unmapped<'a>> = "unmapped",
        atype: Text<'a> = "atype",
        ts: Moment = "ts",
        uuid: Id<'a> = "uuid",
        local: Object<Endpoint<'a>> = "local",
        remote: Object<Endpoint<'a>> = "remote",
        users: List<LegacyUser<'a>> = "users",
        roles: List<LegacyRole<'a>> = "roles",
        param: Object<Param<'a>> = "param",
        result: Number = "result",
    }
);

/// Reads a line: an object, and nothing else. Appends where the values stand that mean nothing, if they are
/// asked for.
pub(super) fn read<'a>(text: &'a str, passed: &mut Option<Vec<Span>>) -> Option<Fields<'a>> {
    let (mut json, mut fields) = (Json::new(text), Fields::default());
    json.passed = passed.take();
    let read = json.object(Fields::TABLE, |key, json| fields.key(key, json));
    let read = read.and_then(|()| json.end());
    *passed = json.passed;
    read.ok().map(|()| fields)
}

impl<'a> Args<'a> {
    /// All of them, in the order in which they count.
    pub(super) fn all(&self) -> [&Text<'a>; 9] {
        let Args { create, start, stop, drop, process, sample, processor, name, uid } = self;
        [create, start, stop, drop, process, sample, processor, name, uid]
    }

    /// The same, for whoever takes them.
    pub(super) fn into_all(self) -> [Text<'a>; 9] {
        let Args { create, start, stop, drop, process, sample, processor, name, uid } = self;
        [create, start, stop, drop, process, sample, processor, name, uid]
    }
}
