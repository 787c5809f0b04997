using MedId.Core;

namespace MedId.Provider;

/// <summary>Something that operators decide while the OP runs: a client, a signing key, a switch. Every node sees it.</summary>
public sealed record Setting
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>What it is, e.g. <c>client</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Which one of its kind; at most 256 characters.</summary>
    public required string Id { get; init; }

    /// <summary>1 for a new one, and one more with each change.</summary>
    public required long Version { get; init; }

    /// <summary>The content, as JSON. May be secret: stores encrypt it.</summary>
    public required string Body { get; init; }

    /// <summary>When this version was stored.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Whether it was removed: it is kept, so that its id is not given to somebody else unseen.</summary>
    public bool Removed { get; init; }

    /// <summary>Kind, id and version; never the body.</summary>
    public override string ToString() => $"{Kind} {Id}, version {Version}";
}
