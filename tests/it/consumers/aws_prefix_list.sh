# A prefix list: made, checked, changed by a delta in calls of a hundred, checked again.
wanted="--provider aws --region us-east-1 --from-file"
listed() {
    aws ec2 describe-managed-prefix-lists --prefix-list-ids "$list" >list.json
    aws ec2 get-managed-prefix-list-entries --prefix-list-id "$list" >>list.json
}

spctl ips $wanted old.json --for aws-prefix-list --name atlas --family ipv4 >input.json
list=$(aws ec2 create-managed-prefix-list --cli-input-json file://input.json \
    --query PrefixList.PrefixListId --output text)
listed
spctl ips check $wanted old-ipv4.json --against list.json --fail-on any

spctl ips check $wanted many.json --against list.json && exit 9 || test $? = 3
spctl ips delta $wanted many.json --against list.json --for aws-prefix-list >delta.sh
test "$(grep -c AddEntries delta.sh)" = 2
# The stand-in keeps no size: that room is made first is seen in the commands alone.
head -n 1 delta.sh | grep -q -e '-ge 152 .*--max-entries 152;'
sh -e delta.sh >/dev/null
listed
spctl ips check $wanted many.json --against list.json --fail-on any
test "$(spctl ips delta $wanted many.json --against list.json --for aws-prefix-list)" = ''
