using System.Globalization;
using System.Numerics;
using MedId.TestSupport;

namespace MedId.Cryptography.Tests;

public sealed class EdwardsVerificationTests
{
    private static readonly BigInteger Secret = BigInteger.Parse("5123456789012345678901234567890123456789012345678901234567890123456789", CultureInfo.InvariantCulture);
    private static readonly BigInteger Nonce = BigInteger.Parse("3141592653589793238462643383279502884197169399375105820974944592307816", CultureInfo.InvariantCulture);

    public static TheoryData<string> Published => [.. Rfc8032Vectors.All.Select(v => v.Name)];

    public static TheoryData<KeyKind> Kinds => [KeyKind.Ed25519, KeyKind.Ed448];

    [Theory]
    [MemberData(nameof(Published))]
    public void Verify_SignatureOfRfc8032_IsTrueUnderItsOwnDomainOnly(string name)
    {
        var vector = Rfc8032Vectors.All.Single(v => v.Name == name);
        var (domain, message, signature) = (Hex(vector.Domain), Hex(vector.Message), Hex(vector.Signature));
        byte[] other = [.. domain, 0];

        Assert.True(Verify(vector.Kind, vector.Key, domain, message, signature));
        Assert.False(Verify(vector.Kind, vector.Key, other, message, signature));
        Assert.False(Verify(vector.Kind, vector.Key, domain, [.. message, 0], signature));
    }

