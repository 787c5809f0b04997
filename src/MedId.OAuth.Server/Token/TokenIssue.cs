namespace MedId.OAuth.Server;

/// <summary>What tokens are to be made of.</summary>
public sealed record TokenIssue
{
    /// <summary>The grant.</summary>
    public required Grant Grant { get; init; }

    /// <summary>The client that gets them.</summary>
    public required ClientRegistration Client { get; init; }

    /// <summary>The scopes of this access token, of those granted; null for all of them.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The <c>auth_req_id</c> that the tokens answer to; becomes a claim of the ID token (CIBA Core §10.3.1).</summary>
    public string? AuthReqId { get; init; }

    /// <summary>The family of the presented refresh token; null starts a family. A refresh token is made only where grant and registration both allow it.</summary>
    public string? RefreshFamily { get; init; }

    /// <summary>The key that the access token is bound to (<c>cnf</c>); null: it is not bound.</summary>
    public TokenConfirmation? Confirmation { get; init; }

    /// <summary>The grant's id; never the <c>auth_req_id</c>.</summary>
    public override string ToString() => $"tokens of grant {Grant.Id} for {Client.ClientId}";
}
