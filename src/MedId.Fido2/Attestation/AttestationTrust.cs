using System.Diagnostics.CodeAnalysis;
using MedId.Core;
using MedId.Fido.Metadata;
using MedId.Pki;

namespace MedId.Fido2;

/// <summary>Whether an attestation is trusted, why not, and whether the registration may go on (WebAuthn L3 §7.1 step 24).</summary>
public sealed record AttestationTrust
{
    internal AttestationTrust()
    {
    }

    /// <summary>What was found.</summary>
    public required AttestationTrustStatus Status { get; init; }

    /// <summary>Whether policy lets the registration go on; it may without trust, and is then worth no more than one without attestation.</summary>
    public required bool IsAcceptable { get; init; }

    /// <summary>Whether it comes from somebody whom policy trusts.</summary>
    [MemberNotNullWhen(false, nameof(Reason))]
    public bool IsTrusted => Status == AttestationTrustStatus.Trusted;

    /// <summary>Why it is not trusted; null when it is.</summary>
    public MedIdError? Reason { get; init; }

    /// <summary>Who stands above the attestation certificate; null when it is not trusted.</summary>
    public TrustAnchor? Anchor { get; init; }

    /// <summary>What the metadata say of the model; null when none were asked, or none know it.</summary>
    public MetadataEntry? Metadata { get; init; }

    /// <summary>The decision about the attestation certificate; null when there is none or no anchor to decide by.</summary>
    public PathDecision? Path { get; init; }

    /// <summary>What was found about the members of a <c>compound</c>, in their order.</summary>
    public IReadOnlyList<AttestationTrust> Members { get; init; } = [];
}
