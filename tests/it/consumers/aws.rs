//! AWS: its client's own check of a call.

use crate::consumers;
use crate::support::Lab;

#[test]
fn the_client_takes_a_security_group() {
    let Some(python) = consumers::python("botocore") else { return };
    let lab = Lab::new();
    let line = "--local ips --provider aws --region us-east-1 --for aws-security-group \
                --group-id sg-0123456789abcdef0 --port 9092";
    let call = lab.typed(line).finish().exits(0);
    let check =
        |text: &str| python.run("botocore.py", &["ec2", "AuthorizeSecurityGroupIngress"], text);
    check(&call.out()).exits(0);
    let misspelt = call.out().replace("CidrIp", "Cidr");
    let refused = check(&misspelt).exits(1);
    assert!(refused.err().contains("Unknown parameter"), "{}", refused.shown());
}
