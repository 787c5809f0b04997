using MedId.Pki;

namespace MedId.Signatures;

/// <summary>One time-stamping service that is trusted, as configured: its root, its policy, and from when until when it counts (e.g. its accreditation).</summary>
/// <remarks>No list of accredited services is built in: who operates the verification decides whose time counts.</remarks>
public sealed record TimestampService
{
    /// <summary>What the operator calls it; appears in reports.</summary>
    public string? Label { get; init; }

    /// <summary>The root that the service's certificate has to lead to.</summary>
    public required TrustAnchor Anchor { get; init; }

    /// <summary>The TSA policy that its tokens have to name; null: any.</summary>
    public string? PolicyOid { get; init; }

    /// <summary>The first genTime that counts; null: no beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The first genTime that no longer counts; null: no end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether a token's policy and time are the service's; its path is another question.</summary>
    internal bool Covers(TimestampInfo info) =>
        (PolicyOid is null || string.Equals(PolicyOid, info.PolicyOid, StringComparison.Ordinal)) && (From is null || info.Time >= From) && (Until is null || info.Time < Until);
}
