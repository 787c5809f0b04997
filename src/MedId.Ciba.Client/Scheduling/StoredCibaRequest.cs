namespace MedId.Ciba.Client;

/// <summary>
/// A request that waits, or its outcome, as a store sees it: an id, a version and octets that only the scheduler's key opens. What decides is inside the octets; the members beside them are for finding and
/// cleaning up.
/// </summary>
public sealed record StoredCibaRequest
{
    /// <summary>Its id: 32 random characters of <c>0-9a-f</c>, nothing of the person and nothing of the OP.</summary>
    public required string Id { get; init; }

    /// <summary>1 when added, one more with each replacement.</summary>
    public required long Version { get; init; }

    /// <summary>When nobody needs it any more, whatever it says: a store may remove it from then on.</summary>
    public required DateTimeOffset KeepUntil { get; init; }

    /// <summary>Which scheduler works on it; null when none does.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>Until when that scheduler is taken at its word; null when none works on it.</summary>
    public DateTimeOffset? LeasedUntil { get; init; }

    /// <summary>The request, its secrets and, once decided, its tokens; encrypted and bound to id and version.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Id} version {Version}";
}
