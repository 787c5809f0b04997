namespace MedId.Fido.Metadata;

/// <summary>What a verifier found when an authenticator was used, and what is known of its model: all that <see cref="FidoAssurance"/> draws from.</summary>
public sealed record FidoUse
{
    /// <summary>In which protocol.</summary>
    public required FidoProtocol Protocol { get; init; }

    /// <summary>Whether the authenticator signed that somebody was present; of UAF, that it ran an authentication mode with a person.</summary>
    public required bool UserPresent { get; init; }

    /// <summary>Whether the authenticator signed that it verified the person (UV; UAF authentication mode 1 or 2). Always false of U2F.</summary>
    public required bool UserVerified { get; init; }

    /// <summary>Whether the credential can be backed up, as its authenticator signed (BE); null of protocols that do not say, and where it is not known.</summary>
    public bool? BackupEligible { get; init; }

    /// <summary>Whether attestation proved the model when the key was registered, by a certificate that policy trusts.</summary>
    public required bool AttestationTrusted { get; init; }

    /// <summary>
    /// The anchor that the attestation rests on, as registrations keep it: SHA-256 of its key or certificate, base64url. Where it is given it has to be one of the model's own
    /// <c>attestationRootCertificates</c> of today: another vendor's anchor, or one that the metadata name no more, proves nothing about the model. Null where it was not kept.
    /// </summary>
    public string? TrustAnchor { get; init; }

    /// <summary>The model's metadata; null when it is not known.</summary>
    public MetadataEntry? Metadata { get; init; }

    /// <summary>What <see cref="MetadataStatusPolicy"/> decided about the model today; null when it was not asked, and then nothing the metadata say counts.</summary>
    public MetadataStatusDecision? Status { get; init; }

    /// <summary>Whether a password was verified in the same authentication.</summary>
    public bool PasswordVerified { get; init; }
}
