using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace MedId.Testing;

/// <summary>A private key in one of COSE's algorithms, with WebAuthn's form of signatures (§6.5.5); written apart from the verifier's code.</summary>
internal sealed class VirtualFido2Key
{
    private const int KeyType = 1;
    private const int AlgorithmLabel = 3;

    private readonly Func<byte[], byte[]> _sign;
    private readonly List<(int Label, byte[] Value)> _parameters;

    private VirtualFido2Key(int algorithm, int keyType, byte[] subjectPublicKeyInfo, Func<byte[], byte[]> sign, params List<(int Label, byte[] Value)> parameters)
    {
        Algorithm = algorithm;
        SubjectPublicKeyInfo = subjectPublicKeyInfo;
        _sign = sign;
        _parameters = [(KeyType, TestCbor.Integer(keyType)), (AlgorithmLabel, TestCbor.Integer(algorithm)), .. parameters];
    }

    public static IReadOnlyList<int> Supported { get; } =
    [
        -7, -257, -8, -35, -36, -47, -37, -258, -259, -38, -39,
        .. TestOnlyEdwardsSigner.SupportsEd448 ? [-53] : (int[])[],
        .. MLDsa.IsSupported ? [-48, -49, -50] : (int[])[],
    ];

    public int Algorithm { get; }

    public byte[] SubjectPublicKeyInfo { get; }

    /// <summary>The key as the test authority certifies it; null for kinds that it does not know.</summary>
    public TestKey? Certifiable { get; private init; }

    public bool IsElliptic => _parameters.Exists(parameter => parameter.Label == -3);

    public bool IsRsa => Certifiable?.IsRsa == true;

    public static VirtualFido2Key Create(int algorithm, Fido2Fault fault = Fido2Fault.None) => algorithm switch
    {
        -7 => Elliptic(algorithm, TestKey.Create(TestKeyKind.P256)),
        -35 => Elliptic(algorithm, TestKey.Create(TestKeyKind.P384)),
        -36 => Elliptic(algorithm, TestKey.Create(TestKeyKind.P521)),
        -47 => Secp256k1(),
        -8 => Edwards(algorithm, TestOnlyEdwardsSigner.CreateEd25519(), "1.3.101.112", curve: 6),
        -53 => Edwards(algorithm, TestOnlyEdwardsSigner.CreateEd448(), "1.3.101.113", curve: 7),
        -257 => Rsa(algorithm, TestSignatureAlgorithm.RsaSha256, fault),
        -258 => Rsa(algorithm, TestSignatureAlgorithm.RsaSha384, fault),
        -259 => Rsa(algorithm, TestSignatureAlgorithm.RsaSha512, fault),
        -37 => Rsa(algorithm, TestSignatureAlgorithm.PssSha256, fault),
        -38 => Rsa(algorithm, TestSignatureAlgorithm.PssSha384, fault),
        -39 => Rsa(algorithm, TestSignatureAlgorithm.PssSha512, fault),
        -48 => ModuleLattice(algorithm, MLDsaAlgorithm.MLDsa44),
        -49 => ModuleLattice(algorithm, MLDsaAlgorithm.MLDsa65),
        -50 => ModuleLattice(algorithm, MLDsaAlgorithm.MLDsa87),
        _ => throw new ArgumentException($"The virtual authenticator does not sign with {algorithm}.", nameof(algorithm)),
    };

    /// <summary>The key of a U2F token.</summary>
    public static VirtualFido2Key FromU2f(TestKey key) => Elliptic(-7, key);

    public byte[] Sign(byte[] data) => _sign(data);

    /// <summary>One parameter of the COSE key, decoded: x or y of a point, n or e.</summary>
    public byte[] Parameter(int label) => CborContent(_parameters.Find(parameter => parameter.Label == label).Value);

    /// <summary>The COSE_Key, or what a fault makes of it.</summary>
    public byte[] Cose(Fido2Fault fault = Fido2Fault.None)
    {
        var parameters = new List<(int Label, byte[] Value)>(_parameters);
        if (fault is Fido2Fault.CosePointOffCurve or Fido2Fault.CosePointCompressed or Fido2Fault.CoseShortCoordinate && !IsElliptic)
        {
            throw new ArgumentException($"{fault} needs an elliptic credential key.", nameof(fault));
        }

        if (fault is Fido2Fault.RsaExponentOne or Fido2Fault.RsaShortModulus && !IsRsa)
        {
            throw new ArgumentException($"{fault} needs an RSA credential key.", nameof(fault));
        }

        switch (fault)
        {
            case Fido2Fault.CoseOtherAlgorithm:
                Replace(AlgorithmLabel, TestCbor.Integer(Algorithm == -7 ? -35 : -7));
                break;
            case Fido2Fault.CosePointOffCurve:
                Replace(-3, TestFaultBytes.FlipLast(parameters.Find(parameter => parameter.Label == -3).Value));
                break;
            case Fido2Fault.CosePointCompressed:
                Replace(-3, TestCbor.Boolean(true));
                break;
            case Fido2Fault.CoseShortCoordinate:
                Replace(-2, TestCbor.Bytes(Parameter(-2).AsSpan(1)));
                break;
            case Fido2Fault.CoseUnknownCurve:
                Replace(-1, TestCbor.Integer(99));
                break;
            case Fido2Fault.CoseUnknownKeyType:
                Replace(KeyType, TestCbor.Integer(99));
                break;
            case Fido2Fault.CoseWithoutAlgorithm:
                parameters.RemoveAll(parameter => parameter.Label == AlgorithmLabel);
                break;
            case Fido2Fault.CosePrivateKey:
                parameters.Add((IsRsa ? -3 : -4, TestCbor.Bytes(new byte[32])));
                break;
            case Fido2Fault.RsaExponentOne:
                Replace(-2, TestCbor.Bytes([1]));
                break;
            default:
                break;
        }

        var pairs = parameters.Select(parameter => (TestCbor.Integer(parameter.Label), parameter.Value)).ToList();
        return fault switch
        {
            Fido2Fault.CoseDuplicateLabel => TestCbor.UnsortedMap([pairs[0], pairs[1], .. pairs[1..]]),
            Fido2Fault.CoseUnsorted => TestCbor.UnsortedMap([pairs[1], pairs[0], .. pairs[2..]]),
            Fido2Fault.CoseLongInteger => TestCbor.UnsortedMap([(pairs[0].Item1, [0x18, pairs[0].Value[0]]), .. pairs[1..]]),
            _ => TestCbor.Map(pairs),
        };

        void Replace(int label, byte[] value) => parameters[parameters.FindIndex(parameter => parameter.Label == label)] = (label, value);
    }

