using System.Diagnostics;
using System.Security.Cryptography;
using MedId.Core;
using MedId.TestSupport;

namespace MedId.Cryptography.Tests;

public sealed class CoseKeyTests
{
    private static readonly Dictionary<string, CoseDocument> Known = new(StringComparer.Ordinal);

    public static TheoryData<long, KeyKind, string> Keys => new()
    {
        { -7, KeyKind.P256, "secp256r1_ecdsa_sha256_der" },
        { -9, KeyKind.P256, "secp256r1_ecdsa_sha256_der" },
        { -35, KeyKind.P384, "secp384r1_ecdsa_sha384_der" },
        { -51, KeyKind.P384, "secp384r1_ecdsa_sha384_der" },
        { -36, KeyKind.P521, "secp521r1_ecdsa_sha512_der" },
        { -52, KeyKind.P521, "secp521r1_ecdsa_sha512_der" },
        { -47, KeyKind.Secp256k1, "secp256k1_ecdsa_sha256_der" },
        { -8, KeyKind.Ed25519, "Ed25519" },
        { -19, KeyKind.Ed25519, "Ed25519" },
        { -53, KeyKind.Ed448, "Ed448" },
        { -257, KeyKind.Rsa, "RS256" },
        { -258, KeyKind.Rsa, "RS384" },
        { -259, KeyKind.Rsa, "RS512" },
        { -37, KeyKind.Rsa, "PS256" },
        { -38, KeyKind.Rsa, "PS384" },
        { -39, KeyKind.Rsa, "PS512" },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void Read_KeyOfEveryAlgorithm_GivesKeyAndAlgorithm(long algorithm, KeyKind kind, string signature)
    {
        var encoded = Document(algorithm, kind).Encode();

        var read = Refused.Not(CoseKey.Read([.. encoded, 0xA0, 0xFF], out var consumed));

        Assert.Equal(encoded.Length, consumed);
        Assert.Equal((algorithm, signature, kind), (read.Algorithm, read.Signature.Name, read.Key.Kind));
        Assert.True(read.Key.Supports(read.Signature));
        Assert.Equal(encoded, CoseKey.Write(read.Key, algorithm));
    }

    [Theory]
    [InlineData(-48, KeyKind.MlDsa44, 1312)]
    [InlineData(-49, KeyKind.MlDsa65, 1952)]
    [InlineData(-50, KeyKind.MlDsa87, 2592)]
    public void Read_MlDsa_IsReadOrRefusedByNameWhereThePlatformLacksIt(long algorithm, KeyKind kind, int length)
    {
        var result = CoseKey.Read(CoseDocument.Of(7, algorithm, (-1, new byte[length])).Encode(), out var consumed);

        var oid = kind switch { KeyKind.MlDsa44 => "2.16.840.1.101.3.4.3.17", KeyKind.MlDsa65 => "2.16.840.1.101.3.4.3.18", _ => "2.16.840.1.101.3.4.3.19" };
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(oid);
            }

            writer.WriteBitString(new byte[length]);
        }

        var certified = PublicKey.FromSubjectPublicKeyInfo(writer.Encode());
        if (MLDsa.IsSupported)
        {
            Assert.Equal(kind, Refused.Not(result).Key.Kind);
            Assert.Equal(result.Value!.Key, Refused.Not(certified));
            Assert.Equal(writer.Encode(), certified.Value!.ExportSubjectPublicKeyInfo());
            return;
        }

        Refused.With(CryptographyErrorCodes.AlgorithmUnsupportedHere, certified);

