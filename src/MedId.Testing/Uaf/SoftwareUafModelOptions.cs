using MedId.Fido.Metadata;
using MedId.Fido.Uaf;

namespace MedId.Testing;

/// <summary>What kind of authenticator a <see cref="SoftwareUafModel"/> is. Nothing of it is certified or official.</summary>
public sealed record SoftwareUafModelOptions
{
    /// <summary>The AAID. Default <c>FFFF#5A01</c>, of a made-up vendor.</summary>
    public string Aaid { get; init; } = "FFFF#5A01";

    /// <summary>Signature algorithm: ECDSA or RSA of the registry, with SHA-2. Default P-256 raw.</summary>
    public FidoAlgorithm Algorithm { get; init; } = FidoAlgorithm.EcdsaP256Sha256Raw;

    /// <summary>Encoding of public keys. Default the raw point.</summary>
    public FidoKeyFormat KeyFormat { get; init; } = FidoKeyFormat.EccX962Raw;

    /// <summary>How the model is proved. Default a certificate that the metadata pins.</summary>
    public SoftwareUafAttestation Attestation { get; init; } = SoftwareUafAttestation.PinnedCertificate;

    /// <summary>Firmware version. Default 1.</summary>
    public ushort AuthenticatorVersion { get; init; } = 1;

    /// <summary>How the metadata says that the user is verified. Default fingerprint or passcode.</summary>
    public IReadOnlyList<UserVerificationMethods> UserVerification { get; init; } = [UserVerificationMethods.Fingerprint, UserVerificationMethods.Passcode];

    /// <summary>How the metadata says that keys are kept. Default hardware and trusted execution environment, as a phone would say; this emulator keeps them in memory.</summary>
    public KeyProtections KeyProtection { get; init; } = KeyProtections.Hardware | KeyProtections.TrustedExecutionEnvironment;

    /// <summary>What the metadata says of the display. Default any, privileged software.</summary>
    public TransactionDisplays TransactionDisplay { get; init; } = TransactionDisplays.Any | TransactionDisplays.PrivilegedSoftware;

    /// <summary>Whether it counts. Default true; without, both counters are 0.</summary>
    public bool HasCounters { get; init; } = true;

    /// <summary>Bytes of a KeyID. Default 32; more makes the model a second factor that keeps its keys in KeyIDs.</summary>
    public int KeyIdBytes { get; init; } = 32;
}
