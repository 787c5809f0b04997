using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MedId.Testing;

/// <summary>tpm (WebAuthn Level 3 §8.3): TPMT_PUBLIC and TPMS_ATTEST of TPM 2.0 Part 2, all big-endian.</summary>
internal static class TpmStatement
{
    private const ushort AlgNull = 0x0010;
    private const ushort AlgSha256 = 0x000B;

    public static byte[] Write(VirtualFido2Attestation attestation)
    {
        var fault = attestation.Fault;
        var key = attestation.Options.TpmUsesSha1 && !attestation.Issuer.AttestationKey.IsRsa ? TestKey.Shared(TestKeyKind.Rsa2048) : attestation.Issuer.AttestationKey;
        var (algorithm, signature, hash) = attestation.Options.TpmUsesSha1
            ? (-65535, TestSignatureAlgorithm.RsaSha1, HashAlgorithmName.SHA1)
            : (VirtualFido2Attestation.CoseAlgorithm(key), key.DefaultAlgorithm, TestAlgorithms.Hash(key.DefaultAlgorithm));
        var publicArea = PublicArea(attestation.Key, fault);
        var certInfo = CertInfo(Digest(hash, attestation.ToBeSigned), publicArea, fault);
        var sent = fault switch
        {
            Fido2Fault.TpmOtherPublicArea => PublicArea(VirtualFido2Key.Create(attestation.Key.Algorithm), fault),
            Fido2Fault.TpmPublicAreaCutOff => publicArea[..^1],
            _ => publicArea,
        };
        if (fault == Fido2Fault.TpmOtherPublicArea)
        {
            // Named rightly, so that nothing but the key is wrong.
            certInfo = CertInfo(Digest(hash, attestation.ToBeSigned), sent, fault);
        }

        var members = new List<(string, byte[])>
        {
            ("alg", attestation.Algorithm(algorithm)),
            ("sig", attestation.SignWith(key, certInfo, signature)),
            ("certInfo", TestCbor.Bytes(certInfo)),
            ("pubArea", TestCbor.Bytes(sent)),
        };
        if (fault != Fido2Fault.TpmWithoutVersion)
        {
            members.Add(("ver", TestCbor.Text(fault == Fido2Fault.TpmOtherVersion ? "1.2" : "2.0")));
        }

        if (fault != Fido2Fault.TpmWithoutPath)
        {
            members.Add(("x5c", attestation.Path(Path(attestation, key))));
        }

        return attestation.Map(members);
    }

    private static IReadOnlyList<byte[]> Path(VirtualFido2Attestation attestation, TestKey key)
    {
        var fault = attestation.Fault;
        var subject = fault == Fido2Fault.TpmLeafWithSubject ? TestName.Common("LAB attestation key") : TestName.Empty;
        return attestation.Issuer.Issue(subject, key, fault, directly: false, builder =>
        {
            builder.With(TestExtensions.BasicConstraints(isCa: fault == Fido2Fault.TpmLeafIsAuthority));
            if (fault != Fido2Fault.TpmLeafWithoutPurpose)
            {
                builder.With(TestExtensions.ExtendedKeyUsage("2.23.133.8.3"));
            }

            if (fault != Fido2Fault.TpmLeafWithoutAlternativeName)
            {
                builder.With(AlternativeName(fault));
            }

            if (attestation.Options.AaguidInCertificate)
            {
                builder.With(PackedStatement.Aaguid(fault == Fido2Fault.TpmLeafOtherAaguid ? new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) : attestation.Aaguid));
            }

            if (fault == Fido2Fault.TpmLeafVersion1)
            {
                builder.Version = 1;
                builder.Extensions.Clear();
            }
        });
    }

    // TCG EK Credential Profile 2.0 §3.2.9, the manufacturer that FIDO's conformance tests use.
    private static TestExtension AlternativeName(Fido2Fault fault)
    {
        var name = TestName.Empty;
        if (fault != Fido2Fault.TpmLeafWithoutManufacturer)
        {
            name = name.With("2.23.133.2.1", "id:FFFFF1D0");
        }

        return TestExtensions.SubjectAlternativeName(TestGeneralName.Directory(name.With("2.23.133.2.2", "LAB TPM").With("2.23.133.2.3", "id:00020000"))) with { Critical = true };
    }

    private static byte[] CertInfo(byte[] extraData, byte[] publicArea, Fido2Fault fault)
    {
        var name = SHA256.HashData(publicArea);
        byte[] certInfo =
        [
            .. fault == Fido2Fault.TpmOtherMagic ? [0xFF, 0x54, 0x43, 0x48] : (byte[])[0xFF, 0x54, 0x43, 0x47],
            .. fault == Fido2Fault.TpmOtherType ? [0x80, 0x18] : (byte[])[0x80, 0x17],
            .. Sized([.. UInt16(AlgSha256), .. SHA256.HashData("LAB signer"u8)]),
            .. Sized(fault == Fido2Fault.TpmOtherExtraData ? TestFaultBytes.FlipLast(extraData) : extraData),
            .. new byte[17],
            .. new byte[8],
            .. Sized([.. UInt16(AlgSha256), .. fault == Fido2Fault.TpmOtherName ? TestFaultBytes.FlipLast(name) : name]),
            .. Sized([.. UInt16(AlgSha256), .. SHA256.HashData("LAB qualified name"u8)]),
        ];
        return fault switch
        {
            Fido2Fault.TpmCertInfoTrailingByte => [.. certInfo, 0],
            Fido2Fault.TpmCertInfoCutOff => certInfo[..^1],
            _ => certInfo,
        };
    }

    private static byte[] PublicArea(VirtualFido2Key key, Fido2Fault fault)
    {
        // fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, sign.
        byte[] common = [.. UInt16(fault == Fido2Fault.TpmUnknownNameAlgorithm ? (ushort)0x7FFF : AlgSha256), 0x00, 0x04, 0x00, 0x72, .. Sized([])];
        byte[] area = key.IsRsa
            ? [.. UInt16(0x0001), .. common, .. UInt16(AlgNull), .. UInt16(AlgNull), .. UInt16((ushort)(8 * key.Parameter(-1).Length)), 0, 0, 0, 0, .. Sized(key.Parameter(-1))]
            : key.Certifiable is { } curve
            ? [.. UInt16(0x0023), .. common, .. UInt16(AlgNull), .. UInt16(AlgNull), .. UInt16(Curve(curve)), .. UInt16(AlgNull), .. Sized(key.Parameter(-2)), .. Sized(key.Parameter(-3))]
            : throw new ArgumentException($"No TPM holds a key of algorithm {key.Algorithm}.", nameof(key));
        return fault == Fido2Fault.TpmPublicAreaTrailingByte ? [.. area, 0] : area;
    }

    private static ushort Curve(TestKey key) => key.Kind switch { TestKeyKind.P256 => 3, TestKeyKind.P384 => 4, _ => 5 };

    [SuppressMessage("Security", "CA5350", Justification = "Old models attest with SHA-1; verifiers have to be able to refuse that.")]
    private static byte[] Digest(HashAlgorithmName hash, byte[] data) => hash == HashAlgorithmName.SHA1 ? SHA1.HashData(data)
        : hash == HashAlgorithmName.SHA384 ? SHA384.HashData(data) : hash == HashAlgorithmName.SHA512 ? SHA512.HashData(data) : SHA256.HashData(data);

    private static byte[] UInt16(ushort value)
    {
        var bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Sized(byte[] content) => [.. UInt16((ushort)content.Length), .. content];
}
