namespace MedId.Heart.Fhir.Scopes.Tests.Oracle;

/// <summary>One question, as text only: the oracle and the decider each read it by themselves.</summary>
internal sealed record OracleCase
{
    public required string Scopes { get; init; }

    public string? Patient { get; init; }

    public string? User { get; init; }

    public IReadOnlyList<string> UserPatients { get; init; } = [];

    public bool GlassMayBreak { get; init; }

    public string? Purpose { get; init; }

    public string? Client { get; init; }

    public OracleConsent? Consent { get; init; }

    public required string Method { get; init; }

    public required string Url { get; init; }

    public string? Form { get; init; }

    public string? IfNoneExist { get; init; }

    /// <summary>The stored resource; null where there is none.</summary>
    public string? Before { get; init; }

    /// <summary>The written resource, or what a patch results in.</summary>
    public string? After { get; init; }

    /// <summary>What a search finds, before anything is filtered.</summary>
    public IReadOnlyList<string> Store { get; init; } = [];

    /// <summary>Entries of a batch or transaction; null for a single request.</summary>
    public IReadOnlyList<OracleEntry>? Entries { get; init; }

    public bool IsTransaction { get; init; }

    public bool IsStrict { get; init; }
}

/// <summary>An entry of a batch or transaction.</summary>
internal sealed record OracleEntry(string Method, string Url, string? Before, string? Resource, string? FullUrl, string? IfNoneExist);

/// <summary>A consent, in hours since the beginning of 2026 in Japan, so that neither side borrows the other's dates.</summary>
internal sealed record OracleConsent(int? From, int? Until, int At, string? Purpose, string? Recipient, IReadOnlyList<string>? Data, int? DataFromDay, int? DataUntilDay);
