using MedId.Core;

namespace MedId.Fido2;

/// <summary>The key attestation extension of Android, 1.3.6.1.4.1.11129.2.1.17 (WebAuthn L3 §8.4.1).</summary>
public sealed record AndroidKeyDescription
{
    internal AndroidKeyDescription()
    {
    }

    /// <summary>attestationVersion.</summary>
    public required int AttestationVersion { get; init; }

    /// <summary>attestationSecurityLevel: 0 software, 1 trusted environment, 2 StrongBox.</summary>
    public required int AttestationSecurityLevel { get; init; }

    /// <summary>keyMintVersion.</summary>
    public required int KeyMintVersion { get; init; }

    /// <summary>keyMintSecurityLevel: 0 software, 1 trusted environment, 2 StrongBox.</summary>
    public required int KeyMintSecurityLevel { get; init; }

    /// <summary>attestationChallenge.</summary>
    public required ReadOnlyMemory<byte> AttestationChallenge { get; init; }

    /// <summary>What the system vouches for.</summary>
    public required AndroidAuthorizationList SoftwareEnforced { get; init; }

    /// <summary>What the trusted environment vouches for.</summary>
    public required AndroidAuthorizationList TeeEnforced { get; init; }

    /// <summary>Reads the extension's value.</summary>
    /// <param name="der">KeyDescription in DER, the whole value.</param>
    /// <returns>The description, or <c>fido2.attestation_android_extension</c>.</returns>
    public static MedIdResult<AndroidKeyDescription> Parse(ReadOnlyMemory<byte> der) => AndroidKeyDescriptionReader.Read(der);
}
