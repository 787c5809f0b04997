using MedId.Core;
using MedId.Pki;

namespace MedId.Fido2;

/// <summary>What a statement proved, once it verified (WebAuthn L3 §7.1 step 22): the type, the certificates it rests on, and the facts in it. Not yet trust.</summary>
public sealed record AttestationStatementEvidence
{
    internal AttestationStatementEvidence()
    {
    }

    /// <summary>The format, one of <see cref="AttestationFormats"/>.</summary>
    public required string Format { get; init; }

    /// <summary>What it rests on; for <c>compound</c> that of the strongest member.</summary>
    public required AttestationType Type { get; init; }

    /// <summary>The AAGUID of the credential, which the statement covers.</summary>
    public required Guid Aaguid { get; init; }

    /// <summary>The attestation certificate first, then what came with it in no order to rely on; empty for none, self and compound.</summary>
    public IReadOnlyList<Certificate> Path { get; init; } = [];

    /// <summary>The statements of a <c>compound</c> that verified; empty for every other format.</summary>
    public IReadOnlyList<AttestationStatementEvidence> Members { get; init; } = [];

    /// <summary>Why other statements of a <c>compound</c> did not verify; empty for every other format.</summary>
    public IReadOnlyList<MedIdError> RefusedMembers { get; init; } = [];

    /// <summary>Whether a signature or digest was accepted only because policy allows what the default policy does not (SHA-1, small RSA keys).</summary>
    public bool UsedWeakAlgorithm { get; init; }

    /// <summary>Lower-case hexadecimal SHA-1 of the attestation key, by which metadata name a U2F model; null for formats other than <c>fido-u2f</c>.</summary>
    public string? AttestationKeyIdentifier { get; init; }

    /// <summary>What the certificate says of the device; null for formats other than <c>packed</c> and <c>fido-u2f</c>.</summary>
    public AttestedDevice? Device { get; init; }

    /// <summary>The manufacturer, model and version of the TPM; null for formats other than <c>tpm</c>.</summary>
    public TpmDevice? Tpm { get; init; }

    /// <summary>What Android says of the key; null for formats other than <c>android-key</c>.</summary>
    public AndroidKeyDescription? AndroidKey { get; init; }

    /// <summary>What Google said of the device; null for formats other than <c>android-safetynet</c>.</summary>
    public SafetyNetVerdict? SafetyNet { get; init; }
}
