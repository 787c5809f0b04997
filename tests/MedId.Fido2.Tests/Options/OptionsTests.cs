using System.Text.Json.Nodes;
using MedId.TestSupport;

namespace MedId.Fido2.Tests;

public sealed class OptionsTests
{
    private const string Creation = """
        {
          "rp": { "id": "clinic.example", "name": "LAB clinic", "icon": "https://clinic.example/i.png" },
          "user": { "id": "AAECAw", "name": "account-1", "displayName": "合成 患者", "extra": [1, 2.50, null] },
          "challenge": "AAECAwQFBgcICQoLDA0ODw",
          "pubKeyCredParams": [ { "type": "public-key", "alg": -7 }, { "type": "public-key", "alg": -257, "x": true }, { "type": "future", "alg": 1 } ],
          "timeout": 300000,
          "excludeCredentials": [ { "type": "public-key", "id": "AAAA", "transports": [ "usb", "future" ], "y": {} }, { "type": "public-key", "id": "AAAB" } ],
          "authenticatorSelection": { "authenticatorAttachment": "cross-platform", "residentKey": "required", "requireResidentKey": true, "userVerification": "required", "z": 1 },
          "hints": [ "security-key", "hybrid", "future" ],
          "attestation": "enterprise",
          "attestationFormats": [ "packed", "tpm" ],
          "extensions": {
            "appidExclude": "https://clinic.example/appid",
            "credProps": true,
            "prf": { "eval": { "first": "AAAA", "second": "AQEB", "third": 3 }, "w": 0 },
            "largeBlob": { "support": "preferred", "v": "" },
            "credentialProtectionPolicy": "userVerificationRequired",
            "enforceCredentialProtectionPolicy": true,
            "hmacCreateSecret": true,
            "minPinLength": true,
            "credBlob": "AAEC",
            "uvm": true
          },
          "future": { "nested": [ { "a": "b" } ] },
          "nothing": null
        }
        """;

    private const string Request = """
        {
          "challenge": "AAECAwQFBgcICQoLDA0ODw",
          "timeout": 600000,
          "rpId": "clinic.example",
          "allowCredentials": [ { "type": "public-key", "id": "AAAA", "transports": [ "internal" ] } ],
          "userVerification": "preferred",
          "hints": [ "client-device" ],
          "extensions": {
            "appid": "https://clinic.example/appid",
            "prf": { "evalByCredential": { "AAAA": { "first": "AAAA" } } },
            "largeBlob": { "write": "AAEC" },
            "getCredBlob": true
          },
          "future": 1e3
        }
        """;

    [Fact]
    public void Parse_CreationOptions_LosesNothing() => Same(Creation, PublicKeyCredentialCreationOptions.Parse(Creation).Value!.ToJson());

    [Fact]
    public void Parse_RequestOptions_LosesNothing() => Same(Request, PublicKeyCredentialRequestOptions.Parse(Request).Value!.ToJson());

    [Fact]
    public void Parse_CreationOptions_ReadsTypedMembers()
    {
        var options = PublicKeyCredentialCreationOptions.Parse(Creation).Value!;
        Assert.Equal("clinic.example", options.Rp.Id);
        Assert.Equal("合成 患者", options.User.DisplayName);
        Assert.Equal([-7, -257, 1], options.PubKeyCredParams.Select(parameter => parameter.Algorithm));
        Assert.Equal(TimeSpan.FromMinutes(5), options.Timeout);
        Assert.Equal(["usb", "future"], options.ExcludeCredentials![0].Transports);
        Assert.Null(options.ExcludeCredentials[1].Transports);
        Assert.True(options.AuthenticatorSelection!.RequireResidentKey);
        Assert.Equal(["security-key", "hybrid", "future"], options.Hints);
        Assert.Equal(["packed", "tpm"], options.AttestationFormats);
        Assert.Equal([1, 1, 1], options.Extensions!.Prf!.Eval!.Second!.Value.ToArray());
        Assert.Contains("uvm", options.Extensions.Other.Keys);
        Assert.Equal(
            ["appidExclude", "credProps", "prf", "hmac-secret", "largeBlob", "credProtect", "minPinLength", "credBlob", "uvm"], options.Extensions.ToIdentifiers());
    }

    [Fact]
    public void Parse_RequestOptions_ReadsTypedMembers()
    {
        var options = PublicKeyCredentialRequestOptions.Parse(Request).Value!;
        Assert.Equal("https://clinic.example/appid", options.Extensions!.AppId);
        Assert.Equal([0, 0, 0], options.Extensions.Prf!.EvalByCredential!["AAAA"].First.ToArray());
        Assert.Equal([0, 1, 2], options.Extensions.LargeBlob!.Write!.Value.ToArray());
        Assert.Equal(["appid", "prf", "hmac-secret", "largeBlob", "credBlob"], options.Extensions.ToIdentifiers());
    }

