using System.Diagnostics;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.Fido2.Tests;

/// <summary>200,000 mutants a parser: none makes it throw, and one that is accepted says the same as the original.</summary>
public sealed class ResponseMutationTests
{
    private const int Mutants = 200_000;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(120);

    [Fact]
    public void Parse_MutatedAuthenticationResponse_IsRefusedOrTheSame()
    {
        var fixture = Fixture.OfAuthentication();
        fixture.ResponseUserHandle = StrictBase64Url.Encode(fixture.UserHandle);
        fixture.ClientExtensions = new JsonObject { ["appid"] = true, ["prf"] = new JsonObject { ["results"] = new JsonObject { ["first"] = "AAAA" } } };
        var json = fixture.AuthenticationJson().ToJsonString();
        var original = AuthenticationResponse.Parse(json).Value!;
        var verifier = new AuthenticationVerifier();
        var expected = fixture.Authentication with { AppId = "https://clinic.example/appid", UserVerification = UserVerificationRequirement.Preferred };
        Assert.False(verifier.Verify(expected, original).Succeeded, "the fixture hashes the RP ID, not the AppID");
        expected = expected with { AppId = null };
        Assert.True(verifier.Verify(expected, original).Succeeded);
        Run(json, mutant =>
        {
            var response = AuthenticationResponse.Parse(mutant.Bytes);
            if (!response.Succeeded)
            {
                return;
            }

            // What stands outside the signature may change; what is accepted is this credential's answer with these bytes.
            var verification = verifier.Verify(expected, response.Value);
            if (verification.Succeeded)
            {
                Assert.True(response.Value.RawId.Span.SequenceEqual(original.RawId.Span), mutant.How);
                Assert.True(response.Value.ClientDataJson.Span.SequenceEqual(original.ClientDataJson.Span), mutant.How);
                Assert.True(response.Value.AuthenticatorData.Span.SequenceEqual(original.AuthenticatorData.Span), mutant.How);
                Assert.True(response.Value.Signature.Span.SequenceEqual(original.Signature.Span), mutant.How);
                Assert.True(response.Value.UserHandle is null || response.Value.UserHandle.Value.Span.SequenceEqual(original.UserHandle!.Value.Span), mutant.How);
            }
        });
    }

    [Fact]
    public void Parse_MutatedRegistrationResponse_IsRefusedOrTheSame()
    {
        var fixture = new Fixture { ClientExtensions = new JsonObject { ["credProps"] = new JsonObject { ["rk"] = true } } };
        var json = fixture.RegistrationJson().ToJsonString();
        var original = RegistrationResponse.Parse(json).Value!;
        var verifier = new RegistrationVerifier();
        Assert.True(verifier.Verify(fixture.Registration, original).Succeeded);
        Run(json, mutant =>
        {
            var response = RegistrationResponse.Parse(mutant.Bytes);
            if (response.Succeeded && response.Value.RawId.Span.SequenceEqual(original.RawId.Span))
            {
                // Nothing signs an attestation of format none, so bytes may change; what is accepted was for this challenge, origin and RP.
                var verification = verifier.Verify(fixture.Registration, response.Value);
                if (verification.Succeeded)
                {
                    Assert.True(verification.Evidence.Credential.Id.Span.SequenceEqual(original.RawId.Span), mutant.How);
                    Assert.Equal("clinic.example", verification.Evidence.Credential.RpId);
                }
            }
        });
    }

    /// <summary>The reader of one pass against the reader of the house, text by text.</summary>
    [Fact]
    public void Parse_MutatedResponse_AgreesWithAStrictReaderOfJson()
    {
        var json = Fixture.OfAuthentication().AuthenticationJson().ToJsonString();
        foreach (var mutant in new SeededMutator(7).Mutate(json, 50_000))
        {
            if (AuthenticationResponse.Parse(mutant.Bytes).Succeeded)
            {
                Assert.True(StrictJson.ParseObject(mutant.Bytes, 16, 256 * 1024).Succeeded, mutant.How);
            }
        }
    }

    [Fact]
    public void Parse_MutatedClientData_IsRefusedOrWellFormed()
    {
        var original = new Fixture { CrossOrigin = true, TopOrigin = "https://portal.example" }.ClientDataJson();
        Run(System.Text.Encoding.UTF8.GetString(original), mutant =>
        {
            var data = CollectedClientData.Parse(mutant.Bytes);
            if (data.Succeeded)
            {
                Assert.NotNull(data.Value.Type);
                Assert.NotNull(data.Value.Challenge);
                Assert.NotNull(data.Value.Origin);
            }
        });
    }

    [Theory]
    [InlineData(256 * 1024, true)]
    [InlineData((256 * 1024) + 1, false)]
    public void Parse_LengthOfJson_IsBounded(int length, bool accepted)
    {
        var json = Fixture.OfAuthentication().AuthenticationJson().ToJsonString();
        var result = AuthenticationResponse.Parse(json.PadRight(length));
        Assert.Equal(accepted, result.Succeeded);
        if (!accepted)
        {
            Refused.With(Fido2ErrorCodes.ResponseMalformed, result);
        }
    }

    [Theory]
    [InlineData("\"a\":1,\"a\":2")]
    [InlineData("\"id\":\"AAAA\"")]
    [InlineData("\"a\":{\"b\":1,\"b\":1}")]
    [InlineData("\"a\":\"\\ud800\"")]
    [InlineData("\"a\":1,\"\\u0061\":2")]
    public void Parse_MemberTwiceOrHalfACharacter_IsRefused(string member)
    {
        var json = Fixture.OfAuthentication().AuthenticationJson().ToJsonString();
        Refused.With(Fido2ErrorCodes.ResponseMalformed, AuthenticationResponse.Parse("{" + member + "," + json[1..]));
    }

    [Fact]
    public void Parse_EscapedText_IsReadAsTheSame()
    {
        var fixture = Fixture.OfAuthentication();
        var json = fixture.AuthenticationJson().ToJsonString();
        var escaped = json.Replace("\"rawId\"", "\"raw\\u0049d\"", StringComparison.Ordinal).Replace("\"public-key\"", "\"public\\u002dkey\"", StringComparison.Ordinal);
        Assert.NotEqual(json, escaped);
        Assert.True(new AuthenticationVerifier().Verify(fixture.Authentication, escaped).Succeeded);
    }

    [Fact]
    public void Parse_HalfACharacterInText_IsRefused() => Refused.With(Fido2ErrorCodes.ResponseMalformed, AuthenticationResponse.Parse("{\"\uD800\":1}"));

    [Fact]
    public void Verify_Authentication_AllocatesNoMoreThanTwoKilobytes()
    {
        var fixture = Fixture.OfAuthentication();
        var verifier = new AuthenticationVerifier();
        var expected = fixture.Authentication;
        var json = System.Text.Encoding.UTF8.GetBytes(fixture.AuthenticationJson().ToJsonString());
        for (var warm = 0; warm < 50; warm++)
        {
            Assert.True(verifier.Verify(expected, json).Succeeded);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var pass = 0; pass < 100; pass++)
        {
            verifier.Verify(expected, json);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 1, 2048);
    }

    private static void Run(string original, Action<Mutant> judge)
    {
        var clock = Stopwatch.StartNew();
        foreach (var mutant in new SeededMutator(20261122).Mutate(original, Mutants))
        {
            judge(mutant);
        }

        Assert.True(clock.Elapsed < Budget, $"{clock.Elapsed}");
    }
}
