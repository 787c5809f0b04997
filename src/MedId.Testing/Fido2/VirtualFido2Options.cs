namespace MedId.Testing;

/// <summary>What kind of authenticator a <see cref="VirtualFido2Authenticator"/> is.</summary>
public sealed record VirtualFido2Options
{
    /// <summary>The attestation statement, where the request asks for one: with conveyance <c>none</c> a client removes it. Default: <see cref="VirtualFido2Format.Packed"/>.</summary>
    public VirtualFido2Format Format { get; init; } = VirtualFido2Format.Packed;

    /// <summary>The parts of a compound statement, in order. Default: packed with a certificate, and packed with the credential key.</summary>
    public IReadOnlyList<VirtualFido2Format> CompoundFormats { get; init; } = [VirtualFido2Format.Packed, VirtualFido2Format.PackedSelf];

    /// <summary>COSE algorithms that it can make credentials for. Default: every one that this platform can sign with.</summary>
    public IReadOnlyList<int> Algorithms { get; init; } = VirtualFido2Authenticator.SupportedAlgorithms;

    /// <summary>The model's identifier. Default: one that no vendor has.</summary>
    public Guid Aaguid { get; init; } = new("4d656449-6453-646b-2d4c-41422d746573");

    /// <summary>Whether it verifies its user. Default: true.</summary>
    public bool UserVerified { get; init; } = true;

    /// <summary>Flag BE of its credentials. Default: false.</summary>
    public bool BackupEligible { get; init; }

    /// <summary>Flag BS; can be changed later by <see cref="VirtualFido2Authenticator.BackedUp"/>. Default: false.</summary>
    public bool BackedUp { get; init; }

    /// <summary>Whether it keeps credentials that can be found without their identifier. Default: true.</summary>
    public bool HasResidentKeys { get; init; } = true;

    /// <summary>Whether it counts signatures; without it the counter is always 0. Default: true.</summary>
    public bool HasCounter { get; init; } = true;

    /// <summary>What <c>getTransports()</c> answers. Default: internal.</summary>
    public IReadOnlyList<string> Transports { get; init; } = ["internal"];

    /// <summary><c>authenticatorAttachment</c>. Default: platform.</summary>
    public string Attachment { get; init; } = "platform";

    /// <summary>The key that attests. Default: P-256. An RSA key attests in formats packed and tpm.</summary>
    public TestKeyKind AttestationKey { get; init; } = TestKeyKind.P256;

    /// <summary>Attests with SHA-1 over an RSA key (RS1) in format tpm, as old Windows models do. Default: false.</summary>
    public bool TpmUsesSha1 { get; init; }

    /// <summary>Whether the AAGUID stands in the attestation certificate of formats packed and tpm. Default: true.</summary>
    public bool AaguidInCertificate { get; init; } = true;

    /// <summary>Android key descriptions: the properties stand in the list of the trusted environment, not of the software. Default: true.</summary>
    public bool AndroidTrustedEnvironment { get; init; } = true;

    /// <summary>Who issues attestation certificates; a new root of its own when null.</summary>
    public TestAuthority? AttestationRoot { get; init; }
}
