using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedId.TestSupport;

namespace MedId.Cryptography.Tests;

/// <summary>Encrypted tokens (RFC 7516). Contents are synthetic.</summary>
public sealed class JweTests : IDisposable
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes("synthetic.nested.jwt");
    private readonly DecryptionKey _ec = DecryptionKey.Generate(KeyManagementAlgorithm.EcdhEsA256Kw, "ec");

    public static TheoryData<KeyManagementAlgorithm, ContentEncryption> All =>
        [.. Enum.GetValues<KeyManagementAlgorithm>().SelectMany(algorithm => Enum.GetValues<ContentEncryption>().Select(encryption => (algorithm, encryption)))];

    public void Dispose() => _ec.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public void Decrypt_WhatEncryptMade_IsTheContent(KeyManagementAlgorithm algorithm, ContentEncryption encryption)
    {
        using var key = DecryptionKey.Generate(algorithm);
        var token = JweEncrypter.Encrypt(Content, key.Public, algorithm, encryption);
        Assert.Equal(Content, JweDecrypter.Decrypt(token, [key], algorithm, encryption).Value);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Decrypt_AnyPartChanged_IsNotDecrypted(KeyManagementAlgorithm algorithm, ContentEncryption encryption)
    {
        using var key = DecryptionKey.Generate(algorithm);
        var parts = JweEncrypter.Encrypt(Content, key.Public, algorithm, encryption).Split('.');
        for (var i = 1; i < parts.Length; i++)
        {
            var bytes = Convert.FromBase64String(parts[i].Replace('-', '+').Replace('_', '/').PadRight((parts[i].Length + 3) / 4 * 4, '='));
            if (bytes.Length == 0)
            {
                continue;
            }

            bytes[0] ^= 1;
            string[] changed = [.. parts];
            changed[i] = StrictBase64Url.Encode(bytes);
            Assert.Equal(CryptographyErrorCodes.JoseNotDecrypted, JweDecrypter.Decrypt(string.Join('.', changed), [key], algorithm, encryption).Error?.Code);
        }
    }

    [Fact]
    public void Decrypt_AHeaderOfAnother_IsNotDecrypted()
    {
        var (one, other) = (Encrypt().Split('.'), Encrypt().Split('.'));
        one[0] = other[0];
        Assert.Equal(CryptographyErrorCodes.JoseNotDecrypted, Open(string.Join('.', one)));
    }

    [Fact]
    public void Decrypt_PlainJws_IsRefused() => Assert.Equal(CryptographyErrorCodes.JoseNotEncrypted, Open("e30.e30.e30"));

    [Fact]
    public void Decrypt_AnotherWay_IsRefused()
    {
        var token = JweEncrypter.Encrypt(Content, new(_ec.Public.Key, "ec"), KeyManagementAlgorithm.EcdhEs, ContentEncryption.A256Gcm);
        Assert.Equal(CryptographyErrorCodes.JoseAlgorithmNotAllowed, Open(token));
        Assert.Equal(CryptographyErrorCodes.JoseAlgorithmNotAllowed, JweDecrypter.Decrypt(Encrypt(), [_ec], KeyManagementAlgorithm.EcdhEsA256Kw, ContentEncryption.A128Gcm).Error?.Code);
    }

    [Fact]
    public void Decrypt_AnotherKeyId_IsRefused()
    {
        using var other = DecryptionKey.Generate(KeyManagementAlgorithm.EcdhEsA256Kw, "other");
        Assert.Equal(CryptographyErrorCodes.JoseKeyNotFound, JweDecrypter.Decrypt(Encrypt(), [other], KeyManagementAlgorithm.EcdhEsA256Kw, ContentEncryption.A256Gcm).Error?.Code);
    }

    [Fact]
    public void Decrypt_AnotherKeyOfThatId_IsNotDecrypted()
    {
        using var other = DecryptionKey.Generate(KeyManagementAlgorithm.EcdhEsA256Kw, "ec");
        Assert.Equal(CryptographyErrorCodes.JoseNotDecrypted, JweDecrypter.Decrypt(Encrypt(), [other], KeyManagementAlgorithm.EcdhEsA256Kw, ContentEncryption.A256Gcm).Error?.Code);
    }

    [Theory]
    [InlineData("zip", "\"DEF\"", CryptographyErrorCodes.JoseCriticalHeader)]
    [InlineData("crit", "[\"exp\"]", CryptographyErrorCodes.JoseCriticalHeader)]
    [InlineData("epk", "\"text\"", CryptographyErrorCodes.JoseNotDecrypted)]
    [InlineData("epk", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"y\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE\"}", CryptographyErrorCodes.JoseNotDecrypted)]
    [InlineData("apu", "1", CryptographyErrorCodes.JoseNotDecrypted)]
    public void Decrypt_AHeaderMemberThatIsWrong_IsRefused(string name, string value, string code)
    {
        var parts = Encrypt().Split('.');
        var header = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(StrictBase64Url.Decode(parts[0], 4096).Value)!;
        header[name] = JsonDocument.Parse(value).RootElement;
        parts[0] = StrictBase64Url.Encode(JsonSerializer.SerializeToUtf8Bytes(header));
        Assert.Equal(code, Open(string.Join('.', parts)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("....")]
    [InlineData("a.b.c.d.e")]
    [InlineData("e30....=")]
    public void Decrypt_NotAJwe_IsMalformed(string token) => Assert.Equal(CryptographyErrorCodes.JoseMalformed, Open(token));

    [Fact]
    public void Decrypt_TooLong_IsRefusedUnread() => Assert.Equal(CryptographyErrorCodes.JoseTooLarge, Open(new string('a', JweDecrypter.DefaultMaxLength + 1)));

    [Fact]
    public void Decrypt_Mutants_NeverThrowAndNeverOpen()
    {
        var token = Encrypt();
        foreach (var mutant in new SeededMutator(20261122).Mutate(Encoding.ASCII.GetBytes(token), 20_000))
        {
            var text = Encoding.Latin1.GetString(mutant.Bytes);
            var opened = JweDecrypter.Decrypt(text, [_ec], KeyManagementAlgorithm.EcdhEsA256Kw, ContentEncryption.A256Gcm);
            Assert.True(!opened.Succeeded || text == token, mutant.ToString());
        }
    }

    // RFC 3394 §4.1 and §4.6.
    [Theory]
    [InlineData("000102030405060708090A0B0C0D0E0F", "00112233445566778899AABBCCDDEEFF", "1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5")]
    [InlineData(
        "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", "00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F",
        "28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21")]
    public void Wrap_PublishedVectors_AreMet(string wrapping, string key, string wrapped)
    {
        var (kek, plain) = (Convert.FromHexString(wrapping), Convert.FromHexString(key));
        Assert.Equal(wrapped, Convert.ToHexString(AesKeyWrap.Wrap(kek, plain)));
        Assert.Equal(plain, AesKeyWrap.Unwrap(kek, Convert.FromHexString(wrapped), plain.Length));
    }

    // RFC 7518 appendix B.1.
    [Fact]
    public void Encrypt_PublishedVectorOfCbc_IsMet()
    {
        var text = Encoding.ASCII.GetBytes("A cipher system must not be required to be secret, and it must be able to fall into the hands of the enemy without inconvenience");
        var (ciphertext, tag) = ContentCipher.Encrypt(
            ContentEncryption.A128CbcHs256,
            [.. Enumerable.Range(0, 32).Select(i => (byte)i)],
            Convert.FromHexString("1AF38C2DC2B96FFDD86694092341BC04"),
            text,
            Encoding.ASCII.GetBytes("The second principle of Auguste Kerckhoffs"));
        Assert.Equal("C80EDFA32DDF39D5EF00C0B468834279", Convert.ToHexString(ciphertext.AsSpan(0, 16)));
        Assert.Equal("652C3FA36B0A7C5B3219FAB3A30BC1C4", Convert.ToHexString(tag));
    }

    // RFC 7518 appendix C.
    [Fact]
    public void Derive_PublishedVector_IsMet()
    {
        using var alice = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = StrictBase64Url.Decode("0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo", 32).Value });
        var bob = PublicKey.FromJwk(JsonDocument.Parse(
            """{"kty":"EC","crv":"P-256","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ","y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"}""").RootElement).Value!;
        var key = KeyAgreement.Derive(alice, bob!, KeyManagementAlgorithm.EcdhEs, ContentEncryption.A128Gcm, "Alice"u8, "Bob"u8);
        Assert.Equal("VqqN6vgjbSBcIijNcacQGg", StrictBase64Url.Encode(key));
    }

    [Fact]
    public void Parse_ASetWithBothUses_KeepsThemApart()
    {
        using var signing = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "sig");
        var set = JsonWebKeySet.Of(signing.PublicKey.ToJwk("sig", SignatureAlgorithm.ES256)).WithEncryptionKeys(_ec.Public);
        var read = JsonWebKeySet.Parse(set.ToJson()).Value!;
        Assert.Equal("sig", Assert.Single(read.Keys).KeyId);
        Assert.Equal("ec", Assert.Single(read.EncryptionKeys).KeyId);
        Assert.Equal(set.ToJson(), read.ToJson());
    }

    private string Encrypt() => JweEncrypter.Encrypt(Content, _ec.Public, KeyManagementAlgorithm.EcdhEsA256Kw, ContentEncryption.A256Gcm);

    private string? Open(string token) => JweDecrypter.Decrypt(token, [_ec], KeyManagementAlgorithm.EcdhEsA256Kw, ContentEncryption.A256Gcm).Error?.Code;
}
