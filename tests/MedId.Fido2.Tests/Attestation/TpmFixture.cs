using System.Security.Cryptography;
using MedId.Testing;

namespace MedId.Fido2.Tests;

/// <summary>A valid TPM statement, to be changed; the structures are written by hand from TPM 2.0 Part 2.</summary>
internal sealed class TpmFixture
{
    public AttestationScene Scene { get; init; } = new();

    public TestKey AttestationKey { get; init; } = TestKey.Named("tpm attestation", TestKeyKind.P256);

    public long Algorithm { get; init; } = -7;

    public TestSignatureAlgorithm? With { get; init; }

    public TestName Subject { get; init; } = TestName.Empty;

    /// <summary>The attributes of the TPM, one relative distinguished name each unless <see cref="MultiValued"/>.</summary>
    public (string Oid, string Value)[] Device { get; init; } = [("2.23.133.2.1", "id:FFFFF1D0"), ("2.23.133.2.2", "Test TPM"), ("2.23.133.2.3", "id:13")];

    public bool MultiValued { get; init; }

    public string[] Purposes { get; init; } = ["2.23.133.8.3"];

    public Action<TestCertificateBuilder> Profile { get; init; } = _ => { };

    public TestKey? KeyInArea { get; init; }

    public ushort NameAlgorithm { get; init; } = 0x000B;

    /// <summary>symmetric and scheme as they are written.</summary>
    public byte[] Symmetric { get; init; } = [0x00, 0x10];

    public byte[] Scheme { get; init; } = [0x00, 0x10];

    public byte[] Kdf { get; init; } = [0x00, 0x10];

    public byte[] Exponent { get; init; } = [0, 0, 0, 0];

    /// <summary>Whether coordinates are written as numbers, without their leading zeros.</summary>
    public bool ShortCoordinates { get; init; }

    public byte[] Magic { get; init; } = [0xFF, 0x54, 0x43, 0x47];

    public byte[] Type { get; init; } = [0x80, 0x17];

    public HashAlgorithmName ExtraDataHash { get; init; } = HashAlgorithmName.SHA256;

    public Func<byte[], byte[]> ChangeArea { get; init; } = area => area;

    public Func<byte[], byte[]> ChangeInfo { get; init; } = info => info;

    public Func<byte[], byte[]> ChangeName { get; init; } = name => name;

    public SortedDictionary<string, byte[]> Members { get; } = new(StringComparer.Ordinal);

    public byte[] Area()
    {
        var key = KeyInArea ?? Scene.Key;
        byte[] head = [.. key.IsRsa ? (byte[])[0x00, 0x01] : [0x00, 0x23], (byte)(NameAlgorithm >> 8), (byte)NameAlgorithm, 0x00, 0x04, 0x00, 0x00, 0x00, 0x00];
        if (key.IsRsa)
        {
            var modulus = AttestationScene.Rsa(key).Modulus!;
            return [.. head, .. Symmetric, .. Scheme, (byte)(modulus.Length * 8 >> 8), (byte)(modulus.Length * 8), .. Exponent, .. Sized(modulus)];
        }

        var (curve, length) = key.Kind switch { TestKeyKind.P256 => ((byte)3, 32), TestKeyKind.P384 => ((byte)4, 48), _ => ((byte)5, 66) };
        var point = key.SubjectPublicKeyInfo[^(2 * length)..];
        return [.. head, .. Symmetric, .. Scheme, 0x00, curve, .. Kdf, .. Sized(Coordinate(point[..length])), .. Sized(Coordinate(point[length..]))];
    }

    public byte[] Info(byte[] area)
    {
        var hash = NameAlgorithm switch { 0x0004 => HashAlgorithmName.SHA1, 0x000C => HashAlgorithmName.SHA384, 0x000D => HashAlgorithmName.SHA512, _ => HashAlgorithmName.SHA256 };
        byte[] name = [(byte)(NameAlgorithm >> 8), (byte)NameAlgorithm, .. CryptographicOperations.HashData(hash, area)];
        return
        [
            .. Magic, .. Type, .. Sized([1, 2, 3]), .. Sized(CryptographicOperations.HashData(ExtraDataHash, Scene.ToBeSigned)),
            .. new byte[17], .. new byte[8], .. Sized(ChangeName(name)), .. Sized([4, 5]),
        ];
    }

    public byte[] Statement()
    {
        var area = ChangeArea(Area());
        var info = ChangeInfo(Info(Area()));
        var members = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["ver"] = RawCbor.Text("2.0"),
            ["alg"] = RawCbor.Int(Algorithm),
            ["x5c"] = AttestationScene.X5c(Certificate()),
            ["sig"] = RawCbor.Bytes(AttestationKey.Sign(info, With)),
            ["certInfo"] = RawCbor.Bytes(info),
            ["pubArea"] = RawCbor.Bytes(area),
        };
        foreach (var (name, value) in Members)
        {
            members[name] = value;
        }

        return RawCbor.Map(members.Where(member => member.Value.Length > 0));
    }

    public TestCertificate Certificate()
    {
        var device = MultiValued ? TestName.Empty.WithMultiValued(Device) : TestName.Of(Device);
        return AttestationScene.Issue(
            Subject,
            AttestationKey,
            builder =>
            {
                if (Device.Length > 0)
                {
                    builder.With(TestExtensions.SubjectAlternativeName(TestGeneralName.Directory(device))).MarkCritical("2.5.29.17", critical: true);
                }

                if (Purposes.Length > 0)
                {
                    builder.With(TestExtensions.ExtendedKeyUsage(Purposes));
                }
            },
            Profile);
    }

    private byte[] Coordinate(byte[] octets) => ShortCoordinates ? octets.AsSpan().TrimStart((byte)0).ToArray() : octets;

    private static byte[] Sized(byte[] value) => [(byte)(value.Length >> 8), (byte)value.Length, .. value];
}
