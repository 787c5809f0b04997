using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MedId.Testing;

/// <summary>What a statement attests, and with whose certificates.</summary>
[SuppressMessage("Performance", "CA1819", Justification = "Octets of a message.")]
internal sealed record VirtualFido2Attestation
{
    private const int UnknownAlgorithm = -65000;

    public required VirtualFido2Options Options { get; init; }

    public required VirtualFido2Issuer Issuer { get; init; }

    public required VirtualFido2Credential Credential { get; init; }

    public required byte[] RpIdHash { get; init; }

    public required byte[] AuthenticatorData { get; init; }

    public required byte[] ClientDataHash { get; init; }

    public required Guid Aaguid { get; init; }

    /// <summary>Whether the request asks for enterprise attestation, which names the single device.</summary>
    public bool IsEnterprise { get; init; }

    public required Fido2Fault Fault { get; init; }

    public VirtualFido2Key Key => Credential.Key;

    /// <summary>authData || clientDataHash.</summary>
    public byte[] ToBeSigned => [.. AuthenticatorData, .. SignedClientDataHash];

    public byte[] SignedClientDataHash => Fault == Fido2Fault.AttestationOtherClientData ? SHA256.HashData(ClientDataHash) : ClientDataHash;

    /// <summary>The statement of a format: a map, or the list of a compound.</summary>
    public byte[] Statement(VirtualFido2Format format) => format switch
    {
        VirtualFido2Format.None => Fault == Fido2Fault.NoneWithStatement ? TestCbor.TextMap(("alg", TestCbor.Integer(-7))) : TestCbor.TextMap(),
        VirtualFido2Format.PackedSelf => PackedStatement.Self(this),
        VirtualFido2Format.Packed => PackedStatement.Full(this),
        VirtualFido2Format.Tpm => TpmStatement.Write(this),
        VirtualFido2Format.AndroidKey => AndroidKeyStatement.Write(this),
        VirtualFido2Format.AndroidSafetyNet => SafetyNetStatement.Write(this),
        VirtualFido2Format.FidoU2f => FidoU2fStatement.Write(this),
        VirtualFido2Format.Apple => AppleStatement.Write(this),
        _ => CompoundStatement.Write(this),
    };

    public static string Name(VirtualFido2Format format) => format switch
    {
        VirtualFido2Format.None => "none",
        VirtualFido2Format.PackedSelf or VirtualFido2Format.Packed => "packed",
        VirtualFido2Format.Tpm => "tpm",
        VirtualFido2Format.AndroidKey => "android-key",
        VirtualFido2Format.AndroidSafetyNet => "android-safetynet",
        VirtualFido2Format.FidoU2f => "fido-u2f",
        VirtualFido2Format.Apple => "apple",
        _ => "compound",
    };

    /// <summary>Members of a statement, less or changed as the fault asks.</summary>
    public byte[] Map(params List<(string Name, byte[] Value)> members)
    {
        members.RemoveAll(member => (member.Name, Fault) is ("alg", Fido2Fault.AttestationWithoutAlgorithm) or ("sig", Fido2Fault.AttestationWithoutSignature));
        return TestCbor.TextMap(members);
    }

    public byte[] Algorithm(int algorithm) => TestCbor.Integer(Fault switch
    {
        Fido2Fault.AttestationOtherAlgorithm => algorithm == -7 ? -35 : -7,
        Fido2Fault.AttestationUnknownAlgorithm => UnknownAlgorithm,
        _ => algorithm,
    });

    public byte[] Signature(byte[] signature) => TestCbor.Bytes(Fault == Fido2Fault.AttestationTamperedSignature ? TestFaultBytes.FlipLast(signature) : signature);

    /// <summary>The signature of a certificate's key, or of another one.</summary>
    public byte[] SignWith(TestKey key, byte[] data, TestSignatureAlgorithm? algorithm = null) => Signature((Fault == Fido2Fault.AttestationForeignKey ? TestKey.Create(key.Kind) : key).Sign(data, algorithm));

    public byte[] Path(IReadOnlyList<byte[]> certificates) => Fault switch
    {
        Fido2Fault.AttestationEmptyPath => TestCbor.Array(),
        Fido2Fault.AttestationPathNotList => TestCbor.Bytes(certificates[0]),
        Fido2Fault.AttestationGarbageCertificate => TestCbor.Array(TestCbor.Bytes(TestDer.Sequence(TestDer.Null))),
        _ => TestCbor.Array([.. certificates.Select(certificate => TestCbor.Bytes(certificate))]),
    };

    public static int CoseAlgorithm(TestKey key) => key.Kind switch
    {
        TestKeyKind.P256 => -7,
        TestKeyKind.P384 => -35,
        TestKeyKind.P521 => -36,
        _ => -257,
    };

    /// <summary>The credential key as a certificate holds it.</summary>
    public TestKey Certifiable => Key.Certifiable ?? throw new InvalidOperationException($"Algorithm {Key.Algorithm} cannot be attested in this format.");
}