        Refused.With(CryptographyErrorCodes.AlgorithmUnsupportedHere, result);
        Assert.Equal(ErrorCategory.Unsupported, result.Error!.Category);
        Assert.Contains("ML-DSA-", result.Error.Detail, StringComparison.Ordinal);
        Assert.Equal(0, consumed);
    }

    [Theory]
    [InlineData(-48, "ML-DSA-44")]
    [InlineData(-49, "ML-DSA-65")]
    [InlineData(-50, "ML-DSA-87")]
    public void Verify_MlDsaWhereThePlatformHasIt_KnowsItsSignatures(long algorithm, string name)
    {
        if (!MLDsa.IsSupported)
        {
            // What is done then is shown by the test above.
            Assert.True(SignatureAlgorithm.TryFromWebAuthn(algorithm, out var known) && known.Name == name);
            return;
        }

        using var key = MLDsa.GenerateKey(algorithm switch { -48 => MLDsaAlgorithm.MLDsa44, -49 => MLDsaAlgorithm.MLDsa65, _ => MLDsaAlgorithm.MLDsa87 });
        var read = Refused.Not(Read(CoseDocument.Of(7, algorithm, (-1, key.ExportMLDsaPublicKey()))));
        var signature = key.SignData("data"u8.ToArray());

        Assert.True(read.Key.Verify(read.Signature, "data"u8, signature));
        Assert.False(read.Key.Verify(read.Signature, "date"u8, signature));
        Assert.False(read.Key.Verify(read.Signature, "data"u8, signature.AsSpan()[..^1]));
        Assert.Equal(CoseDocument.Of(7, algorithm, (-1, key.ExportMLDsaPublicKey())).Encode(), CoseKey.Write(read.Key, algorithm));
    }

    [Fact]
    public void Read_MlDsaOfAnotherLengthOrParameterSet_IsRefused()
    {
        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(CoseDocument.Of(7, -48, (-1, new byte[1311]))));
        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(CoseDocument.Of(7, -49, (-1, new byte[1312]))));
        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(CoseDocument.Of(7, -48)));
        Refused.With(CryptographyErrorCodes.KeyParameterUnexpected, Read(CoseDocument.Of(7, -48, (-1, new byte[1312]), (-2, new byte[32]))));
        Refused.With(CryptographyErrorCodes.KeyAlgorithmMismatch, Read(CoseDocument.Of(7, -7, (-1, new byte[1312]))));
        Refused.With(CryptographyErrorCodes.KeyAlgorithmMismatch, Read(Document(-7, KeyKind.P256).With(3, -48L)));
    }

    [Theory]
    [InlineData(KeyKind.P256, -35)]
    [InlineData(KeyKind.P256, -47)]
    [InlineData(KeyKind.P256, -8)]
    [InlineData(KeyKind.P256, -257)]
    [InlineData(KeyKind.P384, -7)]
    [InlineData(KeyKind.P384, -9)]
    [InlineData(KeyKind.P521, -35)]
    [InlineData(KeyKind.Secp256k1, -7)]
    [InlineData(KeyKind.Ed25519, -53)]
    [InlineData(KeyKind.Ed25519, -7)]
    [InlineData(KeyKind.Ed448, -8)]
    [InlineData(KeyKind.Ed448, -19)]
    [InlineData(KeyKind.Rsa, -7)]
    [InlineData(KeyKind.Rsa, -50)]
    public void Read_AlgorithmOfAnotherKeyOrCurve_IsRefused(KeyKind kind, long algorithm) =>
        Refused.With(CryptographyErrorCodes.KeyAlgorithmMismatch, Read(Document(algorithm, kind)));

    [Theory]
    [InlineData(-65535)] // SHA-1
    [InlineData(-10)]
    [InlineData(5)]
    [InlineData(0)]
    [InlineData(long.MinValue)]
    public void Read_AlgorithmThatIsNoneForCredentials_IsUnsupported(long algorithm) =>
        Refused.With(CryptographyErrorCodes.KeyUnsupported, Read(Document(-257, KeyKind.Rsa).With(3, algorithm)));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(-2)]
    [InlineData(-3)]
    public void Read_ParameterMissing_IsRefused(long label)
    {
        var result = Read(Document(-7, KeyKind.P256).Without(label));

        Assert.Contains(result.Error!.Code, new[] { CryptographyErrorCodes.KeyMalformed, CryptographyErrorCodes.KeyUnsupported, CryptographyErrorCodes.KeyParameterUnexpected });
    }

    [Theory]
    [InlineData(2, true)] // kid
    [InlineData(5, true)] // Base IV
    [InlineData(-4, true)] // d: a private key
    [InlineData(-70000, false)]
    public void Read_ParameterThatIsNotTheKeys_IsRefused(long label, bool bytes) =>
        Refused.With(CryptographyErrorCodes.KeyParameterUnexpected, Read(Document(-7, KeyKind.P256).With(label, bytes ? new byte[32] : 1L)));

    [Fact]
    public void Read_PrivateNumbersOfRsaAndOkp_AreRefused()
    {
        Refused.With(CryptographyErrorCodes.KeyParameterUnexpected, Read(Document(-257, KeyKind.Rsa).With(-3, new byte[256])));
        Refused.With(CryptographyErrorCodes.KeyParameterUnexpected, Read(Document(-8, KeyKind.Ed25519).With(-4, new byte[32])));
    }

    [Fact]
    public void Read_KeyOperations_HaveToAllowVerifying()
    {
        Refused.Not(Read(Document(-7, KeyKind.P256).With(4, new long[] { 2 })));
        Refused.Not(Read(Document(-7, KeyKind.P256).With(4, new long[] { 1, 2 })));
        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(Document(-7, KeyKind.P256).With(4, new long[] { 1 })));
        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(Document(-7, KeyKind.P256).With(4, Array.Empty<long>())));
        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(Document(-7, KeyKind.P256).With(4, 2L)));
    }

    [Theory]
    [InlineData(1, "EC2")]
    [InlineData(3, "ES256")]
    [InlineData(-1, "P-256")]
    [InlineData(-3, true)] // a compressed point says the sign of y
    [InlineData(-3, false)]
    [InlineData(-2, 1L)]
    public void Read_ParameterOfAnotherType_IsRefused(long label, object value) =>
        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(Document(-7, KeyKind.P256).With(label, value)));

    [Theory]
    [InlineData(0L)]
    [InlineData(4L)] // symmetric
    [InlineData(6L)]
    [InlineData(-1L)]
    public void Read_KeyTypeOrCurveThatIsNotUsed_IsUnsupported(long value)
    {
        Refused.With(CryptographyErrorCodes.KeyUnsupported, Read(Document(-7, KeyKind.P256).With(1, value)));
        Refused.With(CryptographyErrorCodes.KeyUnsupported, Read(Document(-7, KeyKind.P256).With(-1, value)));
        Refused.With(CryptographyErrorCodes.KeyUnsupported, Read(Document(-8, KeyKind.Ed25519).With(-1, value == 6 ? 4L : value)));
    }

    [Theory]
    [InlineData(-7, KeyKind.P256)]
    [InlineData(-35, KeyKind.P384)]
    [InlineData(-36, KeyKind.P521)]
    [InlineData(-47, KeyKind.Secp256k1)]
    public void Read_CoordinateNotOfFullLength_IsRefused(long algorithm, KeyKind kind)
    {
        var x = Document(algorithm, kind).Bytes(-2);

        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(Document(algorithm, kind).With(-2, x[1..])));
        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(Document(algorithm, kind).With(-2, (byte[])[0, .. x])));
        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(Document(algorithm, kind).With(-3, Array.Empty<byte>())));
    }

    [Fact]
    public void Read_PointThatIsNone_IsRefused()
    {
        var document = Document(-7, KeyKind.P256);
        var x = (byte[])document.Bytes(-2).Clone();
        x[^1] ^= 1;

        Refused.With(CryptographyErrorCodes.KeyPointNotOnCurve, Read(document.With(-2, x)));
        Refused.With(CryptographyErrorCodes.KeyPointNotOnCurve, Read(Document(-7, KeyKind.P256).With(-2, new byte[32]).With(-3, new byte[32])));
        Refused.With(CryptographyErrorCodes.KeySmallOrder, Read(CoseDocument.Of(1, -8, (-1, 6L), (-2, (byte[])[1, .. new byte[31]]))));
        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(CoseDocument.Of(1, -8, (-1, 6L), (-2, new byte[31]))));
        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(CoseDocument.Of(1, -53, (-1, 7L), (-2, new byte[32]))));
    }

    [Fact]
    public void Read_RsaBoundaries_AreExact()
    {
        Refused.With(CryptographyErrorCodes.KeyUnsupported, Read(CoseDocument.Rsa(-257, 2040)));
        Refused.Not(Read(CoseDocument.Rsa(-257, 2048)));
        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(Document(-257, KeyKind.Rsa).With(-2, (byte[])[1])));
        Refused.Not(Read(Document(-257, KeyKind.Rsa).With(-2, (byte[])[3])));
        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(Document(-257, KeyKind.Rsa).With(-2, (byte[])[2])));
        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(Document(-257, KeyKind.Rsa).With(-2, (byte[])[0, 1, 0, 1])));
        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(Document(-257, KeyKind.Rsa).With(-1, (byte[])[0, .. Document(-257, KeyKind.Rsa).Bytes(-1)])));
        Refused.With(CryptographyErrorCodes.KeyMalformed, Read(Document(-257, KeyKind.Rsa).Without(-2)));
        Refused.With(CryptographyErrorCodes.KeyUnsupported, Read(Document(-257, KeyKind.Rsa).With(-1, (byte[])[0x80, .. new byte[1023], 1])));
    }

    [Fact]
    public void Read_EncodingThatIsNotCanonical_IsRefused()
    {
        var encoded = Document(-7, KeyKind.P256).Encode();

        Refused.With(CryptographyErrorCodes.CborNotCanonical, CoseKey.Read([0xBF, .. encoded[1..], 0xFF], out _));
        Refused.With(CryptographyErrorCodes.CborNotCanonical, CoseKey.Read([0xA5, 0x03, 0x26, 0x01, 0x02, .. encoded[5..]], out _));
        Refused.With(CryptographyErrorCodes.CborDuplicateKey, CoseKey.Read([0xA6, 0x01, 0x02, 0x01, 0x02, .. encoded[3..]], out _));
        Refused.With(CryptographyErrorCodes.CborMalformed, CoseKey.Read(encoded.AsSpan()[..^1], out _));
        Refused.With(CryptographyErrorCodes.KeyMalformed, CoseKey.Read([0x80], out _));
        Refused.With(CryptographyErrorCodes.KeyParameterUnexpected, CoseKey.Read([0xA1, 0x61, 0x61, 0x00], out _));
    }

    [Fact]
    public void Write_AlgorithmThatDoesNotFit_Throws()
    {
        var key = Refused.Not(Read(Document(-7, KeyKind.P256))).Key;

        Assert.Throws<ArgumentException>(() => CoseKey.Write(key, -35));
        Assert.Throws<ArgumentException>(() => CoseKey.Write(key, -1));
    }

    [Fact]
    public void GetOrImport_CoseKey_IsKeptAndNothingFollowsIt()
    {
        var cache = new PublicKeyCache(4);
        var encoded = Document(-7, KeyKind.P256).Encode();
        var key = Refused.Not(cache.GetOrImport(PublicKeyEncoding.Cose, encoded));

        Assert.Same(key, Refused.Not(cache.GetOrImport(PublicKeyEncoding.Cose, (byte[])encoded.Clone())));
        Assert.Equal(key, Refused.Not(Read(Document(-7, KeyKind.P256))).Key);
        Refused.With(CryptographyErrorCodes.CborTrailingBytes, cache.GetOrImport(PublicKeyEncoding.Cose, (byte[])[.. encoded, 0]));
        Refused.With(CryptographyErrorCodes.KeyUnsupported, cache.GetOrImport(PublicKeyEncoding.Cose, CoseDocument.Rsa(-257, 2040).Encode()));
    }

    [Fact]
    public void Read_Mutants_AreRefusedOrGiveWhatTheyEncode()
    {
        var clock = Stopwatch.StartNew();
        var mutator = new SeededMutator(20260403);
        CoseDocument[] originals = [Document(-7, KeyKind.P256), Document(-257, KeyKind.Rsa), Document(-8, KeyKind.Ed25519), Document(-36, KeyKind.P521)];
        var (mutants, accepted) = (0, 0);
        while (mutants < 200_000 && clock.Elapsed < TimeSpan.FromSeconds(20))
        {
            foreach (var mutant in mutator.Mutate(originals[mutants / 50 % originals.Length].Encode(), 50))
            {
                mutants++;
                var result = CoseKey.Read(mutant.Bytes, out var consumed);
                if (result.Succeeded)
                {
                    // The one encoding of what was read is the one that was read.
                    accepted++;
                    var written = CoseKey.Write(result.Value.Key, result.Value.Algorithm);
                    Assert.True(written.AsSpan().SequenceEqual(mutant.Bytes.AsSpan(0, consumed)), mutant.How);
                }
                else
                {
                    Assert.Equal(0, consumed);
                }
            }
        }

        Assert.True(accepted > 0 && mutants >= 1_000, $"{accepted} of {mutants} accepted in {clock.Elapsed}");
    }

    private static MedIdResult<CosePublicKey> Read(CoseDocument document) => CoseKey.Read(document.Encode(), out _);

    /// <summary>A document of its own each time, with the one key of its kind.</summary>
    private static CoseDocument Document(long algorithm, KeyKind kind)
    {
        CoseDocument known;
        lock (Known)
        {
            known = Known.TryGetValue(kind.ToString(), out var there) ? there : Known[kind.ToString()] = kind switch
            {
                KeyKind.Rsa => CoseDocument.Rsa(algorithm),
                KeyKind.Ed25519 or KeyKind.Ed448 => CoseDocument.Edwards(kind, algorithm),
                _ => CoseDocument.Point(kind, algorithm),
            };
        }

        var parameters = kind switch
        {
            KeyKind.Rsa => CoseDocument.Of(3, algorithm, (-1, known.Bytes(-1)), (-2, known.Bytes(-2))),
            KeyKind.Ed25519 => CoseDocument.Of(1, algorithm, (-1, 6L), (-2, known.Bytes(-2))),
            KeyKind.Ed448 => CoseDocument.Of(1, algorithm, (-1, 7L), (-2, known.Bytes(-2))),
            _ => CoseDocument.Of(2, algorithm, (-1, kind switch { KeyKind.P256 => 1L, KeyKind.P384 => 2L, KeyKind.P521 => 3L, _ => 8L }), (-2, known.Bytes(-2)), (-3, known.Bytes(-3))),
        };
        return parameters;
    }
}
