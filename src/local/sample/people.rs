//! People of the organisation, one of them invited and one with access through a team.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::places::Ids;
use super::random::Random;
use super::time;

/// Teams, the organisation's people, and the roles of these in projects.
pub(super) struct People {
    /// Teams with their roles in projects.
    pub(super) teams: Vec<Value>,
    /// People, with their organisation's id.
    pub(super) people: Vec<(String, Value)>,
}

/// Everybody. The ids come from a generator of their own, so that nothing else depends on how
/// many people there are.
pub(super) fn build(ids: &Ids, seed: u64, now: Timestamp) -> People {
    let mut random = Random::new(seed ^ 0x0070_656f_706c_6521);
    let team = random.object_id();
    let assigned = |project: &str, roles: &[&str]| json!({"groupId": project, "groupRoles": roles});
    let mut active = |first: &str, last: &str, roles: &[&str], groups: Vec<Value>, seen: i64| {
        json!({
            "country": "US",
            "createdAt": time(now, -24 * 380),
            "firstName": first,
            "id": random.object_id(),
            "lastAuth": time(now, -seen),
            "lastName": last,
            "orgMembershipStatus": "ACTIVE",
            "roles": {"groupRoleAssignments": groups, "orgRoles": roles},
            "teamIds": [],
            "username": format!("{}@example.com", first.to_lowercase()),
        })
    };
    let member = &["ORG_MEMBER"];
    let (shop, staging) = (&ids.project, &ids.staging);
    let mut people = vec![
        active("Olivia", "Stone", &["ORG_OWNER"], vec![], 20),
        active(
            "Pat",
            "Young",
            member,
            vec![assigned(shop, &["GROUP_OWNER"]), assigned(staging, &["GROUP_OWNER"])],
            3,
        ),
        active(
            "Sam",
            "Reyes",
            member,
            vec![
                assigned(shop, &["GROUP_STREAM_PROCESSING_OWNER"]),
                assigned(staging, &["GROUP_READ_ONLY"]),
            ],
            26,
        ),
        active(
            "Dana",
            "Moss",
            member,
            vec![assigned(shop, &["GROUP_DATABASE_ACCESS_ADMIN", "GROUP_READ_ONLY"])],
            70,
        ),
        active("Robin", "Hale", member, vec![assigned(shop, &["GROUP_READ_ONLY"])], 24 * 90),
        active("Toni", "Berg", member, vec![], 50),
    ];
    if let Some(toni) = people.last_mut() {
        toni["teamIds"] = json!([team]);
    }
    people.push(json!({
        "id": random.object_id(),
        "invitationCreatedAt": time(now, -24 * 6),
        "invitationExpiresAt": time(now, 24 * 24),
        "inviterUsername": "pat@example.com",
        "orgMembershipStatus": "PENDING",
        "roles": {
            "groupRoleAssignments": [assigned(shop, &["GROUP_STREAM_PROCESSING_MANAGER"])],
            "orgRoles": member,
        },
        "teamIds": [],
        "username": "nia@example.org",
    }));
    let groups = [assigned(shop, &["GROUP_DATA_ACCESS_READ_ONLY"])];
    let team = json!({"groups": groups, "id": team, "name": "analysts", "orgId": ids.org});
    People {
        teams: vec![team],
        people: people.into_iter().map(|person| (ids.org.clone(), person)).collect(),
    }
}
