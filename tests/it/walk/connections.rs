use serde_json::{Value, json};

use super::Walk;

const V: &str = "2023-02-01";
const FAILOVER: &str = "2025-03-12";

/// One connection of every type.
fn every_type() -> Vec<Value> {
    let arn = json!({ "roleArn": "arn:aws:iam::111122223333:role/sink" });
    let public = json!({ "access": { "type": "PUBLIC" } });
    vec![
        json!({
            "name": "w-kafka", "type": "Kafka", "bootstrapServers": "a.example:9092",
            "authentication": { "mechanism": "PLAIN", "username": "u", "password": "secret" },
            "security": { "protocol": "SASL_SSL" }, "config": { "group.protocol": "consumer" },
            "networking": public,
        }),
        json!({
            "name": "w-cluster", "type": "Cluster", "clusterName": "shop-main",
            "dbRoleToExecute": { "role": "ordersWriter", "type": "CUSTOM" },
        }),
        json!({ "name": "w-https", "type": "Https", "url": "https://a.example", "headers": { "a": "b" } }),
        json!({ "name": "w-lambda", "type": "AWSLambda", "aws": arn }),
        json!({
            "name": "w-s3", "type": "S3", "networking": public,
            "aws": { "roleArn": "arn:aws:iam::111122223333:role/sink", "testBucket": "out" },
        }),
        json!({ "name": "w-kinesis", "type": "AWSKinesisDataStreams", "aws": arn }),
        json!({
            "name": "w-registry", "type": "SchemaRegistry", "provider": "CONFLUENT",
            "schemaRegistryUrls": ["https://registry.example"],
            "schemaRegistryAuthentication":
                { "type": "USER_INFO", "username": "u", "password": "secret" },
        }),
        json!({
            "name": "w-blob", "type": "AzureBlobStorage",
            "azure": { "storageAccountName": "out", "servicePrincipalId": "p" },
        }),
        json!({
            "name": "w-pubsub", "type": "GCPPubSub",
            "gcp": { "serviceAccountId": "a@b.iam.gserviceaccount.com" },
        }),
    ]
}

impl Walk {
    pub fn connections(&self) {
        let all = "{p}/streams/orders/connections";
        for new in every_type() {
            let made = self.expect(200, "POST", all, V, Some(new.clone()));
            assert!(!made.to_string().contains("secret"), "{made}");
            assert_eq!(made["state"], "PENDING");
            let one = format!("{all}/{}", new["name"].as_str().expect("a name"));
            self.get(&one, V);
            let same = json!({ "type": new["type"] });
            let changed = self.expect(200, "PATCH", &one, V, Some(same));
            assert!(changed.get("state").is_none(), "an update answers no state: {changed}");
        }
        self.get(&format!("{all}?itemsPerPage=500"), V);
        self.connections_refused(all);
        self.failovers(all);
        for new in every_type() {
            let one = format!("{all}/{}", new["name"].as_str().expect("a name"));
            assert_eq!(self.expect(202, "DELETE", &one, V, None), json!({}));
            assert_eq!(self.get(&one, V)["state"], "DELETING");
        }
        self.expect(404, "DELETE", &format!("{all}/nothing"), V, None);
        self.expect(404, "GET", "{p}/streams/nothing/connections", V, None);
    }

    fn connections_refused(&self, all: &str) {
        let [kafka, cluster, ..] = &every_type()[..] else { panic!("nine of them") };
        self.expect(409, "POST", all, V, Some(kafka.clone()));
        let with = |base: &Value, key: &str, value: Value| {
            let mut body = base.clone();
            body["name"] = "w-other".into();
            body[key] = value;
            body
        };
        let link = |id: &str| json!({ "access": { "type": "PRIVATE_LINK", "connectionId": id } });
        let role = |role: &str, kind: &str| json!({ "role": role, "type": kind });
        let no_secret = json!({ "mechanism": "PLAIN", "username": "u" });
        let refused = [
            (400, json!({ "name": "w-other" })),
            (400, with(kafka, "type", "Carrier pigeon".into())),
            (400, with(kafka, "bootstrapServers", "no port".into())),
            (400, with(kafka, "authentication", no_secret)),
            (400, with(kafka, "clusterName", "shop-main".into())),
            (404, with(kafka, "networking", link("ffffffffffffffffffffffff"))),
            (404, with(cluster, "clusterName", "nothing".into())),
            (400, with(cluster, "dbRoleToExecute", role("nothing", "CUSTOM"))),
            (400, with(cluster, "dbRoleToExecute", role("dbAdmin", "BUILT_IN"))),
        ];
        for (status, body) in refused {
            let answer = self.call("POST", all, V, Some(body.clone()));
            assert_eq!(answer.status, status, "{body}: {}", answer.json());
        }
        let one = format!("{all}/w-kafka");
        self.expect(400, "PATCH", &one, V, Some(json!({ "type": "Cluster" })));
        let renamed = json!({ "type": "Kafka", "authentication": { "username": "v" } });
        let renamed = self.expect(200, "PATCH", &one, V, Some(renamed));
        assert_eq!(renamed["authentication"], json!({ "mechanism": "PLAIN", "username": "v" }));
    }

    fn failovers(&self, all: &str) {
        let below = format!("{all}/w-kafka/failoverConnections");
        let [mut new, ..] = <[Value; 9]>::try_from(every_type()).expect("nine of them");
        self.expect(400, "POST", &below, FAILOVER, Some(new.clone()));
        new["region"] = "OHIO_USA".into();
        let made = self.expect(201, "POST", &below, FAILOVER, Some(new.clone()));
        self.expect(409, "POST", &below, FAILOVER, Some(new.clone()));
        let one = format!("{below}/{}", made["id"].as_str().expect("an id"));
        assert_eq!(self.get(&below, FAILOVER)["totalCount"], 1);
        self.get(&one, FAILOVER);
        let servers = json!({ "type": "Kafka", "bootstrapServers": "b.example:9092" });
        self.expect(200, "PATCH", &one, FAILOVER, Some(servers));
        self.expect(204, "DELETE", &one, FAILOVER, None);
        self.expect(404, "DELETE", &one, FAILOVER, None);
        let of_https = format!("{all}/w-https/failoverConnections");
        let body = json!({ "type": "Kafka", "region": "OHIO_USA" });
        self.expect(400, "POST", &of_https, FAILOVER, Some(body));
    }
}
