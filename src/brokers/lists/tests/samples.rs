//! What the tools print, cut down to what is read and what must be passed over.

/// A format, what is written in it, and the lists that are read.
pub(super) type Sample = (&'static str, &'static str, &'static [&'static str]);

pub(super) const SAMPLES: &[Sample] = &[
    ("plain", "198.51.100.7\n203.0.113.0/31 # two\n", &["list: 198.51.100.7 203.0.113.0/31 (two)"]),
    (
        "json",
        r#"[{"cidr": "198.51.100.7/32", "provider": "aws", "region": "us-east-1", "direction": "outbound", "source": "x"}]"#,
        &["list: 198.51.100.7/32 (aws us-east-1)"],
    ),
    (
        "json",
        "{\"cidr\": \"198.51.100.7/32\", \"provider\": \"aws\"}\n{\"cidr\": \"192.0.2.0/31\"}\n",
        &["list: 198.51.100.7/32 (aws) 192.0.2.0/31"],
    ),
    ("json", "- cidr: 198.51.100.7/32\n  provider: aws\n", &["list: 198.51.100.7/32 (aws)"]),
    (
        "json",
        r#"{"controlPlane": {"outbound": {"aws": {"us-east-1": ["198.51.100.7"]}, "gcp": null},
            "inbound": {"azure": {"eastus2": ["192.0.2.1/32"], "westus": null}}}}"#,
        &["outbound: 198.51.100.7 (aws us-east-1)", "inbound: 192.0.2.1/32 (azure eastus2)"],
    ),
    ("json", r#"["198.51.100.7", "2001:db8::/48"]"#, &["list: 198.51.100.7 2001:db8::/48"]),
    ("json", r#"{"atlas_cidrs": ["198.51.100.7/32"]}"#, &["atlas_cidrs: 198.51.100.7/32"]),
    (
        "aws-security-group",
        r#"{"SecurityGroups": [{"GroupId": "sg-1", "GroupName": "kafka", "IpPermissions": [
            {"IpProtocol": "tcp", "FromPort": 9194, "ToPort": 9194, "UserIdGroupPairs": [],
             "IpRanges": [{"CidrIp": "198.51.100.7/32", "Description": "Atlas"}],
             "Ipv6Ranges": [{"CidrIpv6": "2001:db8::/48"}], "PrefixListIds": [{"PrefixListId": "pl-1"}]},
            {"IpProtocol": "udp", "FromPort": 53, "ToPort": 53, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
            {"IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
            {"IpProtocol": "-1", "IpRanges": [], "UserIdGroupPairs": [{"GroupId": "sg-2", "UserId": "1"}]}],
            "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
            {"GroupId": "sg-3", "IpPermissions": []}]}"#,
        &[
            "sg-1 tcp/9194 9194: 198.51.100.7/32 (Atlas) 2001:db8::/48 pl-1?",
            "sg-1 all ports: sg-2?",
            "sg-3:",
        ],
    ),
    (
        "aws-security-group",
        r#"{"SecurityGroupRules": [
            {"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-1", "IsEgress": false, "IpProtocol": "tcp",
             "FromPort": 9194, "ToPort": 9198, "CidrIpv4": "198.51.100.7/32", "Description": "Atlas"},
            {"GroupId": "sg-1", "IsEgress": false, "IpProtocol": "tcp", "FromPort": 9194,
             "ToPort": 9198, "ReferencedGroupInfo": {"GroupId": "sg-2"}},
            {"GroupId": "sg-1", "IsEgress": true, "IpProtocol": "-1", "FromPort": -1, "ToPort": -1,
             "CidrIpv4": "0.0.0.0/0"}]}"#,
        &["sg-1 tcp/9194-9198 9194-9198: 198.51.100.7/32 (Atlas) sg-2?"],
    ),
    (
        "aws-prefix-list",
        r#"{"PrefixLists": [{"PrefixListId": "pl-1", "AddressFamily": "IPv4", "MaxEntries": 10, "Version": 3,
            "PrefixListName": "atlas"}]}
           {"Entries": [{"Cidr": "198.51.100.7/32", "Description": "Atlas"}, {"Cidr": "203.0.113.0/31"}]}"#,
        &["pl-1 IPv4 v3: 198.51.100.7/32 (Atlas) 203.0.113.0/31"],
    ),
    (
        "aws-prefix-list",
        r#"{"Entries": [{"Cidr": "2001:db8::/48"}]}"#,
        &["prefix list IPv6: 2001:db8::/48"],
    ),
    (
        "nftables",
        r#"{"nftables": [{"metainfo": {"version": "1.0.6", "json_schema_version": 1}},
            {"set": {"family": "inet", "name": "atlas", "table": "kafka", "type": "ipv4_addr", "handle": 1,
             "flags": ["interval"], "elem": ["198.51.100.7", {"prefix": {"addr": "203.0.113.0", "len": 31}},
             {"range": ["192.0.2.1", "192.0.2.2"]}, {"elem": {"val": "192.0.2.9", "comment": "ours"}},
             {"elem": {"val": {"prefix": {"addr": "192.0.2.16", "len": 28}}, "timeout": 60}}]}}]}"#,
        &[
            "inet kafka atlas IPv4: 198.51.100.7 203.0.113.0/31 192.0.2.1-192.0.2.2 192.0.2.9 (ours) 192.0.2.16/28",
        ],
    ),
    (
        "nftables",
        r#"{"nftables": [{"table": {"family": "inet", "name": "kafka", "handle": 1}},
            {"set": {"family": "inet", "name": "a4", "table": "kafka", "type": "ipv4_addr", "elem": ["198.51.100.7"]}},
            {"set": {"family": "inet", "name": "a6", "table": "kafka", "type": "ipv6_addr", "elem": ["2001:db8::5"]}},
            {"set": {"family": "inet", "name": "ports", "table": "kafka", "type": "inet_service", "elem": [80]}},
            {"chain": {"family": "inet", "table": "kafka", "name": "input", "hook": "input", "policy": "accept"}},
            {"rule": {"family": "inet", "table": "kafka", "chain": "input", "expr": [
                {"match": {"op": "==", "left": {"meta": {"key": "iifname"}}, "right": "lo"}}, {"accept": null}]}},
            {"rule": {"family": "inet", "table": "kafka", "chain": "input", "expr": [
                {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "192.0.2.66"}},
                {"drop": null}]}},
            {"rule": {"family": "inet", "table": "kafka", "chain": "input", "expr": [
                {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": {"set": [9092, {"range": [9094, 9096]}]}}},
                {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "@a4"}},
                {"counter": {"packets": 0, "bytes": 0}}, {"accept": null}]}},
            {"rule": {"family": "inet", "table": "kafka", "chain": "input", "expr": [
                {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": {"set": [9092, {"range": [9094, 9096]}]}}},
                {"match": {"op": "==", "left": {"payload": {"protocol": "ip6", "field": "saddr"}}, "right": "@a6"}},
                {"accept": null}]}},
            {"rule": {"family": "inet", "table": "kafka", "chain": "input", "expr": [
                {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 22}},
                {"match": {"op": "!=", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": {"set": ["192.0.2.1", "192.0.2.2"]}}},
                {"reject": {"type": "tcp reset"}}]}},
            {"rule": {"family": "inet", "table": "kafka", "chain": "input", "expr": [
                {"match": {"op": "==", "left": {"payload": {"protocol": "udp", "field": "dport"}}, "right": 53}}, {"accept": null}]}},
            {"rule": {"family": "inet", "table": "kafka", "chain": "input", "expr": [
                {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 443}}, {"accept": null}]}},
            {"rule": {"family": "inet", "table": "kafka", "chain": "input", "expr": [
                {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": {"set": [9092, {"range": [9094, 9096]}]}}},
                {"drop": null}]}}]}"#,
        &[
            "inet kafka input tcp/9092,9094-9096 9092,9094-9096: 198.51.100.7 2001:db8::5 not 192.0.2.66",
            "inet kafka input tcp/22 22: 192.0.2.1 192.0.2.2 not 192.0.2.66",
            "inet kafka input tcp/443 443: (no source) not 192.0.2.66",
        ],
    ),
    (
        "nftables",
        "table inet kafka {\n\tset a {\n\t\ttype ipv4_addr\n\t\tflags interval\n\t\telements = { 198.51.100.7 comment \"x\",\n\
         \t\t\t     203.0.113.0/31, 192.0.2.1-192.0.2.2 timeout 1h }\n\t}\n\tset p { type inet_service; elements = { 1 } }\n\
         \tset b { type ipv6_addr; elements = { 2001:db8::5 } }\n\
         \tchain input {\n\t\ttype filter hook input priority filter; policy accept;\n\t\tip saddr @a accept\n\t}\n}\n",
        &[
            "inet kafka a IPv4: 198.51.100.7 (x) 203.0.113.0/31 192.0.2.1-192.0.2.2",
            "inet kafka b IPv6: 2001:db8::5",
        ],
    ),
    (
        "aiven",
        r#"{"service_name": "kafka", "service_type": "kafka", "user_config": {"kafka_version": "3.9",
            "ip_filter": ["198.51.100.7/32", {"network": "203.0.113.0/31", "description": "Atlas"}]}}"#,
        &["kafka: 198.51.100.7/32 203.0.113.0/31 (Atlas)"],
    ),
    (
        "aiven",
        "avn service update kafka --project p -c 'ip_filter=[\"198.51.100.7/32\"]'\n",
        &["kafka: 198.51.100.7/32"],
    ),
    (
        "confluent",
        r#"{"id": "ipg-1", "name": "atlas", "cidr_blocks": ["198.51.100.7/32", "203.0.113.0/31"]}"#,
        &["atlas: 198.51.100.7/32 203.0.113.0/31"],
    ),
    (
        "confluent",
        "confluent iam ip-group create atlas --cidr-blocks 198.51.100.7/32,203.0.113.0/31\n",
        &["atlas: 198.51.100.7/32 203.0.113.0/31"],
    ),
    (
        "kubernetes",
        "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: kafka, namespace: prod}\nspec:\n  podSelector: {}\n\
         \x20 policyTypes: [Ingress, Egress]\n  egress: [{}]\n  ingress:\n  - from:\n    - ipBlock: {cidr: 198.51.100.0/30, except: [198.51.100.0/31]}\n\
         \x20   - podSelector: {}\n    ports: [{port: 9092}, {port: 9094, endPort: 9096, protocol: TCP}]\n  - ports: [{port: 53, protocol: UDP}]\n\
         \x20 - ports: [{port: client}]\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: x}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n\
         metadata: {name: shut}\nspec: {podSelector: {}}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: out}\n\
         spec: {podSelector: {}, policyTypes: [Egress]}\n",
        &[
            "NetworkPolicy prod/kafka tcp/9092,9094-9096 9092,9094-9096: 198.51.100.0/30 except 198.51.100.0/31=198.51.100.2/31 {\"podSelector\":{}}?",
            "NetworkPolicy prod/kafka all ports: (empty from)",
            "NetworkPolicy shut:",
        ],
    ),
    (
        "kubernetes",
        r#"{"apiVersion": "v1", "kind": "List", "items": [
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "k"}, "spec": {"type": "LoadBalancer",
             "ports": [{"port": 9094, "targetPort": 9094}], "loadBalancerSourceRanges": ["198.51.100.7/32"]}},
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "open"}, "spec": {"type": "LoadBalancer"}},
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "in"}, "spec": {"type": "ClusterIP"}}]}"#,
        &["Service k 9094: 198.51.100.7/32", "Service open: (no loadBalancerSourceRanges)"],
    ),
    (
        "kubernetes",
        "apiVersion: kafka.strimzi.io/v1beta2\nkind: Kafka\nmetadata: {name: prod}\nspec:\n  kafka:\n    listeners:\n\
         \x20   - {name: plain, port: 9092, type: internal, tls: false}\n\
         \x20   - {name: external, port: 9094, type: loadbalancer, tls: true, networkPolicyPeers: [{ipBlock: {cidr: 198.51.100.7/32}}],\n\
         \x20      configuration: {externalTrafficPolicy: Local, loadBalancerSourceRanges: [198.51.100.7/32, 203.0.113.0/31]}}\n\
         \x20   - {name: node, port: 9095, type: nodeport, tls: true}\n",
        &[
            "prod external networkPolicyPeers 9094: 198.51.100.7/32",
            "prod external loadBalancerSourceRanges 9094: 198.51.100.7/32 203.0.113.0/31",
            "prod node networkPolicyPeers 9095: (empty networkPolicyPeers)",
        ],
    ),
    (
        "kubernetes",
        "apiVersion: kafka.strimzi.io/v1\nkind: KafkaUser\nmetadata: {name: atlas}\nspec:\n  authorization:\n    type: simple\n    acls:\n\
         \x20   - {resource: {type: topic, name: orders, patternType: literal}, operations: [Read, Describe], host: 198.51.100.7}\n\
         \x20   - {resource: {type: topic, name: orders}, operation: Read, host: 203.0.113.0/31}\n\
         \x20   - {resource: {type: group, name: asp, patternType: prefix}, operations: [Read]}\n",
        &[
            "User:atlas Read topic orders: 198.51.100.7 203.0.113.0/31!",
            "User:atlas Describe topic orders: 198.51.100.7",
            "User:atlas Read group prefix asp: *",
        ],
    ),
    (
        "azure-nsg",
        r#"{"name": "kafka-nsg", "securityRules": [
            {"name": "atlas", "priority": 200, "direction": "Inbound", "access": "Allow", "protocol": "Tcp", "description": "ours",
             "sourceAddressPrefix": "", "sourceAddressPrefixes": ["198.51.100.7/32", "203.0.113.0/31"], "destinationPortRange": "9093", "destinationPortRanges": []},
            {"name": "tag", "priority": 300, "direction": "Inbound", "access": "Allow", "protocol": "*", "sourceAddressPrefix": "AzureCloud", "destinationPortRange": "*"},
            {"name": "no", "priority": 100, "direction": "Inbound", "access": "Deny", "protocol": "*", "sourceAddressPrefix": "203.0.113.1", "destinationPortRange": "9000-9100"},
            {"name": "rest", "priority": 4000, "direction": "Inbound", "access": "Deny", "protocol": "*", "sourceAddressPrefix": "*", "destinationPortRange": "*"},
            {"name": "out", "priority": 100, "direction": "Outbound", "access": "Allow", "protocol": "*", "sourceAddressPrefix": "*", "destinationPortRange": "*"}],
            "defaultSecurityRules": [{"name": "AllowVnetInBound", "direction": "Inbound", "access": "Allow"}]}"#,
        &[
            "kafka-nsg atlas IPv4 9093: 198.51.100.7/32 203.0.113.0/31 not 203.0.113.1",
            "kafka-nsg tag: AzureCloud? not 203.0.113.1",
        ],
    ),
    (
        "azure-nsg",
        r#"[{"name": "atlas", "properties": {"priority": 200, "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
            "sourceAddressPrefixes": ["198.51.100.7/32"], "destinationPortRanges": ["9093", "9094-9096"]}}]"#,
        &["atlas IPv4 9093,9094-9096: 198.51.100.7/32"],
    ),
    (
        "azure-event-hubs",
        r#"[{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.EventHub/namespaces/hub/networkRuleSets/default",
            "defaultAction": "Deny", "publicNetworkAccess": "Enabled", "virtualNetworkRules": [],
            "ipRules": [{"action": "Allow", "ipMask": "198.51.100.7/32"}]}]"#,
        &["hub: 198.51.100.7/32"],
    ),
    (
        "azure-event-hubs",
        r#"{"properties": {"defaultAction": "Allow", "ipRules": []}}"#,
        &["namespace: defaultAction Allow"],
    ),
    (
        "azure-event-hubs",
        r#"{"defaultAction": "Deny", "publicNetworkAccess": "Disabled", "ipRules": [{"ipMask": "198.51.100.7"}]}"#,
        &["namespace: 198.51.100.7!"],
    ),
    (
        "gcloud",
        r#"[{"kind": "compute#firewall", "name": "kafka", "direction": "INGRESS", "priority": 1000, "disabled": false,
             "network": "https://www.googleapis.com/compute/v1/projects/p/global/networks/default", "description": "ours",
             "allowed": [{"IPProtocol": "tcp", "ports": ["9092", "9094-9096"]}, {"IPProtocol": "icmp"}], "sourceRanges": ["198.51.100.7/32"]},
            {"kind": "compute#firewall", "name": "open", "direction": "INGRESS", "network": "n/default", "allowed": [{"IPProtocol": "all"}], "sourceTags": ["web"]},
            {"kind": "compute#firewall", "name": "any", "direction": "INGRESS", "network": "n/other", "allowed": [{"IPProtocol": "tcp"}]},
            {"kind": "compute#firewall", "name": "deny", "direction": "INGRESS", "priority": 1000, "network": "n/default", "denied": [{"IPProtocol": "tcp", "ports": ["9095"]}], "sourceRanges": ["192.0.2.0/24"]},
            {"kind": "compute#firewall", "name": "later", "direction": "INGRESS", "priority": 2000, "network": "n/default", "denied": [{"IPProtocol": "all"}], "sourceRanges": ["0.0.0.0/0"]},
            {"kind": "compute#firewall", "name": "off", "direction": "INGRESS", "disabled": true, "allowed": [{"IPProtocol": "all"}]},
            {"kind": "compute#firewall", "name": "out", "direction": "EGRESS", "allowed": [{"IPProtocol": "all"}]}]"#,
        &[
            "kafka IPv4 9092,9094-9096: 198.51.100.7/32 not 192.0.2.0/24",
            "open: web? not 192.0.2.0/24",
            "any: (no source)",
        ],
    ),
    (
        "gcloud",
        "gcloud compute firewall-rules create kafka --direction=INGRESS --allow=tcp:9092,tcp:9094 \\\n  --source-ranges=198.51.100.7/32,203.0.113.0/31\n",
        &["kafka IPv4 9092,9094: 198.51.100.7/32 203.0.113.0/31"],
    ),
    (
        "gcp-managed-kafka",
        r#"{"name": "projects/p/locations/us-central1/clusters/orders", "capacityConfig": {"vcpuCount": "3"},
            "gcpConfig": {"accessConfig": {"networkConfigs": [{"subnet": "s"}], "publicClusterConfig": {"allowedSourceIpRanges": ["198.51.100.7/32"]}}}}"#,
        &["orders: 198.51.100.7/32"],
    ),
    (
        "terraform",
        r#"{"format_version": "1.0", "terraform_version": "1.11.4", "planned_values": {"root_module": {"resources": [
            {"address": "aws_vpc_security_group_ingress_rule.atlas[\"198.51.100.7/32\"]", "type": "aws_vpc_security_group_ingress_rule",
             "values": {"security_group_id": "sg-1", "cidr_ipv4": "198.51.100.7/32", "cidr_ipv6": null, "ip_protocol": "tcp", "from_port": 9194, "to_port": 9194, "description": "Atlas"}},
            {"address": "aws_vpc_security_group_ingress_rule.atlas[\"203.0.113.0/31\"]", "type": "aws_vpc_security_group_ingress_rule",
             "values": {"security_group_id": "sg-1", "cidr_ipv4": "203.0.113.0/31", "ip_protocol": "tcp", "from_port": 9194, "to_port": 9194}},
            {"address": "aws_security_group_rule.out", "type": "aws_security_group_rule",
             "values": {"type": "egress", "security_group_id": "sg-1", "cidr_blocks": ["0.0.0.0/0"], "protocol": "-1", "from_port": 0, "to_port": 0}},
            {"address": "google_compute_firewall.kafka", "type": "google_compute_firewall", "values": {"name": "kafka", "direction": "INGRESS", "network": "default",
             "allow": [{"protocol": "TCP", "ports": ["9092"]}], "deny": [], "source_ranges": ["198.51.100.7/32"], "disabled": null}}],
            "child_modules": [{"address": "module.a", "resources": [
            {"address": "module.a.azurerm_network_security_rule.atlas", "type": "azurerm_network_security_rule", "values": {"name": "atlas", "priority": 200, "direction": "Inbound",
             "access": "Allow", "protocol": "Tcp", "source_address_prefix": null, "source_address_prefixes": ["198.51.100.7/32"], "destination_port_range": "9093", "destination_port_ranges": null}},
            {"address": "module.a.azurerm_eventhub_namespace.hub", "type": "azurerm_eventhub_namespace", "values": {"name": "hub", "network_rulesets": [
             {"default_action": "Deny", "ip_rule": [{"action": "Allow", "ip_mask": "198.51.100.7/32"}], "public_network_access_enabled": true}]}}]}]}}}"#,
        &[
            "sg-1 tcp/9194 9194: 198.51.100.7/32 (Atlas) 203.0.113.0/31",
            "module.a.azurerm_eventhub_namespace.hub: 198.51.100.7/32",
            "kafka IPv4 9092: 198.51.100.7/32",
            "atlas IPv4 9093: 198.51.100.7/32",
        ],
    ),
    (
        "terraform",
        r#"{"version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "x", "outputs": {}, "resources": [
            {"mode": "managed", "type": "aws_security_group", "name": "broker", "instances": [{"schema_version": 1, "attributes": {"id": "sg-1", "ingress": [
                {"cidr_blocks": ["198.51.100.7/32"], "ipv6_cidr_blocks": [], "prefix_list_ids": [], "security_groups": ["sg-2"], "self": false,
                 "protocol": "tcp", "from_port": 9194, "to_port": 9194, "description": ""}]}}]},
            {"module": "module.m", "mode": "managed", "type": "aws_ec2_managed_prefix_list", "name": "atlas", "instances": [{"attributes": {"id": "pl-1", "version": 2,
                "address_family": "IPv4", "entry": [{"cidr": "198.51.100.7/32", "description": "Atlas"}]}}]},
            {"mode": "managed", "type": "null_resource", "name": "x", "instances": [{"attributes": null}, {"attributes": []}]}]}"#,
        &[
            "sg-1 tcp/9194 9194: 198.51.100.7/32 sg-2?",
            "module.m.aws_ec2_managed_prefix_list.atlas IPv4 v2: 198.51.100.7/32 (Atlas)",
        ],
    ),
    (
        "terraform",
        r#"{"version": 4, "terraform_version": "1.11.4", "resources": [
            {"type": "google_compute_firewall", "name": "in", "instances": [{"attributes": {"name": "in", "network": "default", "priority": 1000,
             "direction": "INGRESS", "allow": [{"protocol": "tcp", "ports": ["9092"]}], "deny": [], "source_ranges": ["198.51.100.7/32"]}}]},
            {"type": "google_compute_firewall", "name": "out", "instances": [{"attributes": {"name": "out", "network": "default", "priority": 900,
             "direction": "INGRESS", "allow": [], "deny": [{"protocol": "all", "ports": []}], "source_ranges": ["198.51.100.0/24"]}}]},
            {"type": "azurerm_network_security_group", "name": "k", "instances": [{"attributes": {"name": "k", "security_rule": [
             {"name": "atlas", "priority": 200, "direction": "Inbound", "access": "Allow", "protocol": "Tcp", "source_port_range": "*",
              "source_address_prefixes": ["198.51.100.7/32"], "destination_port_range": "9093"}]}}]},
            {"type": "azurerm_network_security_rule", "name": "atlas", "instances": [{"attributes": {"network_security_group_name": "k",
              "name": "atlas", "priority": 200, "direction": "Inbound", "access": "Allow", "protocol": "Tcp", "source_port_range": "*",
              "source_address_prefixes": ["198.51.100.7/32"], "destination_port_range": "9093"}}]},
            {"type": "azurerm_network_security_rule", "name": "none", "instances": [{"attributes": {"network_security_group_name": "k",
              "name": "none", "priority": 100, "direction": "Inbound", "access": "Deny", "protocol": "*", "source_port_range": "*",
              "source_address_prefix": "203.0.113.0/24", "destination_port_range": "*"}}]},
            {"type": "azurerm_network_security_rule", "name": "none", "instances": [{"attributes": {"network_security_group_name": "other",
              "name": "none", "priority": 100, "direction": "Inbound", "access": "Deny", "protocol": "*", "source_port_range": "*",
              "source_address_prefix": "192.0.2.0/24", "destination_port_range": "*"}}]}]}"#,
        &[
            "in IPv4 9092: 198.51.100.7/32 not 198.51.100.0/24",
            "k atlas IPv4 9093: 198.51.100.7/32 not 203.0.113.0/24",
        ],
    ),
    (
        "nftables",
        r#"{"nftables": [{"chain": {"family": "inet", "table": "f", "name": "in", "hook": "input"}},
            {"chain": {"family": "inet", "table": "f", "name": "out", "hook": "output"}},
            {"rule": {"family": "inet", "table": "f", "chain": "out", "expr": [{"accept": null}]}},
            {"rule": {"family": "inet", "table": "f", "chain": "in", "expr": [
                {"limit": {"rate": 9, "per": "second", "inv": true}}, {"drop": null}]}},
            {"rule": {"family": "inet", "table": "f", "chain": "in", "expr": [
                {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 9092}}, {"drop": null}]}},
            {"rule": {"family": "inet", "table": "f", "chain": "in", "expr": [
                {"match": {"op": "!=", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": {"set": [9093, {"range": [9095, 65535]}]}}},
                {"reject": null}]}},
            {"rule": {"family": "inet", "table": "f", "chain": "in", "expr": [
                {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "198.51.100.7"}},
                {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 9092}}, {"accept": null}]}},
            {"rule": {"family": "inet", "table": "f", "chain": "in", "expr": [
                {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "198.51.100.7"}},
                {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 9093}}, {"accept": null}]}},
            {"rule": {"family": "inet", "table": "f", "chain": "in", "expr": [
                {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "198.51.100.7"}},
                {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 9094}}, {"accept": null}]}}]}"#,
        &[
            "inet f in tcp/9092 9092: 198.51.100.7 not (no source) not (no source)",
            "inet f in tcp/9093 9093: 198.51.100.7",
            "inet f in tcp/9094 9094: 198.51.100.7 not (no source)",
        ],
    ),
    (
        "azure-event-hubs",
        r#"{"id": "/x/namespaces/hub/networkRuleSets/default", "defaultAction": "Deny", "publicNetworkAccess": "SecuredByPerimeter",
            "ipRules": [{"action": "Allow", "ipMask": "198.51.100.7"}]}"#,
        &["hub: 198.51.100.7!"],
    ),
    (
        "azure-nsg",
        r#"[{"name": "a", "access": "Allow", "direction": "Inbound", "protocol": "Tcp", "priority": 100, "sourcePortRange": "1024",
             "sourceAddressPrefix": "198.51.100.7", "destinationPortRange": "9093"},
            {"name": "b", "access": "Allow", "direction": "Inbound", "protocol": "Tcp", "priority": 101, "sourcePortRange": "*",
             "sourceAddressPrefix": "192.0.2.1", "destinationPortRange": "9093"}]"#,
        &["b IPv4 9093: 192.0.2.1"],
    ),
    (
        "kafka-acls",
        "kafka-acls.sh --bootstrap-server b:9092 --add --allow-principal User:atlas --allow-host 198.51.100.7 --operation Read --topic orders\n",
        &["User:atlas Read topic orders: 198.51.100.7"],
    ),
];
