use super::Step;

pub const STEPS: &[Step] = &[
    ("listGroups", "projects list"),
    ("getOrgGroups", "projects list --org ExampleShop"),
    ("getGroup", "projects get @project"),
    ("getGroupByName", "users list --project shop-staging"),
    ("createGroup", "projects create tour --yes"),
    ("deleteGroup", "projects delete tour --yes"),
    ("listOrgs", "orgs list"),
    ("getOrg", "orgs get ExampleShop"),
];
