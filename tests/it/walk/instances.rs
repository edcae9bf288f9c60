use serde_json::json;

use super::Walk;

const V: &str = "2023-02-01";

impl Walk {
    pub fn instances(&self) {
        let all = "{p}/streams";
        let home = json!({ "cloudProvider": "AWS", "region": "VIRGINIA_USA" });
        let ohio = json!({ "cloudProvider": "AWS", "region": "OHIO_USA" });
        let new = json!({
            "name": "walk", "dataProcessRegion": home, "failoverRegions": [ohio],
            "streamConfig": { "tier": "SP5", "maxTierSize": "SP50" },
        });
        let made = self.expect(200, "POST", all, V, Some(new.clone()));
        assert_eq!(made["streamConfig"]["tier"], "SP5");
        self.expect(409, "POST", all, V, Some(new));
        let oslo = json!({ "cloudProvider": "AWS", "region": "OSLO_NOR" });
        for wrong in [
            json!({ "name": "x" }),
            json!({ "name": "-x", "dataProcessRegion": home }),
            json!({ "name": "x", "dataProcessRegion": oslo }),
            json!({ "name": "x", "dataProcessRegion": home, "failoverRegions": [home] }),
            json!({ "name": "x", "dataProcessRegion": home, "streamConfig": { "tier": "SP7" } }),
        ] {
            let answer = self.call("POST", all, V, Some(wrong.clone()));
            assert_eq!(answer.status, 400, "{wrong}: {answer:?}");
        }
        let one = "{p}/streams/walk";
        let smaller = json!({ "streamConfig": { "tier": "SP10" }, "failoverRegions": [] });
        let changed = self.expect(200, "PATCH", one, V, Some(smaller));
        assert_eq!(changed["streamConfig"]["maxTierSize"], "SP50", "what is not named stays");
        let above = json!({ "streamConfig": { "tier": "SP50", "maxTierSize": "SP10" } });
        self.expect(400, "PATCH", one, V, Some(above));
        assert_eq!(self.expect(202, "DELETE", one, V, None), json!({}));
        self.expect(404, "DELETE", one, V, None);
        self.expect(404, "PATCH", one, V, Some(json!({})));
        self.get(&format!("{one}/auditLogs"), "2023-02-01+gzip");

        let sampled = json!({ "name": "walk", "dataProcessRegion": home });
        let path = format!("{all}:withSampleConnections");
        self.expect(200, "POST", &path, "2024-08-05", Some(sampled));
        let got = self.get(&format!("{one}?includeConnections=true"), V);
        assert_eq!(got["connections"][0]["type"], "Sample");
        self.expect(202, "DELETE", one, V, None);
    }
}