    private static VirtualFido2Key Elliptic(int algorithm, TestKey key)
    {
        var (curve, length) = key.Kind switch { TestKeyKind.P256 => (1, 32), TestKeyKind.P384 => (2, 48), _ => (3, 66) };
        return Point(algorithm, curve, length, key.SubjectPublicKeyInfo, data => key.Sign(data), key);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The key lives as long as its authenticator; the finaliser frees the handle.")]
    private static VirtualFido2Key Secp256k1()
    {
        var key = ECDsa.Create(ECCurve.CreateFromValue("1.3.132.0.10"));
        return Point(-47, curve: 8, 32, key.ExportSubjectPublicKeyInfo(), data => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence), null);
    }

    private static VirtualFido2Key Point(int algorithm, int curve, int length, byte[] subjectPublicKeyInfo, Func<byte[], byte[]> sign, TestKey? certifiable) => new(
        algorithm,
        2,
        subjectPublicKeyInfo,
        sign,
        (-1, TestCbor.Integer(curve)),
        (-2, TestCbor.Bytes(subjectPublicKeyInfo.AsSpan(subjectPublicKeyInfo.Length - (2 * length), length))),
        (-3, TestCbor.Bytes(subjectPublicKeyInfo.AsSpan(subjectPublicKeyInfo.Length - length))))
    {
        Certifiable = certifiable,
    };

    private static VirtualFido2Key Edwards(int algorithm, TestOnlyEdwardsSigner signer, string oid, int curve) => new(
        algorithm,
        1,
        TestDer.Sequence(TestDer.Sequence(TestDer.Oid(oid)), TestDer.BitString(signer.PublicKey)),
        signer.Sign,
        (-1, TestCbor.Integer(curve)),
        (-2, TestCbor.Bytes(signer.PublicKey)));

    private static VirtualFido2Key Rsa(int algorithm, TestSignatureAlgorithm signature, Fido2Fault fault)
    {
        var key = TestKey.Create(fault == Fido2Fault.RsaShortModulus ? TestKeyKind.Rsa1024 : TestKeyKind.Rsa2048);
        var numbers = new AsnReader(TestKey.PublicKeyBits(key.SubjectPublicKeyInfo), AsnEncodingRules.DER).ReadSequence();
        return new(
            algorithm,
            3,
            key.SubjectPublicKeyInfo,
            data => key.Sign(data, signature),
            (-1, TestCbor.Bytes(numbers.ReadInteger().ToByteArray(isUnsigned: true, isBigEndian: true))),
            (-2, TestCbor.Bytes(numbers.ReadInteger().ToByteArray(isUnsigned: true, isBigEndian: true))))
        {
            Certifiable = key,
        };
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The key lives as long as its authenticator; the finaliser frees the handle.")]
    private static VirtualFido2Key ModuleLattice(int algorithm, MLDsaAlgorithm kind)
    {
        var key = MLDsa.GenerateKey(kind);
        var publicKey = key.ExportMLDsaPublicKey();
        var oid = kind == MLDsaAlgorithm.MLDsa44 ? "2.16.840.1.101.3.4.3.17" : kind == MLDsaAlgorithm.MLDsa65 ? "2.16.840.1.101.3.4.3.18" : "2.16.840.1.101.3.4.3.19";
        return new(
            algorithm,
            7,
            TestDer.Sequence(TestDer.Sequence(TestDer.Oid(oid)), TestDer.BitString(publicKey)),
            data =>
            {
                var signature = new byte[kind.SignatureSizeInBytes];
                key.SignData(data, signature);
                return signature;
            },
            (-1, TestCbor.Bytes(publicKey)));
    }

    private static byte[] CborContent(byte[] byteString) => byteString[0] switch
    {
        < 0x58 => byteString[1..],
        0x58 => byteString[2..],
        _ => byteString[3..],
    };
}
