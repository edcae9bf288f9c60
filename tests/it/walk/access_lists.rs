use serde_json::{Value, json};

use super::Walk;

impl Walk {
    pub fn access_lists(&self) {
        const V: &str = "2023-01-01";
        let all = "{p}/accessList";
        let new = json!([
            { "ipAddress": "192.0.2.9", "comment": "one" },
            { "cidrBlock": "198.51.100.128/25" },
            { "cidrBlock": "2001:db8:0:0:0:0:0:0/32" },
            { "awsSecurityGroup": "111122223333/sg-0123" },
        ]);
        let page = self.expect(201, "POST", all, V, Some(new));
        assert_eq!(page["totalCount"], 7, "{page}");
        // A bare address comes back as a block, too, and either names it.
        let one = self.get(&format!("{all}/192.0.2.9"), V);
        assert_eq!(one["cidrBlock"], "192.0.2.9/32");
        assert!(one["links"][0]["href"].as_str().unwrap().ends_with("/192.0.2.9%2F32"), "{one}");
        assert_eq!(self.get(&format!("{all}/192.0.2.9%2F32"), V), one);
        let block = format!("{all}/198.51.100.128%2F25");
        assert!(self.get(&block, V).get("ipAddress").is_none());
        assert_eq!(self.get(&format!("{block}/status"), V)["STATUS"], "PENDING");
        assert_eq!(self.get(&format!("{all}/203.0.113.0%2F24/status"), V)["STATUS"], "ACTIVE");
        self.get(&format!("{all}/111122223333%2Fsg-0123"), V);
        self.get(&format!("{all}/2001:db8::%2F32"), V);
        self.get(&format!("{all}?itemsPerPage=2&pageNum=2&includeCount=false"), V);
        // What stands is not there twice.
        let again = json!([{ "cidrBlock": "192.0.2.9/32", "comment": "two" }]);
        assert_eq!(self.expect(201, "POST", all, V, Some(again))["totalCount"], 7);
        assert_eq!(self.get(&format!("{all}/192.0.2.9"), V)["comment"], "two");
        self.expect(204, "DELETE", &block, V, None);
        for gone in [&block, &format!("{block}/status"), &format!("{all}/nonsense")] {
            self.expect(404, "GET", gone, V, None);
        }
        self.expect(404, "DELETE", &block, V, None);
        let refused: [Value; 9] = [
            json!([]),
            json!({ "ipAddress": "192.0.2.1" }),
            json!([{}]),
            json!([{ "cidrBlock": "10.1.2.3/8" }]),
            json!([{ "ipAddress": "192.0.2.256" }]),
            json!([{ "awsSecurityGroup": "group" }]),
            json!([{ "ipAddress": "192.0.2.1", "comment": "x".repeat(81) }]),
            json!([{ "ipAddress": "192.0.2.1", "deleteAfterDate": "2026-08-28T12:00:01Z" }]),
            json!([{ "ipAddress": "192.0.2.1", "deleteAfterDate": "2026-08-20T12:00:00Z" }]),
        ];
        for body in refused {
            self.expect(400, "POST", all, V, Some(body));
        }
        let own = crate::raw::send(self.0.url(), "GET", "/api/private/ipinfo", &self.bearer(), "");
        assert_eq!(own.json()["currentIpv4Address"], "127.0.0.1");
        let nobody = crate::raw::send(self.0.url(), "GET", "/api/private/ipinfo", "", "");
        assert_eq!(nobody.status, 401);
    }

    fn bearer(&self) -> String {
        format!("Authorization: Bearer {}\r\n", self.0.token())
    }
}
