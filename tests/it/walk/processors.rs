use serde_json::{Value, json};

use super::Walk;

const V: &str = "2024-05-30";
const WITH: &str = "2025-03-12";

fn pipeline(source: &str) -> Value {
    json!([
        { "$source": { "connectionName": source } },
        { "$match": { "amount": { "$gt": 5 } } },
        { "$merge": { "into": { "connectionName": "shop", "db": "shop", "coll": "orders" } } },
    ])
}

impl Walk {
    pub fn processors(&self) {
        let all = "{p}/streams/orders/processors";
        let page = self.get(all, V);
        let sample = page["results"].as_array().expect("a page").len();
        assert!(sample > 1, "{page}");
        assert!(self.get(&format!("{all}?itemsPerPage=1&pageNum=2"), V)["results"][0].is_object());

        let new = "{p}/streams/orders/processor";
        let document = json!({ "name": "walker", "pipeline": pipeline("order-events") });
        let made = self.expect(200, "POST", new, V, Some(document.clone()));
        assert!(made.get("state").is_none() && made["tier"] == "SP30", "{made}");
        self.expect(409, "POST", new, V, Some(document));
        let dlq = |connection: &str| {
            let dlq = json!({ "connectionName": connection, "db": "d", "coll": "c" });
            json!({ "name": "x", "pipeline": pipeline("warehouse"), "options": { "dlq": dlq } })
        };
        for wrong in [
            json!({ "name": "x" }),
            json!({ "name": "a b", "pipeline": pipeline("order-events") }),
            json!({ "name": "x", "pipeline": pipeline("nowhere") }),
            json!({ "name": "x", "pipeline": [{ "$source": {} }] }),
            json!({ "name": "x", "pipeline": pipeline("order-events").as_array().unwrap()[1..] }),
            dlq("warehouse"),
            dlq("nowhere"),
        ] {
            self.expect(400, "POST", new, V, Some(wrong));
        }
        self.expect(404, "POST", "{p}/streams/none/processor", V, Some(dlq("shop")));

        let one = "{p}/streams/orders/processor/walker";
        let act = |status: u16, verb: &str| {
            self.expect(status, "POST", &format!("{one}:{verb}"), V, None);
        };
        act(409, "stop");
        act(200, "start");
        act(409, "start");
        let change = json!({ "tier": "SP10" });
        self.expect(409, "PATCH", one, V, Some(change.clone()));
        act(200, "stop");
        self.expect(200, "PATCH", one, V, Some(change));
        let source = |resume: bool| {
            let options = json!({ "resumeFromCheckpoint": resume });
            json!({ "pipeline": pipeline("warehouse"), "options": options })
        };
        self.expect(400, "PATCH", one, V, Some(source(true)));
        self.expect(200, "PATCH", one, V, Some(source(false)));
        let start = |status: u16, options: Value| {
            self.expect(status, "POST", &format!("{one}:startWith"), WITH, Some(options));
        };
        start(400, json!({ "failover": { "region": "MARS" } }));
        start(400, json!({ "startAtOperationTime": "2099-01-01T00:00:00Z" }));
        start(200, json!({ "failover": { "region": "OHIO_USA", "dryRun": true } }));
        assert_eq!(self.get(one, V)["state"], "STOPPED");
        start(200, json!({ "tier": "SP50", "resumeFromCheckpoint": false }));
        let found = self.get(one, V);
        assert_eq!((&found["state"], &found["tier"]), (&json!("STARTED"), &json!("SP50")));
        assert_eq!(found["stats"]["inputMessageCount"], 0);
        act(200, "stop");
        self.expect(200, "PATCH", one, V, Some(json!({ "name": "runner" })));
        self.expect(404, "GET", one, V, None);
        self.expect(204, "DELETE", "{p}/streams/orders/processor/runner", V, None);
        self.expect(404, "DELETE", "{p}/streams/orders/processor/runner", V, None);
        assert_eq!(self.get(all, V)["results"].as_array().map(Vec::len), Some(sample));

        let logs = "{p}/streams/orders:downloadOperationalLogs";
        let gzip = "2025-03-12+gzip";
        self.get(logs, gzip);
        self.get(&format!("{logs}?spName=walker"), gzip);
        self.expect(404, "GET", "{p}/streams/none:downloadOperationalLogs", gzip, None);
    }
}
