using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>The COSE algorithms that a relying party can offer in pubKeyCredParams.</summary>
public static class CredentialParameters
{
    /// <summary>Every algorithm that this library and this platform verify, the preferred ones first. RS1 is not among them: it is for TPM attestation only.</summary>
    public static IReadOnlyList<long> Supported { get; } = [-7, -8, -35, -36, -53, -37, -38, -39, -257, -258, -259, -47, .. PostQuantum()];

    private static IEnumerable<long> PostQuantum() => System.Security.Cryptography.MLDsa.IsSupported ? [-48, -49, -50] : [];
}
