//! `spctl api`: any operation, asked about and signed as others are.

use std::collections::BTreeSet;
use std::io::Read;

use serde_json::{Value, json};

use crate::run::Run;
use crate::support::Lab;

fn api(lab: &Lab, line: &str) -> Run {
    let mut run = lab.spctl(["api"]);
    run.args.extend(line.split(' ').map(str::to_owned));
    run
}

#[test]
fn every_operation_of_the_control_plane_is_known() {
    let known: BTreeSet<&str> =
        spctl::atlas::catalogue::OPERATIONS.iter().map(|operation| operation.id).collect();
    let unknown: Vec<_> =
        spctl::local::operations().filter(|operation| !known.contains(operation.id)).collect();
    assert!(unknown.is_empty(), "src/atlas/catalogue.rs does not name {unknown:?}");
}

#[test]
fn reads_are_written_as_they_came() {
    let lab = Lab::new();
    let one = api(&lab, "GET groups/{project}").finish().exits(0).json();
    assert_eq!(one["id"], lab.project());
    let line = "GET /api/atlas/v2/groups/{groupId}/streams --paginate --jq map(.name)";
    assert_eq!(
        api(&lab, line).finish().exits(0).json(),
        json!(["orders", "payments", "telemetry"])
    );
    for (format, lines) in [("json", 5), ("ndjson", 3)] {
        let line = format!("GET groups/{{project}}/streams --paginate -o {format}");
        assert_eq!(api(&lab, &line).finish().exits(0).out().lines().count(), lines);
    }
    let all = api(&lab, "GET groups/{project}/streams --paginate").finish().exits(0).json();
    assert_eq!(all.as_array().map(Vec::len), Some(3));
    let yaml =
        api(&lab, "GET groups/{project}/customDBRoles/roles -o yaml").finish().exits(0).out();
    assert!(yaml.contains("roleName: streamViewer"), "{yaml}");
    lab.requests();
    let line = "GET groups/{project}/events?eventType=MONGODB_USER_ADDED -F itemsPerPage=1 \
                -f eventType=MONGODB_USER_DELETED --jq [.results[].eventTypeName]";
    let types = api(&lab, &line.replace("                ", "")).finish().exits(0).json();
    assert_eq!(types, json!(["MONGODB_USER_ADDED"]));
    let request = &lab.requests()[0];
    let query = "eventType=MONGODB_USER_ADDED&eventType=MONGODB_USER_DELETED&itemsPerPage=1";
    assert!(request.ends_with(query), "{request}");
    let none = "GET groups/{project}/streams/none/connections --paginate";
    assert!(api(&lab, none).finish().exits(5).err().contains("STREAM_TENANT_NOT_FOUND"));
}

#[test]
fn a_change_is_shown_and_asked_about() {
    let lab = Lab::new();
    let line = "POST groups/{project}/databaseUsers -f username=zoe -f password=confidential \
                -f databaseName=admin -f roles[][roleName]=streamViewer";
    let roles = "[{\"roleName\":\"streamViewer\",\"databaseName\":\"admin\"}]";
    let line = format!("{} -F roles={roles}", line.split(" -f roles").next().unwrap());
    let line = line.replace("                ", "");
    let asked = api(&lab, &line).finish().exits(2);
    assert!(asked.err().contains("--yes"), "{}", asked.shown());
    let dry = api(&lab, &format!("{line} --dry-run")).finish().exits(0);
    assert!(dry.out().contains("********"), "{}", dry.shown());
    assert!(!dry.shown().replace("$ spctl", "").split_once('\n').unwrap().1.contains("confid"));
    assert!(lab.requests().is_empty());
    let made = api(&lab, &format!("{line} --yes")).finish().exits(0).json();
    assert_eq!(made["username"], "zoe");
    assert!(api(&lab, &format!("{line} --yes")).finish().exits(6).err().contains("zoe"));
    let path = "groups/{project}/databaseUsers/admin/zoe";
    let change = api(&lab, &format!("PATCH {path} --input - --yes --jq .description"));
    let change = change.stdin("{\"description\": \"new\"}").finish().exits(0);
    assert_eq!(change.out().trim().trim_matches('"'), "new");
    let gone = api(&lab, &format!("DELETE {path} --yes")).finish().exits(0);
    assert!(gone.stdout.is_empty() && gone.err().contains("204"), "{}", gone.shown());
    api(&lab, &format!("DELETE {path} --yes")).finish().exits(5);
}

#[test]
fn compressed_answers_go_where_they_belong() {
    let lab = Lab::new();
    let path = "GET groups/{project}/streams/orders/auditLogs";
    let unpack = |bytes: &[u8]| {
        let mut text = String::new();
        flate2::read::MultiGzDecoder::new(bytes).read_to_string(&mut text).expect("gzip");
        text.lines().count()
    };
    let lines = unpack(&api(&lab, path).finish().exits(0).stdout);
    assert!(lines > 100);
    let to_file = || api(&lab, &format!("{path} --out log.gz"));
    to_file().finish().exits(0);
    assert_eq!(unpack(&std::fs::read(lab.file("log.gz")).unwrap()), lines + 1);
    to_file().finish().exits(6);
}

#[test]
fn what_cannot_be_called_is_not_called() {
    let lab = Lab::new();
    for wrong in [
        "GET groups/{project}/alerts",
        "GET groups/{cluster}",
        "GET https://cloud.mongodb.com/api/atlas/v2",
        "GET groups --api-version latest",
        "GET groups --input -",
        "GET groups -f name",
        "GET groups -o csv",
        "GET groups --columns id",
        "GET groups/{project} --paginate",
        "GET groups --paginate -F pageNum=2",
        "POST groups --paginate --yes",
        "POST groups --input missing.json --yes",
        "FETCH groups",
        "GET groups --jq .[",
    ] {
        api(&lab, wrong).finish().exits(2);
    }
    let found = lab.requests();
    assert!(found.is_empty(), "{found:?}");
    let dots = api(&lab, "GET groups/../orgs --api-version 2023-01-01").finish();
    assert_ne!(dots.code, Some(0), "{}", dots.shown());
    let faulty = Lab::faulty();
    let unknown = api(&faulty, "GET groups/{project}/alerts --api-version 2023-01-01").finish();
    assert!(unknown.exits(5).err().contains("alerts"));
    assert!(faulty.exchanges().iter().any(|e| {
        e.request_headers
            .get("accept")
            .is_some_and(|a| a == "application/vnd.atlas.2023-01-01+json")
    }));
}

#[test]
fn deprecated_operations_are_reached_this_way() {
    let lab = Lab::new();
    let people = api(&lab, "GET groups/{project}/users --paginate").finish().exits(0).json();
    let people = people.as_array().unwrap();
    let robin = people.iter().find(|p| p["username"] == "robin@example.com").unwrap();
    let id = robin["id"].as_str().unwrap();
    lab.requests();
    let line = format!("PUT groups/{{project}}/users/{id}/roles -f groupRoles[]=GROUP_OWNER --yes");
    api(&lab, &line).finish().exits(0);
    let [exchange] = &lab.exchanges()[..] else { panic!("one request") };
    assert_eq!(exchange.operation.as_deref(), Some("updateGroupUserRoles"));
    let body: Value = serde_json::from_slice(&exchange.request_body).unwrap();
    assert_eq!(body, json!({"groupRoles": ["GROUP_OWNER"]}));
}
