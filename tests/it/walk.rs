//! Every operation of the control plane is asked, and held against the contract.

mod access_lists;
mod connections;
mod events;
mod instances;
mod members;
mod peerings;
mod private_links;
mod processors;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::contract::contract;
use crate::raw::{Answer, call};
use crate::support::Lab;

struct Walk(Lab);

impl Walk {
    fn call(&self, method: &str, path: &str, date: &str, body: Option<Value>) -> Answer {
        let path = path.replace("{p}", &format!("/groups/{}", self.0.project()));
        call(&self.0, method, &path, date, body.as_ref())
    }

    #[track_caller]
    fn expect(
        &self,
        status: u16,
        method: &str,
        path: &str,
        date: &str,
        body: Option<Value>,
    ) -> Value {
        let answer = self.call(method, path, date, body);
        let text = String::from_utf8_lossy(&answer.body);
        assert_eq!(answer.status, status, "{method} {path}: {}\n{text}", answer.head);
        answer.json()
    }

    fn get(&self, path: &str, date: &str) -> Value {
        self.expect(200, "GET", path, date, None)
    }

    fn estate(&self) {
        self.get("", "2023-01-01");
        self.get("/unauth/controlPlaneIPAddresses", "2023-11-15");
        let org = self.get("/orgs", "2023-01-01")["results"][0]["id"].clone();
        let org = org.as_str().expect("the sample has an organisation");
        self.get(&format!("/orgs/{org}"), "2023-01-01");
        self.get(&format!("/orgs/{org}/groups"), "2023-01-01");
        self.get("/groups?itemsPerPage=1&pageNum=2", "2023-01-01");
        self.get("{p}?envelope=true&pretty=true", "2023-01-01");
        self.get("/groups/byName/shop", "2023-01-01");
        self.get("{p}/clusters", "2024-08-05");
        self.get("{p}/dataFederation", "2023-01-01");
        let instances = self.get("{p}/streams", "2023-02-01");
        for instance in instances["results"].as_array().expect("a page") {
            let path = format!("{{p}}/streams/{}", instance["name"].as_str().expect("a name"));
            self.get(&path, "2023-02-01");
            self.get(&format!("{path}?includeConnections=true"), "2023-02-01");
            let connections = self.get(&format!("{path}/connections"), "2023-02-01");
            for connection in connections["results"].as_array().expect("a page") {
                let name = connection["name"].as_str().expect("a name");
                self.get(&format!("{path}/connections/{name}"), "2023-02-01");
            }
            self.get(&format!("{path}/auditLogs"), "2023-02-01+gzip");
        }
    }

    fn users(&self) {
        const V: &str = "2023-01-01";
        let all = "{p}/databaseUsers";
        let custom = json!([{ "databaseName": "admin", "roleName": "streamOperator" }]);
        let new = json!({
            "databaseName": "admin", "username": "a/b c", "password": "long enough",
            "roles": custom, "scopes": [],
        });
        self.expect(201, "POST", all, V, Some(new.clone()));
        self.expect(409, "POST", all, V, Some(new));
        let one = "{p}/databaseUsers/admin/a%2Fb%20c";
        assert_eq!(self.get(one, V)["username"], "a/b c");
        let roles = json!({ "roles": custom });
        self.expect(200, "PATCH", one, V, Some(roles));
        let scopes = json!({ "scopes": [{ "name": "shop-main", "type": "CLUSTER" }] });
        assert_eq!(
            self.expect(200, "PATCH", one, V, Some(scopes))["roles"][0]["roleName"],
            "streamOperator"
        );
        let lasting = json!({ "deleteAfterDate": null });
        assert!(self.expect(200, "PATCH", one, V, Some(lasting)).get("deleteAfterDate").is_none());
        self.get(&format!("{all}?itemsPerPage=500&includeCount=false"), V);
        self.expect(204, "DELETE", one, V, None);
        self.expect(404, "GET", one, V, None);
        self.expect(404, "DELETE", one, V, None);
        self.expect(400, "POST", all, V, Some(json!({ "username": 1 })));
        self.expect(406, "GET", all, "1999-01-01", None);
        self.expect(404, "GET", "/groups/ffffffffffffffffffffffff/databaseUsers", V, None);
    }

    fn roles(&self) {
        const V: &str = "2023-01-01";
        let all = "{p}/customDBRoles/roles";
        let actions = json!([
            { "action": "START_STREAM_PROCESSOR", "resources": [{ "cluster": true }] },
            { "action": "FIND", "resources": [{ "db": "shop", "collection": "" }] },
        ]);
        let new = json!({ "roleName": "walker", "actions": actions });
        self.expect(202, "POST", all, V, Some(new.clone()));
        self.expect(409, "POST", all, V, Some(new));
        let one = "{p}/customDBRoles/roles/walker";
        self.get(one, V);
        self.expect(200, "PATCH", one, V, Some(json!({ "actions": actions })));
        assert!(self.get(all, V).is_array());
        let role = |actions: Value, inherits: Value| {
            Some(json!({ "roleName": "heir", "actions": actions, "inheritedRoles": inherits }))
        };
        let walker = json!([{ "db": "admin", "role": "walker" }]);
        self.expect(202, "POST", all, V, role(json!([]), walker));
        self.expect(409, "DELETE", one, V, None);
        self.expect(204, "DELETE", "{p}/customDBRoles/roles/heir", V, None);
        self.expect(204, "DELETE", one, V, None);
        self.expect(404, "GET", one, V, None);
        self.expect(404, "PATCH", one, V, Some(json!({ "actions": actions })));
        self.expect(404, "DELETE", one, V, None);
        // Users hold the one, a connection executes as the other.
        self.expect(409, "DELETE", "{p}/customDBRoles/roles/streamViewer", V, None);
        self.expect(409, "DELETE", "{p}/customDBRoles/roles/ordersWriter", V, None);
        let on = |resource: Value| json!({ "action": "FIND", "resources": [resource] });
        let find = on(json!({ "db": "shop", "collection": "" }));
        self.expect(400, "POST", all, V, role(json!([]), json!([])));
        let twice = self.expect(400, "POST", all, V, role(json!([find, find]), json!([])));
        assert_eq!(twice["errorCode"], "ATLAS_DUPLICATE_CUSTOM_ROLE_ACTION");
        let nobody = json!([{ "db": "admin", "role": "nobody" }]);
        let unknown = self.expect(400, "POST", all, V, role(json!([]), nobody));
        assert_eq!(unknown["errorCode"], "UNSUPPORTED_ROLE");
    }
}

#[test]
fn every_answer_is_as_the_contract_has_it() {
    let walk = Walk(Lab::new());
    walk.estate();
    walk.users();
    walk.roles();
    walk.access_lists();
    walk.connections();
    walk.events();
    walk.instances();
    walk.members();
    walk.peerings();
    walk.private_links();
    walk.processors();
    let met: BTreeSet<String> =
        walk.0.exchanges().into_iter().filter_map(|exchange| exchange.operation).collect();
    let wanted = spctl::local::operations().map(|o| o.id.to_owned()).collect();
    let missing: Vec<_> = BTreeSet::difference(&wanted, &met).collect();
    assert!(missing.is_empty(), "the walk asks nothing of {missing:?}");
    if let Some(contract) = contract() {
        let unused = contract.unused_deviations();
        assert!(unused.is_empty(), "deviations that nothing needs: {unused:#?}");
    }
}
