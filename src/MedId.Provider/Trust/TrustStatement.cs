namespace MedId.Provider;

/// <summary>What an assessor found about a service. Only <see cref="TrustStatementVerifier"/> makes one.</summary>
public sealed class TrustStatement
{
    internal TrustStatement()
    {
    }

    /// <summary>The framework under which it was vetted.</summary>
    public required string Framework { get; init; }

    /// <summary>The assessor.</summary>
    public required string Assessor { get; init; }

    /// <summary>The service, by its client id.</summary>
    public required string ClientId { get; init; }

    /// <summary>The service's name as the assessor knows it.</summary>
    public required string Name { get; init; }

    /// <summary>The criteria that it passed.</summary>
    public required IReadOnlyList<string> Criteria { get; init; }

    /// <summary>The level that it reached; null where the framework has none.</summary>
    public string? Level { get; init; }

    /// <summary>When it was signed.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Its end, exclusive.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Its identifier.</summary>
    public required string Id { get; init; }

    /// <summary>base64url of SHA-256 over the statement as it came.</summary>
    public required string Digest { get; init; }

    /// <summary>Service and framework.</summary>
    public override string ToString() => $"{ClientId} under {Framework}";
}
