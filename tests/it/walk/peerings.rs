use serde_json::json;

use super::Walk;

impl Walk {
    pub fn peerings(&self) {
        const V: &str = "2023-02-01";
        let all = "{p}/streams/vpcPeeringConnections";
        self.expect(400, "GET", all, V, None);
        let found = self.get(&format!("{all}?requesterAccountId=111122223333"), V);
        let id = |index: usize| found["results"][index]["_id"].as_str().unwrap().to_owned();
        let (active, pending) = (id(0), id(1));
        let strange = self.get(&format!("{all}?requesterAccountId=999988887777"), V);
        let rejected = strange["results"][0]["_id"].as_str().unwrap();
        self.get(&format!("{all}?requesterAccountId=0"), V);
        let in_use = self.get("{p}/streams/activeVpcPeeringConnections", "2024-11-13");
        assert_eq!(in_use["totalCount"], 1);

        let vpc = found["results"][1]["requesterVpcId"].clone();
        let challenge = json!({ "requesterAccountId": "111122223333", "requesterVpcId": vpc });
        let accept = format!("{all}/{pending}:accept");
        let wrong = json!({ "requesterAccountId": "999988887777", "requesterVpcId": vpc });
        self.expect(400, "POST", &accept, V, Some(wrong));
        self.expect(400, "POST", &accept, V, Some(json!({})));
        self.expect(202, "POST", &accept, V, Some(challenge.clone()));
        self.expect(409, "POST", &accept, V, Some(challenge.clone()));
        self.expect(409, "POST", &format!("{all}/{rejected}:reject"), V, None);
        self.expect(404, "POST", &format!("{all}/nothing:reject"), V, None);
        let nothing = format!("{all}/nothing:accept");
        self.expect(404, "POST", &nothing, V, Some(challenge));
        self.expect(202, "DELETE", &format!("{all}/{active}"), V, None);
        self.expect(409, "DELETE", &format!("{all}/{active}"), V, None);
        self.expect(404, "DELETE", &format!("{all}/nothing"), V, None);

        let account = "{p}/streams/accountDetails";
        for (provider, field) in
            [("aws", "awsAccountId"), ("azure", "azureSubscriptionId"), ("gcp", "gcpProjectId")]
        {
            let query = format!("{account}?cloudProvider={provider}&regionName=US_EAST_1");
            let details = self.get(&query, "2024-11-13");
            assert!(details[field].is_string(), "{details}");
        }
        self.expect(400, "GET", account, "2024-11-13", None);
        let unknown = format!("{account}?cloudProvider=moon&regionName=US_EAST_1");
        self.expect(400, "GET", &unknown, "2024-11-13", None);
    }
}
