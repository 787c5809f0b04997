using System.Text;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server.Tests;

/// <summary>ID tokens that only their reader opens (row C3).</summary>
public sealed class EncryptedIdTokenTests : IDisposable
{
    private readonly DecryptionKey _key = DecryptionKey.Generate(KeyManagementAlgorithm.EcdhEsA256Kw, "enc-1");

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task IssueAsync_RegisteredForEncryption_OnlyTheReaderOpensTheIdToken()
    {
        var tokens = await IssueAsync("ECDH-ES+A256KW", "A256GCM");
        Assert.Equal(5, tokens.Value!.IdToken!.Split('.').Length);
        var opened = JweDecrypter.Decrypt(tokens.Value.IdToken, [_key], KeyManagementAlgorithm.EcdhEsA256Kw, ContentEncryption.A256Gcm);
        Assert.Equal("patient-0001", (string?)TestJws.Claims(Encoding.ASCII.GetString(opened.Value!))["sub"]);
    }

    [Fact]
    public async Task IssueAsync_NoEncryptionNamed_IsTheStandardsDefault()
    {
        var tokens = await IssueAsync("ECDH-ES+A256KW", null);
        Assert.True(JweDecrypter.Decrypt(tokens.Value!.IdToken!, [_key], KeyManagementAlgorithm.EcdhEsA256Kw, ContentEncryption.A128CbcHs256).Succeeded);
    }

    [Fact]
    public async Task IssueAsync_NoKeyThatFits_GivesNoTokens() => Assert.Equal(OAuthServerErrorCodes.EncryptionKeyMissing, (await IssueAsync("RSA-OAEP-256", null)).Error?.Code);

    [Theory]
    [InlineData("RSA1_5", null)]
    [InlineData("ECDH-ES+A256KW", "A192GCM")]
    public async Task IssueAsync_AWayThatIsNotOffered_GivesNoTokens(string algorithm, string? encryption) =>
        Assert.Equal(OAuthServerErrorCodes.EncryptionUnsupported, (await IssueAsync(algorithm, encryption)).Error?.Code);

    [Fact]
    public async Task IssueAsync_WithoutKeysOfClients_IsMisuse()
    {
        var server = Server("ECDH-ES+A256KW", null);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await server.Minter.IssueAsync(new() { Grant = TestServer.Grant(), Client = server.Ehr }));
    }

    private TestServer Server(string algorithm, string? encryption) => new(ehr => ehr with
    {
        Jwks = ehr.Jwks!.WithEncryptionKeys(_key.Public),
        IdTokenEncryptedResponseAlg = algorithm,
        IdTokenEncryptedResponseEnc = encryption,
    });

    private async Task<MedIdResult<IssuedTokens>> IssueAsync(string algorithm, string? encryption)
    {
        var server = Server(algorithm, encryption);
        return await new TokenMinter(server.Keys, server.Options, server.Time, clientKeys: new ClientKeySource()).IssueAsync(new() { Grant = TestServer.Grant(), Client = server.Ehr });
    }
}
