namespace MedId.Provider;

/// <summary>An act that a terminal is asked to have the card perform.</summary>
public sealed record TerminalAct
{
    /// <summary>The act's id; comes back with the answer.</summary>
    public required string Id { get; init; }

    /// <summary>What the card's authentication key signs, before hashing.</summary>
    public required byte[] Challenge { get; init; }

    /// <summary>How long the act is waited for.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>For the last act the nonce of its challenge; null otherwise.</summary>
    public string? Nonce { get; init; }

    /// <summary>For the last act the canonical choice; null otherwise.</summary>
    public string? Choice { get; init; }

    /// <summary>For the last act the digest of notice and choice; null otherwise.</summary>
    public string? Digest { get; init; }
}
