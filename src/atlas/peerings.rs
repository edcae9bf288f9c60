//! VPC peerings that others have asked for, and the account that they are asked of.

use futures_util::Stream;
use http::Method;
use serde::Deserialize;
use serde_json::json;

use super::row::or_default;
use super::{ApiError, Call, Client, Media, Operation, Paging, Row};

/// The peerings that one account has asked for; the API lists them no other way.
pub const LIST: Operation = Operation {
    id: "listGroupStreamVpcPeeringConnections",
    method: Method::GET,
    path: "/api/atlas/v2/groups/{groupId}/streams/vpcPeeringConnections",
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::Uncounted(&["_id", "id"]),
    what: "list the VPC peerings of project {groupId}",
};

/// The active peerings of all accounts.
pub const LIST_ACTIVE: Operation = Operation {
    id: "listGroupStreamActiveVpcPeeringConnections",
    method: Method::GET,
    path: "/api/atlas/v2/groups/{groupId}/streams/activeVpcPeeringConnections",
    version: "2024-11-13",
    media: Media::Json,
    paging: Paging::Uncounted(&["_id", "id"]),
    what: "list the active VPC peerings of project {groupId}",
};

/// Accepts a peering, against the requester's account and VPC; answers 202.
pub const ACCEPT: Operation = Operation {
    id: "acceptGroupStreamVpcPeeringConnection",
    method: Method::POST,
    path: "/api/atlas/v2/groups/{groupId}/streams/vpcPeeringConnections/{id}:accept",
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::None,
    what: "accept VPC peering {id}",
};

/// Rejects a peering; answers 202.
pub const REJECT: Operation = Operation {
    id: "rejectGroupStreamVpcPeeringConnection",
    method: Method::POST,
    path: "/api/atlas/v2/groups/{groupId}/streams/vpcPeeringConnections/{id}:reject",
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::None,
    what: "reject VPC peering {id}",
};

/// Ends a peering; answers 202.
pub const DELETE: Operation = Operation {
    id: "deleteGroupStreamVpcPeeringConnection",
    method: Method::DELETE,
    path: "/api/atlas/v2/groups/{groupId}/streams/vpcPeeringConnections/{id}",
    version: "2023-02-01",
    media: Media::Json,
    paging: Paging::None,
    what: "delete VPC peering {id}",
};

/// The project's own account and network in a region.
pub const ACCOUNT: Operation = Operation {
    id: "getGroupStreamAccountDetails",
    method: Method::GET,
    path: "/api/atlas/v2/groups/{groupId}/streams/accountDetails",
    version: "2024-11-13",
    media: Media::Json,
    paging: Paging::None,
    what: "read the account details of project {groupId}",
};

/// An incoming VPC peering.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Peering {
    /// The API's own id, 24 hexadecimal digits.
    #[serde(rename = "_id", deserialize_with = "or_default")]
    pub id: String,
    /// The cloud's name, `pcx-…`.
    pub name: Option<String>,
    /// Who asks.
    #[serde(deserialize_with = "or_default")]
    pub requester_account_id: String,
    /// The VPC that asks.
    #[serde(deserialize_with = "or_default")]
    pub requester_vpc_id: String,
    /// Its block of addresses.
    pub requester_cidr: Option<String>,
    /// The account that is asked.
    pub accepter_account_id: Option<String>,
    /// The VPC that is asked.
    pub accepter_vpc_id: Option<String>,
    /// Its block of addresses.
    pub accepter_cidr: Option<String>,
    /// What the cloud says, `pending-acceptance` or `active`.
    #[serde(deserialize_with = "or_default")]
    pub cloud_status: String,
    /// What Atlas is doing: `NONE`, `ACCEPT_REQUESTED`, `ACTIVE` and more.
    #[serde(deserialize_with = "or_default")]
    pub local_status: String,
    /// A sentence.
    pub status_message: Option<String>,
    /// When the request ends, RFC 3339.
    pub expiration_time: Option<String>,
}

/// An account and its network; which fields there are depends on the provider.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AccountDetails {
    /// `aws`, `azure` or `gcp`.
    #[serde(deserialize_with = "or_default")]
    pub cloud_provider: String,
    /// The network's addresses; host bits may be set.
    pub cidr_block: Option<String>,
    /// AWS account.
    pub aws_account_id: Option<String>,
    /// AWS VPC.
    pub vpc_id: Option<String>,
    /// Azure subscription.
    pub azure_subscription_id: Option<String>,
    /// Azure network.
    pub virtual_network_name: Option<String>,
    /// Google Cloud project.
    pub gcp_project_id: Option<String>,
    /// Google Cloud network.
    pub vpc_network_name: Option<String>,
}

impl AccountDetails {
    /// The account, whatever the provider calls it.
    pub fn account(&self) -> Option<&String> {
        self.aws_account_id
            .as_ref()
            .or(self.azure_subscription_id.as_ref())
            .or(self.gcp_project_id.as_ref())
    }

    /// The network, whatever the provider calls it.
    pub fn network(&self) -> Option<&String> {
        self.vpc_id
            .as_ref()
            .or(self.virtual_network_name.as_ref())
            .or(self.vpc_network_name.as_ref())
    }
}

/// Accepts a peering of this account and VPC: the API refuses where they are not the requester's.
pub fn accept_call(project: &str, id: &str, account: &str, vpc: &str) -> Call {
    item(&ACCEPT, project, id).body(json!({ "requesterAccountId": account, "requesterVpcId": vpc }))
}

/// Rejects a peering.
pub fn reject_call(project: &str, id: &str) -> Call {
    item(&REJECT, project, id)
}

/// Ends a peering.
pub fn delete_call(project: &str, id: &str) -> Call {
    item(&DELETE, project, id)
}

fn item(operation: &'static Operation, project: &str, id: &str) -> Call {
    Call::new(operation).path("groupId", project).path("id", id)
}

impl Client {
    /// The peerings that an account has asked for, in any state.
    pub fn peerings(
        &self,
        project: &str,
        account: &str,
    ) -> impl Stream<Item = Result<Row<Peering>, ApiError>> + use<> {
        self.list(Call::new(&LIST).path("groupId", project).query("requesterAccountId", account))
    }

    /// The active peerings.
    pub fn active_peerings(
        &self,
        project: &str,
    ) -> impl Stream<Item = Result<Row<Peering>, ApiError>> + use<> {
        self.list(Call::new(&LIST_ACTIVE).path("groupId", project))
    }

    /// The project's account and network; `provider` in lower case, `region` in Atlas' spelling.
    pub async fn account_details(
        &self,
        project: &str,
        provider: &str,
        region: &str,
    ) -> Result<Row<AccountDetails>, ApiError> {
        let call = Call::new(&ACCOUNT).path("groupId", project);
        self.get(&call.query("cloudProvider", provider).query("regionName", region)).await
    }
}
