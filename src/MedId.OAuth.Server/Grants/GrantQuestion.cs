using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>The question whether something may still happen by a grant.</summary>
public sealed record GrantQuestion
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The grant's id.</summary>
    public required string GrantId { get; init; }

    /// <summary>The subject as in the token.</summary>
    public required string Subject { get; init; }

    /// <summary>The client that the grant was given to.</summary>
    public required string ClientId { get; init; }

    /// <summary>What is about to happen.</summary>
    public required GrantUse Use { get; init; }

    /// <summary>The moment.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The grant and the use; not the subject.</summary>
    public override string ToString() => $"{Use} by grant {GrantId} of {ClientId}";

    /// <summary>The question about a grant.</summary>
    internal static GrantQuestion Of(Grant grant, GrantUse use, DateTimeOffset at) =>
        new() { Tenant = grant.Tenant, GrantId = grant.Id, Subject = grant.Subject, ClientId = grant.ClientId, Use = use, At = at };

    /// <summary>The question about the grant behind a token.</summary>
    internal static GrantQuestion Of(TenantId tenant, AccessToken token, GrantUse use, DateTimeOffset at) =>
        new() { Tenant = tenant, GrantId = token.GrantId, Subject = token.Subject, ClientId = token.ClientId, Use = use, At = at };
}
