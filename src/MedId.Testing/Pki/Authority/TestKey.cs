using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using MedId.Cryptography;

namespace MedId.Testing;

/// <summary>A key pair of the test authority. Safe to use from many threads.</summary>
/// <remarks>Elliptic keys are made fresh; RSA keys are slow to make, so that <see cref="Shared"/> hands out a few of the process in turn, and <see cref="Named"/> always the same.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "Keys live as long as the test process; the finaliser frees the handle.")]
public sealed class TestKey
{
    private const int SharedKeys = 8;

    private static readonly ConcurrentDictionary<(string Name, TestKeyKind Kind), Lazy<TestKey>> Pool = new();
    private static int _turn;

    private readonly AsymmetricAlgorithm _key;
    private readonly Lock _gate = new();

    private TestKey(AsymmetricAlgorithm key, TestKeyKind kind)
    {
        _key = key;
        Kind = kind;
        SubjectPublicKeyInfo = key.ExportSubjectPublicKeyInfo();
        Identifier = Sha1(PublicKeyBits(SubjectPublicKeyInfo));
    }

    /// <summary>What kind of key it is.</summary>
    public TestKeyKind Kind { get; }

    /// <summary>The public half, DER SubjectPublicKeyInfo.</summary>
    public byte[] SubjectPublicKeyInfo { get; }

    /// <summary>SHA-1 of the contents of subjectPublicKey (RFC 5280 §4.2.1.2 method 1).</summary>
    public byte[] Identifier { get; }

    /// <summary>What it signs with when nothing else is said.</summary>
    public TestSignatureAlgorithm DefaultAlgorithm => TestAlgorithms.Default(Kind);

    /// <summary>Whether it is an RSA key.</summary>
    public bool IsRsa => _key is RSA;

    /// <summary>Makes a key that nobody has in this process. RSA keys of 2048 bits come out of a stock that the package publishes, as long as it lasts.</summary>
    /// <param name="kind">What kind.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The key lives as long as the test process.")]
    [SuppressMessage("Security", "CA5385", Justification = "The weak key is there to be refused.")]
    public static TestKey Create(TestKeyKind kind) => new(
        kind switch
        {
            TestKeyKind.Rsa1024 => RSA.Create(1024),
            TestKeyKind.Rsa2048 => RsaStock.Take() ?? RSA.Create(2048),
            TestKeyKind.Rsa3072 => RSA.Create(3072),
            TestKeyKind.P256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            TestKeyKind.P384 => ECDsa.Create(ECCurve.NamedCurves.nistP384),
            _ => ECDsa.Create(ECCurve.NamedCurves.nistP521),
        },
        kind);

    /// <summary>A key for an end entity: RSA keys are a few of the process in turn and never one of an authority, elliptic keys are new.</summary>
    /// <param name="kind">What kind.</param>
    public static TestKey Shared(TestKeyKind kind) =>
        kind is TestKeyKind.Rsa1024 or TestKeyKind.Rsa2048 or TestKeyKind.Rsa3072 ? Named("shared " + (Interlocked.Increment(ref _turn) & (SharedKeys - 1)), kind) : Create(kind);

    /// <summary>The one key of this name and kind in this process.</summary>
    /// <param name="name">Any name.</param>
    /// <param name="kind">What kind.</param>
    public static TestKey Named(string name, TestKeyKind kind) => Pool.GetOrAdd((name, kind), static id => new(() => Create(id.Kind))).Value;

    /// <summary>Takes a key from PKCS#8, such as a committed vector's.</summary>
    /// <param name="pkcs8">The structure.</param>
    /// <param name="kind">What kind it is.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The key lives as long as the test process.")]
    public static TestKey FromPkcs8(byte[] pkcs8, TestKeyKind kind)
    {
        AsymmetricAlgorithm key = kind is TestKeyKind.P256 or TestKeyKind.P384 or TestKeyKind.P521 ? ECDsa.Create() : RSA.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return new(key, kind);
    }

    /// <summary>The private key as PKCS#8, for a peer that reads files.</summary>
    public byte[] ExportPkcs8()
    {
        lock (_gate)
        {
            return _key.ExportPkcs8PrivateKey();
        }
    }

    /// <summary>The private key as PEM, for a peer that reads files.</summary>
    public string ExportPem() => PemEncoding.WriteString("PRIVATE KEY", ExportPkcs8());

    /// <summary>Signs as X.509 and CMS carry it: RSA as long as the modulus, ECDSA as a DER SEQUENCE.</summary>
    /// <param name="data">What is signed; it is hashed here.</param>
    /// <param name="algorithm">The algorithm; that of the key when null.</param>
    public byte[] Sign(byte[] data, TestSignatureAlgorithm? algorithm = null)
    {
        var signing = algorithm ?? DefaultAlgorithm;
        lock (_gate)
        {
            return _key is RSA rsa
                ? rsa.SignData(data, TestAlgorithms.Hash(signing), TestAlgorithms.IsPss(signing) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)
                : ((ECDsa)_key).SignData(data, TestAlgorithms.Hash(signing), DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    /// <summary>The key as the packages sign with it. The caller disposes of it.</summary>
    /// <param name="algorithm">With what; RSA PKCS#1 v1.5 with SHA-256 or ECDSA as a DER SEQUENCE when null, as X.509 and CMS carry it.</param>
    public LocalSigningKey ToSigningKey(SignatureAlgorithm? algorithm = null) =>
        LocalSigningKey.FromPkcs8(ExportPkcs8(), algorithm ?? CardSigningKey.AlgorithmOf(Kind, TestAlgorithms.Hash(DefaultAlgorithm)));

    /// <summary>Pads any octets with block type 1 (RFC 8017 §9.2) and applies the RSA private key, as a card does that neither chooses nor checks the hash.</summary>
    /// <param name="block">The DigestInfo, or anything of at most the modulus less 11 octets.</param>
    /// <exception cref="ArgumentException">Not an RSA key, or too long.</exception>
    public byte[] SignBlock(byte[] block)
    {
        if (_key is not RSA rsa)
        {
            throw new ArgumentException("Only RSA keys sign padded blocks.", nameof(block));
        }

        lock (_gate)
        {
            var parameters = rsa.ExportParameters(includePrivateParameters: true);
            return RawRsa.SignType1(block, parameters);
        }
    }

    /// <summary>Signs a digest with ECDSA, as a card does that gets the digest.</summary>
    internal byte[] SignDigest(byte[] digest)
    {
        lock (_gate)
        {
            return ((ECDsa)_key).SignHash(digest, DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    /// <summary>Kind and identifier; nothing secret.</summary>
    public override string ToString() => $"{Kind} {Convert.ToHexStringLower(Identifier)}";

    [SuppressMessage("Security", "CA5350", Justification = "RFC 5280 §4.2.1.2 makes key identifiers with SHA-1; nothing rests on it.")]
    internal static byte[] Sha1(byte[] data) => SHA1.HashData(data);

    /// <summary>The contents of the BIT STRING subjectPublicKey.</summary>
    internal static byte[] PublicKeyBits(byte[] subjectPublicKeyInfo)
    {
        var sequence = new AsnReader(subjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence();
        sequence.ReadEncodedValue();
        return sequence.ReadBitString(out _);
    }
}
