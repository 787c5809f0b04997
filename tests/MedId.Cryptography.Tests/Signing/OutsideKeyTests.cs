using System.Security.Cryptography;
using System.Text;

namespace MedId.Cryptography.Tests;

/// <summary>Keys outside the process: PKCS#11 tokens and key services, honest ones and faulty ones.</summary>
public sealed class OutsideKeyTests
{
    private static readonly byte[] Data = Encoding.UTF8.GetBytes("処方箋");

    public static TheoryData<string> Names => [.. TestKeys.Signing.Select(a => a.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Pkcs11_TokenThatSignsWhatItIsGiven_GivesTheAlgorithmsOwnEncoding(string name)
    {
        var algorithm = TestKeys.Algorithm(name);
        using var local = TestKeys.For(algorithm);
        var token = new SoftToken(local);
        var key = new Pkcs11SigningKey(token, algorithm, local.PublicKey, "card");
        var signature = await key.SignAsync(Data);

        Assert.True(local.PublicKey.Verify(algorithm, Data, signature));
        Assert.Equal(("card", algorithm), (key.KeyId, key.Algorithm));
        Assert.Equal(
            algorithm.KeyKind != KeyKind.Rsa ? Pkcs11Mechanism.Ecdsa : algorithm.IsRsaPkcs1 ? Pkcs11Mechanism.RsaPkcs : Pkcs11Mechanism.RsaPkcsPss, token.Last!.Mechanism);
    }

    [Fact]
    public async Task Pkcs11_RsaPkcs_IsGivenADigestInfo()
    {
        using var local = TestKeys.For("RS256");
        var token = new SoftToken(local);
        await new Pkcs11SigningKey(token, SignatureAlgorithm.RS256, local.PublicKey).SignAsync(Data);

        Assert.Equal("3031300D060960864801650304020105000420" + Convert.ToHexString(SHA256.HashData(Data)), Convert.ToHexString(token.Last!.Input.Span));
    }

    [Fact]
    public async Task Pkcs11_Pss_NamesHashAndSalt()
    {
        using var local = TestKeys.For("PS384");
        var token = new SoftToken(local);
        await new Pkcs11SigningKey(token, SignatureAlgorithm.PS384, local.PublicKey).SignAsync(Data);

        Assert.Equal((HashAlgorithmName.SHA384, 48, 48), (token.Last!.Hash, token.Last.SaltLength, token.Last.Input.Length));
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("secp256r1_ecdsa_sha256_der")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    public async Task SignAsync_FaultInTheToken_IsWithheld(string name)
    {
        var algorithm = TestKeys.Algorithm(name);
        using var local = TestKeys.For(algorithm);
        foreach (var fault in new Func<byte[], byte[]>[] { s => [.. s, 0], s => s[..^1], _ => [], s => { s[^1] ^= 1; return s; } })
        {
            var key = new Pkcs11SigningKey(new SoftToken(local, fault), algorithm, local.PublicKey);
            await Assert.ThrowsAsync<CryptographicException>(async () => await key.SignAsync(Data));
        }
    }

    [Fact]
    public async Task SignAsync_KeyOfAnother_IsWithheld()
    {
        using var local = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        using var other = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var key = RemoteSigningKey.OverData(SignatureAlgorithm.ES256, local.PublicKey, other.SignAsync);

        await Assert.ThrowsAsync<CryptographicException>(async () => await key.SignAsync(Data));
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("secp256r1_ecdsa_sha256_der")]
    public async Task Remote_ServiceThatAnswersInEitherForm_GivesTheAlgorithmsOwn(string name)
    {
        var algorithm = TestKeys.Algorithm(name);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = Refused.Not(PublicKey.FromSubjectPublicKeyInfo(ecdsa.ExportSubjectPublicKeyInfo()));
        foreach (var format in new[] { DSASignatureFormat.Rfc3279DerSequence, DSASignatureFormat.IeeeP1363FixedFieldConcatenation })
        {
            var overData = RemoteSigningKey.OverData(algorithm, publicKey, (d, _) => ValueTask.FromResult(ecdsa.SignData(d.Span, HashAlgorithmName.SHA256, format)));
            var overHash = RemoteSigningKey.OverHash(algorithm, publicKey, (h, _) => ValueTask.FromResult(ecdsa.SignHash(h.Span, format)));

            var (first, second) = (await overData.SignAsync(Data), await overHash.SignAsync(Data));
            Assert.True(publicKey.Verify(algorithm, Data, first));
            Assert.True(publicKey.Verify(algorithm, Data, second));
        }
    }

    [Fact]
    public async Task Remote_Ed25519_SignsInAServiceThatCan()
    {
        var vector = Rfc8032Vectors.All.Single(v => v.Name == "7.1 TEST 3");
        var publicKey = Refused.Not(PublicKey.FromEdwardsPoint(KeyKind.Ed25519, Convert.FromHexString(vector.Key)));
        var key = RemoteSigningKey.OverData(SignatureAlgorithm.Ed25519, publicKey, (_, _) => ValueTask.FromResult(Convert.FromHexString(vector.Signature)));

        Assert.Equal(vector.Signature.ToUpperInvariant(), Convert.ToHexString(await key.SignAsync(Convert.FromHexString(vector.Message))));
        await Assert.ThrowsAsync<CryptographicException>(async () => await key.SignAsync(Data));
        Assert.Throws<ArgumentException>(() => RemoteSigningKey.OverHash(SignatureAlgorithm.Ed25519, publicKey, (_, _) => default));
    }

    [Fact]
    public async Task SignAsync_ServiceThatNeverAnswers_EndsWithTheCallersToken()
    {
        using var local = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var never = new TaskCompletionSource<byte[]>();
        var key = RemoteSigningKey.OverData(SignatureAlgorithm.ES256, local.PublicKey, (_, _) => new ValueTask<byte[]>(never.Task));
        using var source = new CancellationTokenSource();
        var signing = key.SignAsync(Data, source.Token).AsTask();
        Assert.False(signing.IsCompleted);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => signing);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await key.SignAsync(Data, source.Token));
    }

    [Fact]
    public void Constructor_WeakAlgorithmOrAnotherKind_Throws()
    {
        using var rsa = TestKeys.For("RS256");

        Assert.Throws<ArgumentException>(() => new Pkcs11SigningKey(new SoftToken(rsa), SignatureAlgorithm.RsaSha1, rsa.PublicKey));
        Assert.Throws<ArgumentException>(() => new Pkcs11SigningKey(new SoftToken(rsa), SignatureAlgorithm.ES256, rsa.PublicKey));
        Assert.Throws<ArgumentException>(() => RemoteSigningKey.OverData(SignatureAlgorithm.RsaSha1, rsa.PublicKey, rsa.SignAsync));
    }

    /// <summary>Pads and signs like a card: it knows mechanisms, not algorithms.</summary>
    private sealed class SoftToken(LocalSigningKey key, Func<byte[], byte[]>? fault = null) : IPkcs11Token
    {
        public Pkcs11SignRequest? Last { get; private set; }

        public ValueTask<byte[]> SignAsync(Pkcs11SignRequest request, CancellationToken cancellationToken)
        {
            Last = request;
            var signature = request.Mechanism == Pkcs11Mechanism.Ecdsa ? SignEcdsa(request) : SignRsa(request);
            return ValueTask.FromResult(fault is null ? signature : fault(signature));
        }

        private byte[] SignEcdsa(Pkcs11SignRequest request)
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportPkcs8PrivateKey(key.ExportPkcs8(), out _);
            return ecdsa.SignHash(request.Input.Span, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }

        private byte[] SignRsa(Pkcs11SignRequest request)
        {
            using var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(key.ExportPkcs8(), out _);
            if (request.Mechanism == Pkcs11Mechanism.RsaPkcsPss)
            {
                return rsa.SignHash(request.Input.Span, request.Hash!.Value, RSASignaturePadding.Pss);
            }

            // The runtime makes the DigestInfo itself, so the hash is taken out of the one that was given.
            var length = request.Input.Length - 19;
            var hash = length == 32 ? HashAlgorithmName.SHA256 : length == 48 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA512;
            return rsa.SignHash(request.Input.Span[^length..], hash, RSASignaturePadding.Pkcs1);
        }
    }
}
