using MedId.Core;

namespace MedId.Provider;

/// <summary>What a desk registers.</summary>
public sealed record ProxyOrder
{
    /// <summary>The person's account.</summary>
    public required string Patient { get; init; }

    /// <summary>The proxy's account.</summary>
    public required string Proxy { get; init; }

    /// <summary>The relation.</summary>
    public required ProxyRelationship Relationship { get; init; }

    /// <summary>The person's name as notices will show it. Personal.</summary>
    public required string PatientName { get; init; }

    /// <summary>The proxy's name as notices will show it. Personal.</summary>
    public required string ProxyName { get; init; }

    /// <summary>What was shown; at least one, of kinds that the OP accepts for the relation.</summary>
    public required IReadOnlyList<ConsentEvidence> Evidence { get; init; }

    /// <summary>The legal basis, by its code.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>The FHIR scopes that the proxy may open.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The purposes (v3-ActReason codes).</summary>
    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary>From when; null for now.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Until when.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>A minor's date of birth, from which the two instants that matter are computed; it is not kept. Null where <see cref="ComesOfAgeOn"/> is given, and for an adult: one of the two is needed for a parent and for a legal basis that is there for minors.</summary>
    public DateOnly? BornOn { get; init; }

    /// <summary>The day on which a minor comes of age, where the desk does not tell the date of birth.</summary>
    public DateOnly? ComesOfAgeOn { get; init; }

    /// <summary>The relation only; no name.</summary>
    public override string ToString() => $"{Relationship}";
}
