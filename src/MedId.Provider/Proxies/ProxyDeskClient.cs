namespace MedId.Provider;

/// <summary>A desk at which relations are registered. Registered by the OP's operator; it authenticates as an OAuth client.</summary>
public sealed record ProxyDeskClient
{
    /// <summary>The desk's client id at this OP.</summary>
    public required string ClientId { get; init; }

    /// <summary>The institution's identifier; recorded with every relation.</summary>
    public required string InstitutionId { get; init; }
}
