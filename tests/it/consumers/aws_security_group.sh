# A security group: filled, checked, changed by a delta, checked again.
wanted="--provider aws --region us-east-1 --from-file"
group=$(aws ec2 create-security-group --group-name broker --description broker --query GroupId --output text)
listed() { aws ec2 describe-security-groups --group-ids "$group" >group.json; }

spctl ips $wanted old.json --for aws-security-group --id "$group" --port 9194,9196 >input.json
aws ec2 authorize-security-group-ingress --cli-input-json file://input.json >/dev/null
listed
spctl ips check $wanted old.json --against group.json --fail-on any
# The same once more fails as a whole, which is what a delta is for.
aws ec2 authorize-security-group-ingress --cli-input-json file://input.json && exit 9

spctl ips check $wanted new.json --against group.json && exit 9 || test $? = 3
delta="spctl ips delta $wanted new.json --against group.json --for aws-security-group --port 9194,9196"
$delta >delta.sh
# Adds come first, and nothing is removed where an add failed.
sed 's/authorize-security-group-ingress/no-such-command/' delta.sh | sh && exit 9
listed
spctl ips check $wanted old.json --against group.json --fail-on any
sh -e delta.sh >/dev/null
listed
spctl ips check $wanted new.json --against group.json --fail-on any
test "$($delta)" = ''
