//! The connection registries of the three instances.

use serde_json::{Value, json};

use super::places::{Ids, ORDERS, PAYMENTS, TELEMETRY};
use super::random::Random;

/// Every connection, with its project's id and its instance's name.
pub(super) fn build(ids: &Ids, random: &mut Random) -> Vec<(String, String, Value)> {
    let mut connections = Vec::new();
    let mut add = |instance: &str, name: &str, kind: &str, region: &str, own: Value| {
        let mut connection = json!({
            "id": random.object_id(),
            "name": name,
            "region": region,
            "state": "READY",
            "type": kind,
        });
        if let (Value::Object(all), Value::Object(own)) = (&mut connection, own) {
            all.extend(own);
        }
        connections.push((ids.project.clone(), instance.to_owned(), connection));
    };

    let own = "VIRGINIA_USA";
    let brokers = "b-1.kafka.example:9196,b-2.kafka.example:9196,b-3.kafka.example:9196";
    add(ORDERS, "order-events", "Kafka", own, kafka(brokers, "atlas-orders", "PUBLIC"));
    let inside = "kafka-1.warehouse.example:9096,kafka-2.warehouse.example:9096";
    add(ORDERS, "warehouse", "Kafka", own, kafka(inside, "atlas-warehouse", "VPC"));
    let execute_as = ("ordersWriter", "CUSTOM");
    add(ORDERS, "shop", "Cluster", own, cluster("shop-main", Some(execute_as)));
    let execute_as = ("readAnyDatabase", "BUILT_IN");
    add(ORDERS, "ledger-read", "Cluster", own, cluster("payments-ledger", Some(execute_as)));
    let lambda = json!({"aws": {"roleArn": "arn:aws:iam::111122223333:role/order-mailer"}});
    add(ORDERS, "order-mailer", "AWSLambda", own, lambda);
    add(ORDERS, "sample_stream_solar", "Sample", own, json!({}));

    let own = "westeurope";
    let brokers = "broker.payments.example:9093";
    add(PAYMENTS, "payment-events", "Kafka", own, kafka(brokers, "atlas-payments", "PUBLIC"));
    let execute_as = ("readWriteAnyDatabase", "BUILT_IN");
    add(PAYMENTS, "ledger", "Cluster", own, cluster("payments-ledger", Some(execute_as)));
    let webhook = json!({
        "headers": {"content-type": "application/json"},
        "url": "https://fraud.payments.example/score",
    });
    add(PAYMENTS, "fraud-score", "Https", own, webhook);

    let own = "US_CENTRAL1";
    let brokers = "ingest.sensors.example:9094";
    add(TELEMETRY, "sensors", "Kafka", own, kafka(brokers, "atlas-sensors", "PUBLIC"));
    add(TELEMETRY, "archive", "Cluster", own, cluster("sensor-archive", None));
    add(TELEMETRY, "sample_stream_solar", "Sample", own, json!({}));
    connections
}

fn kafka(brokers: &str, user: &str, access: &str) -> Value {
    json!({
        "authentication": {"mechanism": "SCRAM-512", "username": user},
        "bootstrapServers": brokers,
        "config": {"auto.offset.reset": "earliest"},
        "networking": {"access": {"type": access}},
        "security": {"protocol": "SASL_SSL"},
    })
}

fn cluster(cluster: &str, execute_as: Option<(&str, &str)>) -> Value {
    let mut connection = json!({"clusterName": cluster});
    if let Some((role, kind)) = execute_as {
        connection["dbRoleToExecute"] = json!({"role": role, "type": kind});
    }
    connection
}
