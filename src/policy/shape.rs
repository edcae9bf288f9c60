//! What a policy's document looks like: the one description that files are checked by and that the
//! published JSON Schema is made of.

/// What a value is.
#[derive(Debug)]
pub enum Shape {
    /// A text.
    Text,
    /// One of these words; others that the API knows by now are taken as they are.
    Word(&'static [&'static str]),
    /// A moment, RFC 3339.
    Time,
    /// The version of the format.
    Version,
    /// `true` or `false`.
    Flag,
    /// A text that is secret: only a reference may stand here.
    Secret,
    /// Anything that is no secret.
    Any,
    /// A list of these.
    List(&'static Shape),
    /// An object with these fields.
    Object(&'static [Field]),
    /// An object of the API's, which may have more fields than are known here.
    Document(&'static [Field]),
}

/// A field of an object.
#[derive(Debug)]
pub struct Field {
    /// Its key.
    pub key: &'static str,
    /// Whether it has to be there.
    pub required: bool,
    /// What to do where it has to be there and is not; mostly that is plain.
    pub where_missing: &'static str,
    /// What its value is.
    pub shape: Shape,
    /// What it means.
    pub about: &'static str,
}

const fn field(key: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { key, required: false, where_missing: "", shape, about }
}

const fn required(key: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { key, required: true, where_missing: "", shape, about }
}

/// The whole document.
pub static POLICY: Shape = Shape::Object(&[
    required("spctlPolicy", Shape::Version, "The version of this format."),
    field("project", PROJECT, "The project that it is the policy of."),
    field("taken", Shape::Time, "When it was read from the project."),
    field(
        "users",
        Shape::List(&USER),
        "Database users. Where a list is missing, the policy leaves its kind to others; an empty one says that there are none.",
    ),
    field("roles", Shape::List(&ROLE), "Custom database roles."),
    field(
        "instances",
        Shape::List(&INSTANCE),
        "Stream processing instances, with what is in them.",
    ),
    field("clusters", Shape::List(&Shape::Text), "The names of the project's clusters."),
    field(
        "federatedDatabases",
        Shape::List(&Shape::Text),
        "The names of the project's federated databases.",
    ),
    field(
        "accessList",
        Shape::List(&ENTRY),
        "Addresses from which the project's databases can be reached.",
    ),
    field(
        "members",
        Shape::List(&MEMBER),
        "People with access to the project, and invitations to it.",
    ),
    field("apiKeys", Shape::List(&API_KEY), "API keys with roles in the project."),
    field(
        "serviceAccounts",
        Shape::List(&SERVICE_ACCOUNT),
        "Service accounts with roles in the project.",
    ),
    field("peerings", Shape::List(&PEERING), "Active VPC peerings."),
    field("privateLinks", Shape::List(&PRIVATE_LINK), "Private links."),
    field("unseen", Shape::List(&UNSEEN), "What could not be read, and is therefore missing."),
]);

const PROJECT: Shape =
    Shape::Object(&[field("id", Shape::Text, "Its id."), field("name", Shape::Text, "Its name.")]);

static UNSEEN: Shape = Shape::Object(&[
    required("what", Shape::Text, "What could not be read."),
    required("why", Shape::Text, "Why."),
]);

static USER: Shape = Shape::Document(&[
    required(
        "username",
        Shape::Text,
        "The name; for X.509 a distinguished name, for AWS IAM an ARN.",
    ),
    required("databaseName", Shape::Word(&["admin", "$external"]), "The authentication database."),
    field("roles", Shape::List(&HELD), "The roles held."),
    Field {
        where_missing: "write scopes: [] for a user who reaches everything, what is created later included",
        ..required(
            "scopes",
            Shape::List(&SCOPE),
            "What the user may reach. None means everything, what is created later included.",
        )
    },
    field("awsIAMType", Shape::Word(&["NONE", "USER", "ROLE"]), "Whether it signs in by AWS IAM."),
    field("ldapAuthType", Shape::Word(&["NONE", "GROUP", "USER"]), "Whether it signs in by LDAP."),
    field(
        "oidcAuthType",
        Shape::Word(&["NONE", "IDP_GROUP", "USER"]),
        "Whether it signs in by OIDC.",
    ),
    field(
        "x509Type",
        Shape::Word(&["NONE", "CUSTOMER", "MANAGED"]),
        "Whether it signs in by certificate.",
    ),
    field("deleteAfterDate", Shape::Time, "When it ends."),
    field("description", Shape::Text, "Free text."),
    field("labels", Shape::List(&LABEL), "Free pairs."),
    field("password", Shape::Secret, "Never in a policy."),
]);

static HELD: Shape = Shape::Document(&[
    required("roleName", Shape::Text, "A built-in role or a custom one."),
    required("databaseName", Shape::Text, "The database that it holds on; admin for custom roles."),
    field("collectionName", Shape::Text, "The collection that it is limited to."),
]);

static SCOPE: Shape = Shape::Document(&[
    required("name", Shape::Text, "The name of what it points at."),
    required("type", Shape::Word(&["STREAM", "CLUSTER", "DATA_LAKE"]), "What it points at."),
]);

static LABEL: Shape = Shape::Document(&[
    required("key", Shape::Text, "The key."),
    required("value", Shape::Text, "The value."),
]);

static ROLE: Shape = Shape::Document(&[
    required("roleName", Shape::Text, "The name."),
    field("actions", Shape::List(&ACTION), "What it allows."),
    field("inheritedRoles", Shape::List(&INHERITED), "Roles whose actions it has, too."),
]);

static ACTION: Shape = Shape::Document(&[
    required("action", Shape::Text, "The action, in the API's spelling."),
    required("resources", Shape::List(&RESOURCE), "Where it is allowed."),
]);

static RESOURCE: Shape = Shape::Document(&[
    field("cluster", Shape::Flag, "Everywhere; stream actions know nothing narrower."),
    field("db", Shape::Text, "A database; empty for all."),
    field("collection", Shape::Text, "A collection; empty for all."),
]);

static INHERITED: Shape = Shape::Document(&[
    required("role", Shape::Text, "The role."),
    required("db", Shape::Text, "The database that it holds on."),
]);

static INSTANCE: Shape = Shape::Document(&[
    required("name", Shape::Text, "The name."),
    field("dataProcessRegion", REGION, "Where it runs."),
    field("failoverRegions", Shape::List(&REGION), "Where it runs when that region fails."),
    field(
        "streamConfig",
        Shape::Document(&[
            field("tier", Shape::Text, "The size of a processor that names none."),
            field("maxTierSize", Shape::Text, "The largest size that a processor may ask for."),
        ]),
        "Its size.",
    ),
    field("sampleConnections", Shape::Any, "Sample connections that it was created with."),
    field("connections", Shape::List(&CONNECTION), "Its connections."),
    field("processors", Shape::List(&PROCESSOR), "Its processors."),
]);

const REGION: Shape = Shape::Document(&[
    required("cloudProvider", Shape::Word(&["AWS", "AZURE", "GCP"]), "The provider."),
    required("region", Shape::Text, "The region, in the API's spelling."),
]);

static CONNECTION: Shape = Shape::Document(&[
    required("name", Shape::Text, "The name."),
    required(
        "type",
        Shape::Word(&[
            "Kafka",
            "Cluster",
            "Sample",
            "Https",
            "S3",
            "AzureBlobStorage",
            "AWSLambda",
            "AWSKinesisDataStreams",
            "SchemaRegistry",
            "GCPPubSub",
        ]),
        "What it leads to.",
    ),
    field("region", Shape::Text, "The region that it is made from."),
    field("clusterName", Shape::Text, "The cluster."),
    field("clusterGroupId", Shape::Text, "The project of a cluster in another project."),
    field(
        "dbRoleToExecute",
        Shape::Document(&[
            required("role", Shape::Text, "The role."),
            required("type", Shape::Word(&["BUILT_IN", "CUSTOM"]), "Whether it is built in."),
        ]),
        "The role that processors act as on the cluster.",
    ),
    field("authentication", AUTHENTICATION, "Who the instance says it is."),
    field("bootstrapServers", Shape::Text, "The brokers."),
    field("config", Shape::Any, "Settings of the Kafka client."),
    field("networking", Shape::Any, "The way to the other side."),
    field("publicPrivateNetworking", Shape::Any, "The way to the other side."),
    field(
        "security",
        Shape::Document(&[
            field(
                "protocol",
                Shape::Word(&["PLAINTEXT", "SASL_PLAINTEXT", "SASL_SSL", "SSL"]),
                "How the transport is secured.",
            ),
            field(
                "brokerPublicCertificate",
                Shape::Text,
                "Certificates that brokers are trusted by.",
            ),
        ]),
        "How the transport is secured.",
    ),
    field("headers", Shape::Any, "Headers that are sent; their values are references."),
    field("url", Shape::Any, "Where requests go."),
    field("aws", Shape::Any, "The role that is assumed in AWS."),
    field("azure", Shape::Any, "The storage account of Azure."),
    field("gcp", Shape::Any, "The service account of Google Cloud."),
    field("provider", Shape::Text, "Whose schema registry it is."),
    field(
        "schemaRegistryAuthentication",
        Shape::Any,
        "Who the instance says it is to the schema registry.",
    ),
    field("schemaRegistryUrls", Shape::List(&Shape::Any), "The schema registry's addresses."),
]);

const AUTHENTICATION: Shape = Shape::Document(&[
    field("mechanism", Shape::Text, "The mechanism."),
    field("method", Shape::Text, "The method of OAUTHBEARER."),
    field("username", Shape::Text, "The user."),
    field("password", Shape::Secret, "The user's password."),
    field("clientId", Shape::Text, "The client."),
    field("clientSecret", Shape::Secret, "The client's secret."),
    field("tokenEndpointUrl", Shape::Any, "Where the client gets its token."),
    field("scope", Shape::Text, "The scope of the token."),
    field("saslOauthbearerExtensions", Shape::Any, "Extensions of OAUTHBEARER."),
    field("sslCertificate", Shape::Text, "The certificate that the instance shows."),
    field("sslKey", Shape::Secret, "Its private key."),
    field("sslKeyPassword", Shape::Secret, "The password of that key."),
    field("aws", Shape::Any, "The role that is assumed in AWS."),
]);

static PROCESSOR: Shape = Shape::Document(&[
    required("name", Shape::Text, "The name."),
    field("pipeline", Shape::List(&Shape::Any), "The stages."),
    field("options", Shape::Any, "Its options."),
    field("state", Shape::Text, "Whether it runs."),
    field("tier", Shape::Text, "Its size."),
    field("failoverEnabled", Shape::Flag, "Whether it moves to another region when its own fails."),
]);

static ENTRY: Shape = Shape::Document(&[
    field("ipAddress", Shape::Text, "A single address."),
    field("cidrBlock", Shape::Text, "A block of addresses."),
    field("awsSecurityGroup", Shape::Text, "A security group of AWS."),
    field("comment", Shape::Text, "Free text."),
    field("deleteAfterDate", Shape::Time, "When the entry ends."),
]);

static MEMBER: Shape = Shape::Document(&[
    required("username", Shape::Text, "The e-mail address."),
    field("id", Shape::Text, "The id."),
    field(
        "orgMembershipStatus",
        Shape::Word(&["ACTIVE", "PENDING", "INVITATION_EXPIRED", "INVITATION_REJECTED"]),
        "Whether the invitation was accepted.",
    ),
    field("roles", Shape::List(&Shape::Text), "Roles in the project that are the person's own."),
    field(
        "inheritedRoles",
        Shape::List(&Shape::Text),
        "Roles in the project that are held through a team.",
    ),
    field("orgRoles", Shape::List(&Shape::Text), "Roles in the organisation."),
    field("teamIds", Shape::List(&Shape::Text), "Teams, by id."),
    field("firstName", Shape::Text, "The first name."),
    field("lastName", Shape::Text, "The last name."),
    field("invitationCreatedAt", Shape::Time, "When the invitation was sent."),
    field("invitationExpiresAt", Shape::Time, "When the invitation ends."),
    field("inviterUsername", Shape::Text, "Who invited."),
]);

static API_KEY: Shape = Shape::Document(&[
    required("publicKey", Shape::Text, "The public half."),
    field("id", Shape::Text, "The id."),
    field("desc", Shape::Text, "Free text."),
    field("roles", Shape::List(&Shape::Any), "Roles, each with where it is held."),
]);

static SERVICE_ACCOUNT: Shape = Shape::Document(&[
    required("clientId", Shape::Text, "The id."),
    field("name", Shape::Text, "The name."),
    field("description", Shape::Text, "Free text."),
    field("createdAt", Shape::Time, "When it was created."),
    field("roles", Shape::List(&Shape::Text), "Roles in the project."),
]);

static PEERING: Shape = Shape::Document(&[required("_id", Shape::Text, "The id.")]);

static PRIVATE_LINK: Shape = Shape::Document(&[required("_id", Shape::Text, "The id.")]);
