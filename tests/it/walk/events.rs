use super::Walk;

const V: &str = "2023-01-01";

impl Walk {
    pub fn events(&self) {
        let all = "{p}/events";
        let page = self.get(&format!("{all}?itemsPerPage=3"), V);
        assert_eq!(page["totalCount"], 0, "as Atlas has it");
        let rows = page["results"].as_array().expect("a page");
        let times: Vec<_> = rows.iter().map(|row| row["created"].to_string()).collect();
        assert!(rows.len() == 3 && times.is_sorted_by(|a, b| a >= b), "{page}");
        assert!(page["links"].to_string().contains("next"));
        let looked = "STREAM_TENANT_CONNECTIONS_LISTED";
        let some = self.get(&format!("{all}?eventType={looked}&eventType=MONGODB_USER_ADDED"), V);
        assert!(some["results"].as_array().is_some_and(|rows| rows.len() > 20), "{some}");
        let rest = self.get(&format!("{all}?excludedEventType={looked}&itemsPerPage=500"), V);
        assert!(!rest["results"].to_string().contains(looked));
        let none = format!("{all}?minDate=2026-08-01T00:00:00Z&maxDate=2026-08-01T00:00:01Z");
        assert_eq!(self.get(&none, V)["results"].as_array().map(Vec::len), Some(0));
        self.expect(400, "GET", &format!("{all}?minDate=yesterday"), V, None);
        self.get("{p}/ipAddresses", V);
    }
}
