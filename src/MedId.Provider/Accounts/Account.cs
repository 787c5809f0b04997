using MedId.Core;

namespace MedId.Provider;

/// <summary>A proofed person at this OP. Holds no name: what identifies the person stays with the proofing service.</summary>
public sealed record Account
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The subject identifier of tokens: opaque, 128 random bits or more, or a synthetic id in tests.</summary>
    public required string Id { get; init; }

    /// <summary>State.</summary>
    public AccountStatus Status { get; init; }

    /// <summary>Keyed digests of the identifiers that a hint may name (login id, insurer number) and of the certificates by which the person was proofed, base64url.</summary>
    public required IReadOnlyList<string> HintDigests { get; init; }

    /// <summary>Keyed digest of the user code; null when the person has none.</summary>
    public string? UserCodeDigest { get; init; }

    /// <summary>The FHIR Patient id at each resource server, by resource identifier (row A17). Personal: stores encrypt it.</summary>
    public required IReadOnlyDictionary<string, string> Patients { get; init; }

    /// <summary>Language of notices, BCP 47: <c>ja</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>When the person was proofed; enrolment asks for a proofed account.</summary>
    public required DateTimeOffset ProofedAt { get; init; }
}
