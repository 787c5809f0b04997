using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.Consent;

/// <summary>What was found out about one signature of an artefact.</summary>
public sealed record ArtefactSignature
{
    /// <summary>How it ended. Only an accepted signature says that somebody signed.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>Why it is not accepted; codes of the packages below come through unchanged.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>As what; null where no rule names the signer.</summary>
    public ArtefactSignerRole? Role { get; init; }

    /// <summary>The name of the rule.</summary>
    public string? Label { get; init; }

    /// <summary>The certificate; null for JSON. Proven to be the signer's only when accepted.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>The anchor above it.</summary>
    public TrustAnchor? Anchor { get; init; }

    /// <summary>The identifier of the key, as the rule has it; null for XML.</summary>
    public string? KeyId { get; init; }

    /// <summary>The algorithm.</summary>
    public SignatureAlgorithm? Algorithm { get; init; }

    /// <summary>When the signer says to have signed; proves nothing.</summary>
    public DateTimeOffset? ClaimedTime { get; init; }

    /// <summary>Exactly the octets that are signed: the canonical document without signatures, or the payload as sent.</summary>
    public ReadOnlyMemory<byte> Covered { get; init; }

    /// <summary>The digest of the certificate or key, to tell signers apart.</summary>
    internal string Signer { get; init; } = string.Empty;

    /// <summary>The whole report of an XML signature.</summary>
    public SignerReport? Report { get; init; }
}
