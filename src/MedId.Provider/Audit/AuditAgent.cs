namespace MedId.Provider;

/// <summary>Somebody who takes part in what is audited: by identifiers, never by name.</summary>
public sealed record AuditAgent
{
    /// <summary>In which part.</summary>
    public required AuditAgentKind Kind { get; init; }

    /// <summary>The identifier; null for the OP itself.</summary>
    public string? Id { get; init; }

    /// <summary>Whose identifier it is, for a practitioner: the issuer of the evidence; null otherwise.</summary>
    public string? Issuer { get; init; }

    /// <summary>The role by its code, for a practitioner; null otherwise.</summary>
    public string? Role { get; init; }

    /// <summary>The identifier of the institution in whose name a practitioner or a clerk acts.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The OP itself.</summary>
    public static AuditAgent Op { get; } = new() { Kind = AuditAgentKind.Op };

    /// <summary>An OAuth client.</summary>
    /// <param name="clientId">Its id.</param>
    public static AuditAgent Client(string clientId) => new() { Kind = AuditAgentKind.Client, Id = clientId };

    /// <summary>A resource server.</summary>
    /// <param name="clientId">Its client id.</param>
    public static AuditAgent ResourceServer(string clientId) => new() { Kind = AuditAgentKind.ResourceServer, Id = clientId };

    /// <summary>The person.</summary>
    /// <param name="accountId">The account.</param>
    public static AuditAgent Person(string accountId) => new() { Kind = AuditAgentKind.Person, Id = accountId };

    /// <summary>A proxy.</summary>
    /// <param name="accountId">The proxy's own account.</param>
    public static AuditAgent Proxy(string accountId) => new() { Kind = AuditAgentKind.Proxy, Id = accountId };

    /// <summary>A clerk.</summary>
    /// <param name="clerkId">The clerk's own identifier.</param>
    /// <param name="institutionId">The institution.</param>
    public static AuditAgent Clerk(string clerkId, string? institutionId) => new() { Kind = AuditAgentKind.Clerk, Id = clerkId, OrganizationId = institutionId };

    /// <summary>An administrator.</summary>
    /// <param name="administratorId">The administrator's own identifier.</param>
    public static AuditAgent Administrator(string administratorId) => new() { Kind = AuditAgentKind.Administrator, Id = administratorId };

    /// <summary>The part only.</summary>
    public override string ToString() => $"{Kind}";
}
