namespace MedId.Pki.Differential.Tests;

/// <summary>One thing that both verifiers are asked.</summary>
internal sealed record DiffCase
{
    public required string Category { get; init; }

    /// <summary>What was done, enough to do it again by hand.</summary>
    public required string How { get; init; }

    /// <summary>The field that was changed; a ruling may be about one field only.</summary>
    public required string Where { get; init; }

    public required byte[] Target { get; init; }

    public IReadOnlyList<byte[]> Intermediates { get; init; } = [];

    public required byte[] Anchor { get; init; }

    public byte[]? Crl { get; init; }

    public byte[]? Ocsp { get; init; }

    /// <summary>The only acceptable policy, which then is required.</summary>
    public string? Policy { get; init; }

    public required DateTimeOffset At { get; init; }
}
