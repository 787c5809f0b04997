namespace MedId.Provider;

/// <summary>In which part somebody takes part in what is audited.</summary>
public enum AuditAgentKind
{
    /// <summary>An OAuth client; its client id.</summary>
    Client,

    /// <summary>A resource server; its client id.</summary>
    ResourceServer,

    /// <summary>The doctor, by the issuer and the subject of the evidence.</summary>
    Practitioner,

    /// <summary>The person, by the account's id at this OP.</summary>
    Person,

    /// <summary>A proxy, by their own account's id at this OP.</summary>
    Proxy,

    /// <summary>A clerk at a desk; the clerk's own identifier.</summary>
    Clerk,

    /// <summary>An administrator; their own identifier.</summary>
    Administrator,

    /// <summary>The OP itself.</summary>
    Op,
}
