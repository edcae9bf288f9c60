//! OCSF by its schema, as 1.1 has it.

use super::{Line, push, put};
use crate::event::What;
use crate::random::Random;

impl Line<'_> {
    pub(super) fn schema(&self, out: &mut Vec<u8>) {
        let event = self.event;
        let (class, activity) = event.what.class();
        let failed = event.failed();
        let names = match (class, activity) {
            (3002, 1) => ("Logon", "Authentication"),
            (3002, _) => ("Logoff", "Authentication"),
            (_, 1) => ("Create", "Entity Management"),
            (_, 2) => ("Read", "Entity Management"),
            (_, 3) => ("Update", "Entity Management"),
            _ => ("Delete", "Entity Management"),
        };
        put(
            out,
            format_args!(
                r#"{{"activity_id":{activity},"activity_name":"{}","category_uid":3,"class_uid":{class},"class_name":"{}","#,
                names.0, names.1
            ),
        );
        self.time_field(out);
        let (severity, status) = if failed { (3, 2) } else { (1, 1) };
        put(
            out,
            format_args!(
                r#""severity_id":{severity},"type_uid":{class}0{activity},"status_id":{status},"metadata":{{"correlation_uid":"{}","product":{{"name":"Atlas Stream Processing","vendor_name":"MongoDB","version":"8.0"}},"version":"1.1.0""#,
                self.session()
            ),
        );
        if self.spelling.event_id {
            let mut random = Random::new(event.session as u64 ^ event.time as u64);
            let id = u128::from(random.next()) << 64 | u128::from(random.next());
            put(out, format_args!(r#","uid":"{}""#, super::uuid(id)));
        }
        push(out, "},");
        if event.what == What::FailedLogon {
            push(out, r#""status_code":"18","status_detail":"AuthenticationFailed","#);
        } else {
            if event.denied {
                push(out, r#""status_code":"13","status_detail":"Unauthorized","#);
            }
            push(out, r#""actor":{"user":"#);
            self.user(out, true);
            push(out, "},");
        }
        self.endpoints(out, r#"{"hostname":"atlas-stream-64c1f0.example.net","port":27017}"#);
        if class == 3002 {
            push(out, r#","user":"#);
            self.user(out, false);
        }
        if activity == 1 && class == 3002 {
            let mechanism = self.cast.users[event.user].mechanism;
            put(out, format_args!(r#","auth_protocol_id":99,"auth_protocol":"{mechanism}""#));
        }
        if class == 3004 {
            let kind =
                if event.what == What::LogAccessed { "audit_log" } else { "stream_processor" };
            put(
                out,
                format_args!(
                    r#","entity":{{"name":"{}","uid":"66f0c1a2{:016x}","type":"{kind}""#,
                    self.entity_name(),
                    Random::new(event.uid).next()
                ),
            );
            if event.what.has_pipeline() {
                push(out, r#","data":{"pipeline":"#);
                self.pipeline(out);
                out.push(b'}');
            }
            out.push(b'}');
        }
        put(out, format_args!(r#","unmapped":{{"atype":"{}"}}}}"#, event.what.atype()));
    }
}
