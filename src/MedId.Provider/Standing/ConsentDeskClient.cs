namespace MedId.Provider;

/// <summary>A reception desk at which people agree on paper or in words. Registered by the OP's operator; it authenticates as an OAuth client.</summary>
public sealed record ConsentDeskClient
{
    /// <summary>The desk's client id at this OP.</summary>
    public required string ClientId { get; init; }

    /// <summary>The institution's identifier; recorded with every consent.</summary>
    public required string InstitutionId { get; init; }

    /// <summary>The institution's name, as people read it.</summary>
    public required string Institution { get; init; }

    /// <summary>The client ids for which it may take consent; there is no "everybody".</summary>
    public required IReadOnlyList<string> Serves { get; init; }
}
