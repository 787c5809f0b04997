using System.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client.Tests;

/// <summary>From a verified ID token to its federation assurance level, edition by edition (row C3).</summary>
public sealed class FederationTests : IDisposable
{
    private readonly DecryptionKey _key = DecryptionKey.Generate(KeyManagementAlgorithm.EcdhEs, "enc-1");
    private readonly CibaFixture _f = new();

    public void Dispose()
    {
        _f.Dispose();
        _key.Dispose();
    }

    [Theory]
    [InlineData(false, false, FederationAssuranceLevel.Fal1, FederationAssuranceLevel.Fal1)]
    [InlineData(false, true, FederationAssuranceLevel.Fal1, FederationAssuranceLevel.Fal2)]
    [InlineData(true, false, FederationAssuranceLevel.Fal2, FederationAssuranceLevel.Fal1)]
    [InlineData(true, true, FederationAssuranceLevel.Fal2, FederationAssuranceLevel.Fal2)]
    public async Task Federation_OfAnAnsweredRequest_GivesTheLevelOfEachEdition(bool encrypted, bool pairwise, FederationAssuranceLevel rev3, FederationAssuranceLevel rev4)
    {
        using var f = new CibaFixture(options => options.IdTokenEncryption = encrypted ? Encryption() : null);
        f.Op.On("/token", _ => f.Tokens(change: body => body["id_token"] = encrypted ? Encrypt((string)body["id_token"]!) : (string)body["id_token"]!));

        var facts = (await f.Client.PollAsync(f.Authentication)).Value!.Tokens!.IdToken.Federation with { OpaqueSubject = pairwise };

        Assert.Equal((rev3, rev4), Levels(facts));
    }

    [Fact]
    public async Task Federation_OfATokenBoundToTheClientsKey_IsNotThePersonsKey()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "dpop-1");
        using var f = new CibaFixture(options => (options.DpopKey, options.IdTokenEncryption) = (key, Encryption()));
        var claims = f.Claims();
        claims["cnf"] = new System.Text.Json.Nodes.JsonObject { ["jkt"] = key.PublicKey.Thumbprint };
        f.Op.On("/token", _ => f.Tokens(claims, body => (body["token_type"], body["id_token"]) = ("DPoP", Encrypt((string)body["id_token"]!))));

        var facts = (await f.Client.PollAsync(f.Authentication)).Value!.Tokens!.IdToken.Federation;

        Assert.False(facts.PersonsKeyProven);
        var everythingElse = facts with { OpaqueSubject = true, EstablishedManually = true };
        Assert.Equal((FederationAssuranceLevel.Fal2, FederationAssuranceLevel.Fal2), Levels(everythingElse));
        Assert.Equal((FederationAssuranceLevel.Fal2, FederationAssuranceLevel.Fal3), Levels(everythingElse with { BoundAuthenticatorVerified = true }));
    }

    [Fact]
    public async Task Federation_OfARefresh_AnswersNoRequestAndHasNoLevelInRevision4()
    {
        _f.Op.On("/token", _ => _f.Tokens(change: body => body["refresh_token"] = "refresh-1"));
        var tokens = (await _f.Client.PollAsync(_f.Authentication)).Value!.Tokens!;

        var renewed = (await _f.Client.RefreshAsync(tokens)).Value!.IdToken.Federation with { OpaqueSubject = true };

        Assert.Equal((FederationAssuranceLevel.Fal1, FederationAssuranceLevel.None), Levels(renewed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Restore_OfAStoredToken_KnowsWhatWasEstablished(bool encrypted)
    {
        using var f = new CibaFixture(options => options.IdTokenEncryption = encrypted ? Encryption() : null);
        f.Op.On("/token", _ => f.Tokens(change: body => body["id_token"] = encrypted ? Encrypt((string)body["id_token"]!) : (string)body["id_token"]!));
        var verified = (await f.Client.PollAsync(f.Authentication)).Value!.Tokens!.IdToken;

        Assert.Equal(verified.Federation, IdToken.Restore(verified.Compact, encrypted).Federation);
    }

    private static (FederationAssuranceLevel Rev3, FederationAssuranceLevel Rev4) Levels(FederationFacts facts) =>
        (FalTable.Evaluate(AssuranceEdition.Nist80063Rev3, facts).Level, FalTable.Evaluate(AssuranceEdition.Nist80063Rev4, facts).Level);

    private IdTokenEncryption Encryption() => new() { Keys = [_key], Algorithm = KeyManagementAlgorithm.EcdhEs, Encryption = ContentEncryption.A256Gcm };

    private string Encrypt(string inner) => JweEncrypter.Encrypt(Encoding.ASCII.GetBytes(inner), _key.Public, KeyManagementAlgorithm.EcdhEs, ContentEncryption.A256Gcm);
}