    [Fact]
    public void ToJson_LeastOptions_HoldNoMemberThatNobodySet()
    {
        var creation = new PublicKeyCredentialCreationOptions
        {
            Rp = new() { Name = "LAB" },
            User = new() { Id = new byte[] { 1 }, Name = "n", DisplayName = string.Empty },
            Challenge = new byte[16],
            PubKeyCredParams = [new(-7)],
        };
        Same("""{"rp":{"name":"LAB"},"user":{"id":"AQ","name":"n","displayName":""},"challenge":"AAAAAAAAAAAAAAAAAAAAAA","pubKeyCredParams":[{"type":"public-key","alg":-7}]}""", creation.ToJson());
        Same("""{"challenge":"AAAAAAAAAAAAAAAAAAAAAA"}""", new PublicKeyCredentialRequestOptions { Challenge = new byte[16] }.ToJson());
    }

    [Fact]
    public void PubKeyCredParams_Default_AreWhatThisPlatformVerifies()
    {
        Assert.Equal(-7, CredentialParameters.Supported[0]);
        Assert.DoesNotContain(-65535, CredentialParameters.Supported);
        Assert.Equal(System.Security.Cryptography.MLDsa.IsSupported, CredentialParameters.Supported.Contains(-48));
        Assert.All(CredentialParameters.Supported, algorithm => Assert.True(MedId.Cryptography.SignatureAlgorithm.TryFromWebAuthn(algorithm, out _)));
    }

    [Theory]
    [InlineData("rp", "1")]
    [InlineData("rp", "{}")]
    [InlineData("user", """{"id":"","name":"","displayName":""}""")]
    [InlineData("user", """{"id":"AA==","name":"","displayName":""}""")]
    [InlineData("user", """{"name":"","displayName":""}""")]
    [InlineData("challenge", "\"\"")]
    [InlineData("challenge", "\"A\"")]
    [InlineData("challenge", "7")]
    [InlineData("pubKeyCredParams", "{}")]
    [InlineData("pubKeyCredParams", """[{"type":"public-key"}]""")]
    [InlineData("pubKeyCredParams", """[{"type":"public-key","alg":-7.5}]""")]
    [InlineData("timeout", "-1")]
    [InlineData("timeout", "4294967296")]
    [InlineData("excludeCredentials", """[{"type":"public-key"}]""")]
    [InlineData("authenticatorSelection", """{"requireResidentKey":"true"}""")]
    [InlineData("hints", "[1]")]
    [InlineData("extensions", """{"prf":{"eval":{}}}""")]
    [InlineData("extensions", """{"appidExclude":true}""")]
    public void Parse_MemberNotOfItsForm_IsRefused(string member, string value)
    {
        var json = JsonNode.Parse(Creation)!.AsObject();
        json[member] = JsonNode.Parse(value);
        Refused.With(Fido2ErrorCodes.OptionsMalformed, PublicKeyCredentialCreationOptions.Parse(json.ToJsonString()));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Parse_LengthOfUserHandle_IsBounded(int length, bool accepted)
    {
        var json = JsonNode.Parse(Creation)!.AsObject();
        json["user"]!["id"] = MedId.Cryptography.StrictBase64Url.Encode(new byte[length]);
        Assert.Equal(accepted, PublicKeyCredentialCreationOptions.Parse(json.ToJsonString()).Succeeded);
    }

    [Fact]
    public void Parse_MutatedOptions_AreRefusedOrReadBackTheSame()
    {
        foreach (var mutant in new SeededMutator(11).Mutate(Creation, 100_000))
        {
            if (PublicKeyCredentialCreationOptions.Parse(mutant.Text) is { Succeeded: true } parsed)
            {
                Assert.True(JsonNode.DeepEquals(Known(mutant.Text), Known(parsed.Value.ToJson())), mutant.How);
            }
        }

        foreach (var mutant in new SeededMutator(12).Mutate(Request, 100_000))
        {
            if (PublicKeyCredentialRequestOptions.Parse(mutant.Text) is { Succeeded: true } parsed)
            {
                Assert.True(JsonNode.DeepEquals(Known(mutant.Text), Known(parsed.Value.ToJson())), mutant.How);
            }
        }
    }

    private static JsonNode? Known(string json) => JsonNode.Parse(json);

    private static void Same(string expected, string actual) => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);
}
