using System.Buffers.Text;
using System.Text;
using MedId.Consent;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Consent.Tests.Artefacts;

/// <summary>Artefacts in JSON, signed as they are sent.</summary>
public sealed class ArtefactJwsTests : IDisposable
{
    private static readonly byte[] Artefact = ConsentVectors.Read("abdm-hip-notify-granted-sample.json");

    private readonly LocalSigningKey _manager = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "manager");
    private readonly LocalSigningKey _user = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "user");

    private ArtefactVerificationPolicy Policy => new()
    {
        Signers =
        [
            new() { Role = ArtefactSignerRole.User, Label = "persons", Keys = JsonWebKeySet.Of(new JsonWebKey(_user.PublicKey, "user")) },
            new() { Role = ArtefactSignerRole.Collector, Label = "managers", Keys = JsonWebKeySet.Of(new JsonWebKey(_manager.PublicKey, "manager")) },
        ],
    };

    public void Dispose()
    {
        _manager.Dispose();
        _user.Dispose();
    }

    [Fact]
    public async Task VerifyJws_ByTheManager_SaysWhoAndWhat()
    {
        var verification = ArtefactVerifier.VerifyJws([await SignAsync(_manager)], Policy, SigningScene.Now, ArtefactFormat.AbdmJson);

        Assert.True(verification.IsAccepted, verification.Error?.ToString());
        var signature = Assert.Single(verification.Signatures);
        Assert.Equal((ArtefactSignerRole.Collector, "managers", "manager"), (signature.Role!.Value, signature.Label, signature.KeyId));
        Assert.Equal(Artefact, signature.Covered.ToArray());
        Assert.Equal("8a1c5d1a-7c1e-4a0e-9e8f-5b7c2f6f7a10", verification.Content.Id);
    }

    [Fact]
    public async Task VerifyJws_ByBoth_HasBothRoles()
    {
        var policy = Policy with { Required = [ArtefactSignerRole.User, ArtefactSignerRole.Collector] };

        Assert.True(ArtefactVerifier.VerifyJws([await SignAsync(_user), await SignAsync(_manager)], policy, SigningScene.Now).IsAccepted);
        AssertRefused(ConsentErrorCodes.SignerMissing, ArtefactVerifier.VerifyJws([await SignAsync(_manager), await SignAsync(_manager)], policy, SigningScene.Now));

        // Also where both rules know the key: one signer is not two.
        var everybody = JsonWebKeySet.Of(new JsonWebKey(_user.PublicKey, "user"), new JsonWebKey(_manager.PublicKey, "manager"));
        policy = policy with { Signers = [.. policy.Signers.Select(rule => rule with { Keys = everybody })] };
        AssertRefused(ConsentErrorCodes.SignerMissing, ArtefactVerifier.VerifyJws([await SignAsync(_manager), await SignAsync(_manager)], policy, SigningScene.Now));
        Assert.True(ArtefactVerifier.VerifyJws([await SignAsync(_user), await SignAsync(_manager)], policy, SigningScene.Now).IsAccepted);
    }

    [Fact]
    public async Task VerifyJws_TwoPayloads_AreRefused()
    {
        var other = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Artefact) + " ");

        AssertRefused(ConsentErrorCodes.SignersDisagree, ArtefactVerifier.VerifyJws([await SignAsync(_user), await SignAsync(_manager, other)], Policy, SigningScene.Now));
    }

    [Fact]
    public async Task VerifyJws_PayloadWrittenAgain_IsRefused()
    {
        var parts = (await SignAsync(_manager)).Split('.');
        parts[1] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(System.Text.Json.Nodes.JsonNode.Parse(Artefact)!.ToJsonString()));

        AssertRefused(CryptographyErrorCodes.JoseSignatureInvalid, ArtefactVerifier.VerifyJws([string.Join('.', parts)], Policy, SigningScene.Now));
    }

    [Fact]
    public async Task VerifyJws_KeyThatNobodyGave_IsUndetermined()
    {
        using var stranger = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "stranger");
        var verification = ArtefactVerifier.VerifyJws([await SignAsync(stranger)], Policy, SigningScene.Now);

        Assert.Equal(VerificationOutcome.Undetermined, verification.Outcome);
        Assert.Equal(CryptographyErrorCodes.JoseKeyNotFound, verification.Error?.Code);
    }

    [Fact]
    public async Task VerifyJws_AnotherType_IsRefused()
    {
        var token = await JwtSigner.SignAsync(_manager, "at+jwt", Artefact, TestContext.Current.CancellationToken);

        AssertRefused(ConsentErrorCodes.TypeWrong, ArtefactVerifier.VerifyJws([token], Policy, SigningScene.Now));
        Assert.True(ArtefactVerifier.VerifyJws([token], Policy with { Type = null }, SigningScene.Now).IsAccepted);
    }

    [Fact]
    public async Task VerifyJws_PayloadThatIsNoArtefact_IsRefused()
    {
        var token = await JwtSigner.SignAsync(_manager, ArtefactVerificationPolicy.JwsType, "{}"u8.ToArray(), TestContext.Current.CancellationToken);

        AssertRefused(ConsentErrorCodes.FormatUnknown, ArtefactVerifier.VerifyJws([token], Policy, SigningScene.Now));
    }

    [Fact]
    public async Task VerifyJws_Mutants_AreRefusedOrSayTheSame()
    {
        var token = await SignAsync(_manager);
        foreach (var mutant in new TestSupport.SeededMutator(20260402).Mutate(token, 500))
        {
            var verification = ArtefactVerifier.VerifyJws([mutant.Text], Policy, SigningScene.Now);
            Assert.False(verification.IsAccepted, mutant.How);
        }
    }

    private static void AssertRefused(string code, ArtefactVerification<ConsentArtefact> verification)
    {
        Assert.Equal(code, verification.Error?.Code);
        Assert.Equal(VerificationOutcome.Refused, verification.Outcome);
    }

    private static async Task<string> SignAsync(LocalSigningKey key, byte[]? artefact = null)
    {
        var signed = await ArtefactSigner.SignJsonAsync(artefact ?? Artefact, key, TestContext.Current.CancellationToken);
        Assert.True(signed.Succeeded, signed.ToString());
        return signed.Value;
    }
}
