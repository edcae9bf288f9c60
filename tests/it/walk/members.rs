use serde_json::json;

use super::Walk;

const V: &str = "2025-02-19";
const OLD: &str = "2023-01-01";
const NOBODY: &str = "ffffffffffffffffffffffff";

impl Walk {
    pub fn members(&self) {
        self.project_members();
        self.org_members();
        self.new_project();
    }

    fn org(&self) -> String {
        let orgs = self.get("/orgs", OLD);
        orgs["results"][0]["id"].as_str().expect("the sample has an organisation").to_owned()
    }

    fn project_members(&self) {
        let all = "{p}/users";
        let direct = self.get(all, V)["totalCount"].as_u64().expect("a count");
        let whole = self.get(&format!("{all}?flattenTeams=true&includeOrgUsers=true"), V);
        assert_eq!(whole["totalCount"].as_u64(), Some(direct + 2), "{whole}");
        let path = "{p}/users?flattenTeams=true&includeOrgUsers=true&itemsPerPage=4&pageNum=2";
        let page = self.get(path, V);
        assert_eq!(page["results"].as_array().map(Vec::len), Some(3), "{page}");
        for member in whole["results"].as_array().expect("a page") {
            self.get(&format!("{all}/{}", member["id"].as_str().expect("an id")), V);
        }
        let pending = self.get(&format!("{all}?orgMembershipStatuses=PENDING"), V);
        assert_eq!(pending["results"][0]["username"], "nia@example.org");
        let pat = self.get(&format!("{all}?username=PAT%40example.com"), V);
        assert_eq!(pat["totalCount"], 1);
        self.expect(404, "GET", &format!("{all}/{NOBODY}"), V, None);

        let new = json!({ "roles": ["GROUP_READ_ONLY"], "username": "walker@example.com" });
        let added = self.expect(201, "POST", all, V, Some(new.clone()));
        assert_eq!(added["orgMembershipStatus"], "PENDING");
        self.expect(409, "POST", all, V, Some(new));
        let wrong = [
            json!({ "roles": ["GROUP_READ_ONLY"], "username": "walker" }),
            json!({ "roles": [], "username": "w@example.com" }),
            json!({ "roles": ["GROUP_NONSENSE"], "username": "w@example.com" }),
            json!({ "roles": ["ORG_OWNER"], "username": "w@example.com" }),
            json!({ "username": "w@example.com" }),
        ];
        for body in wrong {
            self.expect(400, "POST", all, V, Some(body));
        }
        let one = format!("{all}/{}", added["id"].as_str().expect("an id"));
        let role = |name: &str| Some(json!({ "groupRole": name }));
        let (add, remove) = (format!("{one}:addRole"), format!("{one}:removeRole"));
        self.expect(200, "POST", &add, V, role("GROUP_OWNER"));
        self.expect(409, "POST", &add, V, role("GROUP_OWNER"));
        self.expect(200, "POST", &remove, V, role("GROUP_READ_ONLY"));
        let last = self.expect(400, "POST", &remove, V, role("GROUP_OWNER"));
        assert_eq!(last["errorCode"], "CANNOT_REMOVE_LAST_ROLE");
        self.expect(404, "POST", &format!("{all}/{NOBODY}:addRole"), V, role("GROUP_OWNER"));
        let roles = json!({ "groupRoles": ["GROUP_READ_ONLY", "GROUP_ACCESS_MANAGER"] });
        self.expect(200, "PUT", &format!("{one}/roles"), OLD, Some(roles));
        self.expect(204, "DELETE", &one, V, None);
        self.expect(404, "DELETE", &one, V, None);
    }

    fn org_members(&self) {
        let all = format!("/orgs/{}/users", self.org());
        let people = self.get(&all, V);
        let olivia = people["results"][0]["id"].as_str().expect("an owner").to_owned();
        // Whoever was invited to a project was invited to its organisation.
        let found = self.get(&format!("{all}?username=walker%40example.com"), V);
        let walker = format!("{all}/{}", found["results"][0]["id"].as_str().expect("an id"));
        assert_eq!(self.get(&walker, V)["roles"]["orgRoles"], json!(["ORG_MEMBER"]));
        let new =
            json!({ "roles": { "orgRoles": ["ORG_READ_ONLY"] }, "username": "o@example.com" });
        self.expect(201, "POST", &all, V, Some(new.clone()));
        self.expect(409, "POST", &all, V, Some(new));
        let body = json!({ "roles": { "orgRoles": ["GROUP_OWNER"] }, "username": "p@example.com" });
        self.expect(400, "POST", &all, V, Some(body));
        let role = |name: &str| Some(json!({ "orgRole": name }));
        self.expect(200, "POST", &format!("{walker}:addRole"), V, role("ORG_GROUP_CREATOR"));
        self.expect(200, "POST", &format!("{walker}:removeRole"), V, role("ORG_GROUP_CREATOR"));
        self.expect(400, "POST", &format!("{walker}:removeRole"), V, role("ORG_MEMBER"));
        let patch = json!({ "roles": {
            "orgRoles": ["ORG_MEMBER"],
            "groupRoleAssignments": [{ "groupId": self.0.project(), "groupRoles": ["GROUP_OWNER"] }],
        } });
        self.expect(200, "PATCH", &walker, V, Some(patch));
        let id = walker.rsplit('/').next().expect("an id");
        assert_eq!(self.get(&format!("{{p}}/users/{id}"), V)["roles"], json!(["GROUP_OWNER"]));
        let put = json!({ "orgRoles": ["ORG_READ_ONLY"] });
        self.expect(200, "PUT", &format!("{walker}/roles"), OLD, Some(put));
        self.expect(204, "DELETE", &walker, V, None);
        self.expect(404, "GET", &walker, V, None);
        self.expect(404, "GET", &format!("{{p}}/users/{id}"), V, None);
        let last = self.call("DELETE", &format!("{all}/{olivia}"), V, None);
        assert_eq!(last.json()["errorCode"], "CANNOT_REMOVE_LAST_ORG_OWNER");
    }

    fn new_project(&self) {
        let org = self.org();
        let new = json!({ "name": "walk", "orgId": org });
        let made = self.expect(201, "POST", "/groups", OLD, Some(new.clone()));
        self.expect(409, "POST", "/groups", OLD, Some(new));
        self.expect(400, "POST", "/groups", OLD, Some(json!({ "name": "a/b", "orgId": org })));
        let elsewhere = json!({ "name": "walk", "orgId": NOBODY });
        self.expect(404, "POST", "/groups", OLD, Some(elsewhere));
        let one = format!("/groups/{}", made["id"].as_str().expect("an id"));
        let owners = self.get(&format!("{one}/users"), V);
        assert_eq!(owners["results"][0]["username"], "olivia@example.com");
        self.get(&format!("/orgs/{org}/groups?itemsPerPage=2&pageNum=2"), OLD);
        self.expect(202, "DELETE", &one, OLD, None);
        self.expect(404, "DELETE", &one, OLD, None);
        self.expect(409, "DELETE", "{p}", OLD, None);
    }
}
