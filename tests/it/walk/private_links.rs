use serde_json::{Value, json};

use super::Walk;

impl Walk {
    pub fn private_links(&self) {
        const V: &str = "2023-02-01";
        let all = "{p}/streams/privateLinkConnections";
        let create = |status, body: Value| self.expect(status, "POST", all, V, Some(body));
        let hub = json!({
            "provider": "Azure", "vendor": "EVENTHUB", "region": "westeurope",
            "serviceEndpointId": "/subscriptions/x", "dnsDomain": "hub.example",
        });
        // The answer repeats what was sent; what is read has the API's own spelling.
        let made = create(200, hub.clone());
        assert_eq!(made["provider"], "Azure");
        assert!(made.get("state").is_none(), "{made}");
        create(409, hub);
        let generic = create(200, json!({ "provider": "Azure" }));
        let one = format!("{all}/{}", generic["_id"].as_str().unwrap());
        let read = self.get(&one, V);
        let said = [&read["provider"], &read["state"], &read["vendor"]];
        assert_eq!(said, ["AZURE", "IDLE", "GENERIC"]);
        let domain = |name: &str| Some(json!({ "dnsDomain": name }));
        for name in ["a.example", "b.example"] {
            let updated = self.expect(200, "PATCH", &one, "2025-03-12", domain(name));
            assert_eq!(updated["dnsDomain"], name);
        }
        self.expect(400, "PATCH", &one, "2025-03-12", Some(json!({ "region": "eastus" })));
        let links = self.get(&format!("{all}?itemsPerPage=1"), V);
        let done = format!("{all}/{}", links["results"][0]["_id"].as_str().unwrap());
        self.expect(409, "PATCH", &done, "2025-03-12", domain("c.example"));
        assert_eq!(self.expect(202, "DELETE", &one, V, None), json!({}));
        assert_eq!(self.get(&one, V)["state"], "DELETING");
        self.expect(409, "DELETE", &one, V, None);
        let nothing = format!("{all}/ffffffffffffffffffffffff");
        self.expect(404, "GET", &nothing, V, None);
        self.expect(404, "DELETE", &nothing, V, None);
        self.expect(404, "PATCH", &nothing, "2025-03-12", domain("a.example"));
        create(400, json!({ "vendor": "S3" }));
        create(400, json!({ "provider": "moon" }));
        create(400, json!({ "provider": "AWS", "vendor": "PUBSUB" }));
        create(400, json!({ "provider": "AWS", "vendor": "MSK" }));
        create(400, json!({ "provider": "AWS", "colour": "blue" }));
    }
}