    [Fact]
    public void Verify_PublishedSignaturesWithoutContext_IsTrueThroughTheTable()
    {
        var plain = Rfc8032Vectors.All.Where(v => v.Name.StartsWith("7.1", StringComparison.Ordinal) || (v.Kind == KeyKind.Ed448 && !v.Name.Contains("context", StringComparison.Ordinal))).ToList();

        Assert.Equal(5 + 8, plain.Count);
        Assert.All(plain, v => Assert.True(Key(v.Kind, Hex(v.Key)).Verify(Algorithm(v.Kind), Hex(v.Message), Hex(v.Signature))));
        Assert.All(
            Rfc8032Vectors.All.Except(plain), v => Assert.False(Key(v.Kind, Hex(v.Key)).Verify(Algorithm(v.Kind), Hex(v.Message), Hex(v.Signature))));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Verify_ManySignatures_AgreesWithTheReference(KeyKind kind)
    {
        var curve = ReferenceCurve.Of(kind);
        var random = new DeterministicBytes(8032);
        for (var i = 0; i < (kind == KeyKind.Ed25519 ? 40 : 12); i++)
        {
            var (secret, nonce) = (random.Below(curve.Order), random.Below(curve.Order));
            var (key, message) = (curve.Encode(curve.Multiply(secret, curve.Base)), random.Next(i * 7));
            var signature = curve.Sign(secret, nonce, ReferenceCurve.Neutral, key, message);
            var publicKey = Key(kind, key);

            Assert.True(publicKey.Verify(Algorithm(kind), message, signature), $"signature {i}");
            signature[random.Next(1)[0] % signature.Length] ^= 1;
            Assert.False(publicKey.Verify(Algorithm(kind), message, signature), $"signature {i} changed");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Verify_ScalarsAtTheEdge_AgreesWithTheReference(int which)
    {
        foreach (var curve in new[] { ReferenceCurve.Ed25519, ReferenceCurve.Ed448 })
        {
            var secret = new[] { BigInteger.One, curve.Order - 1, curve.Order / 2 }[which];
            var key = curve.Encode(curve.Multiply(secret, curve.Base));
            foreach (var nonce in new[] { BigInteger.One, 15, 16, 17, curve.Order - 1, (curve.Order - 1) / 2, BigInteger.Pow(2, 224) - 1 })
            {
                Assert.True(Key(curve.Kind, key).Verify(Algorithm(curve.Kind), "x"u8, curve.Sign(secret, nonce, ReferenceCurve.Neutral, key, [(byte)'x'])));
            }
        }
    }

    /// <summary>The classes of "Taming the many EdDSAs" (eprint 2020/1244, table 5) with points of our own making, for both curves.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Verify_MixedKeyAndPoint_IsDecidedWithoutTheCofactor(KeyKind kind)
    {
        var curve = ReferenceCurve.Of(kind);
        var key = curve.Encode(curve.Add(curve.Multiply(Secret, curve.Base), curve.Torsion));
        var accepted = 0;
        for (var i = 0; i < 14; i++)
        {
            byte[] message = [(byte)i];
            foreach (var torsion in new[] { ReferenceCurve.Neutral, curve.Torsion })
            {
                var signature = curve.Sign(Secret, Nonce, torsion, key, message);
                var holds = curve.Holds(key, message, signature, cofactored: false);

                Assert.True(curve.Holds(key, message, signature, cofactored: true));
                Assert.Equal(holds, Key(kind, key).Verify(Algorithm(kind), message, signature));
                accepted += holds ? 1 : 0;
            }
        }

        Assert.InRange(accepted, 1, 27);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FromEdwardsPoint_KeyOfSmallOrder_IsRefused(KeyKind kind)
    {
        var curve = ReferenceCurve.Of(kind);
        for (var i = 0; i < curve.Cofactor; i++)
        {
            var small = curve.Encode(curve.Multiply(i, curve.Torsion));
            Refused.With(CryptographyErrorCodes.KeySmallOrder, PublicKey.FromEdwardsPoint(kind, small));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Verify_PointOfSmallOrder_IsFalseThoughTheEquationHolds(KeyKind kind)
    {
        var curve = ReferenceCurve.Of(kind);
        var key = curve.Encode(curve.Add(curve.Multiply(Secret, curve.Base), curve.Torsion));
        var held = 0;
        for (var i = 0; i < 32; i++)
        {
            byte[] message = [(byte)i];
            var signature = curve.Sign(Secret, BigInteger.Zero, curve.Multiply(i % curve.Cofactor, curve.Torsion), key, message);
            held += curve.Holds(key, message, signature, cofactored: false) ? 1 : 0;
            Assert.False(Key(kind, key).Verify(Algorithm(kind), message, signature));
        }

        Assert.InRange(held, 1, 31);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Verify_ScalarNotBelowTheOrder_IsFalse(KeyKind kind)
    {
        var curve = ReferenceCurve.Of(kind);
        var key = curve.Encode(curve.Multiply(Secret, curve.Base));
        var signature = curve.Sign(Secret, Nonce, ReferenceCurve.Neutral, key, []);
        var half = signature.Length / 2;
        var s = new BigInteger(signature.AsSpan(half), isUnsigned: true);
        Assert.True(Key(kind, key).Verify(Algorithm(kind), [], signature));

        for (var more = s + curve.Order; more.GetByteCount(isUnsigned: true) <= half; more += more - s)
        {
            byte[] malleable = [.. signature[..half], .. curve.ToBytes(more)];
            Assert.True(curve.Holds(key, [], malleable, cofactored: false));
            Assert.False(Key(kind, key).Verify(Algorithm(kind), [], malleable));
        }

        byte[] highest = [.. signature[..half], .. Enumerable.Repeat((byte)0xFF, half)];
        Assert.False(Key(kind, key).Verify(Algorithm(kind), [], highest));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FromEdwardsPoint_EncodingThatIsNotCanonical_IsRefused(KeyKind kind)
    {
        var curve = ReferenceCurve.Of(kind);
        var highest = BigInteger.Pow(2, kind == KeyKind.Ed25519 ? 255 : 448) - 1;
        var (points, bits) = (0, new byte[] { 0, 0x80 });
        for (var y = curve.Prime; y <= BigInteger.Min(highest, curve.Prime + 40); y++)
        {
            foreach (var sign in bits)
            {
                var encoded = curve.ToBytes(y);
                encoded[^1] |= sign;
                points += curve.Decode(encoded) is null ? 0 : 1;
                Refused.With(CryptographyErrorCodes.KeyPointNotOnCurve, PublicKey.FromEdwardsPoint(kind, encoded));
            }
        }

        // x = 0 has no sign: y is 1 or -1.
        foreach (var y in new[] { BigInteger.One, curve.Prime - 1 })
        {
            var encoded = curve.ToBytes(y);
            encoded[^1] |= 0x80;
            Refused.With(CryptographyErrorCodes.KeyPointNotOnCurve, PublicKey.FromEdwardsPoint(kind, encoded));
        }

        Assert.NotEqual(0, points);
    }

    [Fact]
    public void FromEdwardsPoint_Ed448LastOctet_HoldsTheSignOnly()
    {
        var encoded = Hex(Rfc8032Vectors.All.First(v => v.Kind == KeyKind.Ed448).Key);
        for (var bit = 0; bit < 7; bit++)
        {
            var changed = encoded.ToArray();
            changed[^1] ^= (byte)(1 << bit);
            Refused.With(CryptographyErrorCodes.KeyPointNotOnCurve, PublicKey.FromEdwardsPoint(KeyKind.Ed448, changed));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Verify_PointThatIsNotCanonical_IsFalseThoughTheEquationHolds(KeyKind kind)
    {
        // R = the neutral element written as y = p + 1, or as y = 1 with a sign; the signer of a mixed key can make the equation hold.
        var curve = ReferenceCurve.Of(kind);
        var key = curve.Encode(curve.Multiply(Secret, curve.Base));
        var signed = curve.ToBytes(BigInteger.One);
        signed[^1] |= 0x80;
        foreach (var r in new[] { curve.ToBytes(curve.Prime + 1), signed })
        {
            byte[] signature = [.. r, .. curve.ToBytes(curve.Hash(r, key, []) * Secret % curve.Order)];
            Assert.True(curve.Holds(key, [], signature, cofactored: false));
            Assert.False(Key(kind, key).Verify(Algorithm(kind), [], signature));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FromEdwardsPoint_RandomBytes_AreReadAsTheReferenceReadsThem(KeyKind kind)
    {
        var curve = ReferenceCurve.Of(kind);
        var random = new DeterministicBytes(5);
        var (read, length) = (0, curve.ToBytes(0).Length);
        for (var i = 0; i < 300; i++)
        {
            var encoded = random.Next(length);
            if (kind == KeyKind.Ed448)
            {
                encoded[^1] &= 0x80;
            }

            var result = PublicKey.FromEdwardsPoint(kind, encoded);
            Assert.Equal(curve.Decode(encoded) is not null, result.Succeeded);
            read += result.Succeeded ? 1 : 0;
        }

        Assert.InRange(read, 100, 200);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Verify_AnyMutantOfTheSignature_IsFalse(KeyKind kind)
    {
        var vector = Rfc8032Vectors.All.First(v => v.Kind == kind);
        var key = Key(kind, Hex(vector.Key));
        var signature = Hex(vector.Signature);
        foreach (var mutant in new SeededMutator(8032).Mutate(signature, 1_500).Concat(SeededMutator.EveryTruncation(signature)))
        {
            Assert.False(key.Verify(Algorithm(kind), Hex(vector.Message), mutant.Bytes), mutant.How);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FromEdwardsPoint_WrongLength_IsMalformed(KeyKind kind)
    {
        var point = Hex(Rfc8032Vectors.All.First(v => v.Kind == kind).Key);

        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromEdwardsPoint(kind, [.. point, 0]));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromEdwardsPoint(kind, point.AsSpan(1)));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromEdwardsPoint(kind, []));
        Assert.Throws<ArgumentException>(() => PublicKey.FromEdwardsPoint(KeyKind.P256, point));
    }

    private static bool Verify(KeyKind kind, string key, byte[] domain, byte[] message, byte[] signature)
    {
        if (kind == KeyKind.Ed25519)
        {
            Assert.Equal(EdwardsKeyReading.Good, Ed25519Verifier.Read(Hex(key), out var ed25519));
            return ed25519!.Verify(domain, message, signature);
        }

        Assert.Equal(EdwardsKeyReading.Good, Ed448Verifier.Read(Hex(key), out var ed448));
        return ed448!.Verify(domain, message, signature);
    }

    private static PublicKey Key(KeyKind kind, byte[] point) => Refused.Not(PublicKey.FromEdwardsPoint(kind, point));

    private static SignatureAlgorithm Algorithm(KeyKind kind) => kind == KeyKind.Ed25519 ? SignatureAlgorithm.Ed25519 : SignatureAlgorithm.Ed448;

    private static byte[] Hex(string hex) => Convert.FromHexString(hex);
}
