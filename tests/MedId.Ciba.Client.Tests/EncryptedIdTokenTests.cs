using System.Text;
using MedId.Cryptography;

namespace MedId.Ciba.Client.Tests;

/// <summary>ID tokens that were registered to be encrypted (OIDC Core §3.1.3.7 step 1).</summary>
public sealed class EncryptedIdTokenTests : IDisposable
{
    private readonly DecryptionKey _key = DecryptionKey.Generate(KeyManagementAlgorithm.EcdhEs, "enc-1");
    private readonly CibaFixture _f;

    public EncryptedIdTokenTests() => _f = new(options => options.IdTokenEncryption = new() { Keys = [_key], Algorithm = KeyManagementAlgorithm.EcdhEs, Encryption = ContentEncryption.A256Gcm });

    public void Dispose()
    {
        _f.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task PollAsync_EncryptedAsRegistered_IsOpenedAndTheHintIsTheInnerToken()
    {
        var inner = _f.Op.Sign("JWT", _f.Claims());
        var result = await PollAsync(Encrypt(inner, _key));
        Assert.Equal(inner, result.Value!.Tokens!.IdToken.Compact);
    }

    [Fact]
    public async Task PollAsync_OnlySigned_IsRefused() =>
        Assert.Equal(CryptographyErrorCodes.JoseNotEncrypted, (await PollAsync(_f.Op.Sign("JWT", _f.Claims()))).Error?.Code);

    [Fact]
    public async Task PollAsync_EncryptedToSomebodyElse_IsRefused()
    {
        using var other = DecryptionKey.Generate(KeyManagementAlgorithm.EcdhEs, "enc-1");
        Assert.Equal(CryptographyErrorCodes.JoseNotDecrypted, (await PollAsync(Encrypt(_f.Op.Sign("JWT", _f.Claims()), other))).Error?.Code);
    }

    [Fact]
    public async Task PollAsync_EncryptedInAnotherWay_IsRefused()
    {
        var token = JweEncrypter.Encrypt(Encoding.ASCII.GetBytes(_f.Op.Sign("JWT", _f.Claims())), _key.Public, KeyManagementAlgorithm.EcdhEs, ContentEncryption.A128Gcm);
        Assert.Equal(CryptographyErrorCodes.JoseAlgorithmNotAllowed, (await PollAsync(token)).Error?.Code);
    }

    [Fact]
    public async Task PollAsync_EncryptedButSignedBySomebodyElse_IsRefused()
    {
        using var foreign = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "op-1");
        Assert.Equal(CryptographyErrorCodes.JoseSignatureInvalid, (await PollAsync(Encrypt(_f.Op.Sign("JWT", _f.Claims(), foreign), _key))).Error?.Code);
    }

    [Fact]
    public void FindMistakes_EncryptionWithoutAFittingKey_IsNamed()
    {
        var right = new IdTokenEncryption { Keys = [_key], Algorithm = KeyManagementAlgorithm.EcdhEs };
        var options = new CibaClientOptions { Issuer = "https://op.example", Credential = new OAuth.PrivateKeyJwtCredential("a", CibaFixture.ClientKey), IdTokenEncryption = right };
        Assert.Empty(options.FindMistakes());
        options.IdTokenEncryption = right with { Keys = [] };
        Assert.Contains("IdTokenEncryption", Assert.Single(options.FindMistakes()), StringComparison.Ordinal);
        options.IdTokenEncryption = right with { Algorithm = KeyManagementAlgorithm.RsaOaep256 };
        Assert.Contains("RSA-OAEP-256", Assert.Single(options.FindMistakes()), StringComparison.Ordinal);
    }

    private static string Encrypt(string inner, DecryptionKey key) => JweEncrypter.Encrypt(Encoding.ASCII.GetBytes(inner), key.Public, KeyManagementAlgorithm.EcdhEs, ContentEncryption.A256Gcm);

    private Task<Core.MedIdResult<CibaPoll>> PollAsync(string idToken)
    {
        _f.Op.On("/token", _ => _f.Tokens(change: body => body["id_token"] = idToken));
        return _f.Client.PollAsync(_f.Authentication);
    }
}
