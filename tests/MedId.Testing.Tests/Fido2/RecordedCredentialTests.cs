using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Fido2;

namespace MedId.Testing.Tests;

/// <summary>What real authenticators answered to somebody else's relying party years ago, as the package fido2-helpers publishes it.</summary>
[Trait("Peer", "node")]
public class RecordedCredentialTests
{
    [Fact]
    public async Task Registrations_OfRealAuthenticators_AreAccepted()
    {
        var all = await ReadAsync();

        Assert.Equal("none", Verify(all["makeCredentialAttestationNoneResponse"]).Evidence?.Statement.Format);
        Assert.Equal("fido-u2f", Verify(all["makeCredentialAttestationU2fResponse"]).Evidence?.Statement.Format);
        Assert.Equal("fido-u2f", Verify(all["makeCredentialAttestationHypersecuU2fResponse"]).Evidence?.Statement.Format);
        var packed = Verify(all["makeCredentialAttestationPackedResponse"]).Evidence;
        Assert.Equal(("packed", AttestationType.Basic), (packed?.Statement.Format, packed?.Statement.Type));
    }

    /// <summary>Windows Hello with a TPM: RS1, as models of that time sign.</summary>
    [Fact]
    public async Task Tpm_OfWindowsHello_IsAcceptedWherePolicyAllowsSha1AndSaysWeak()
    {
        var line = (await ReadAsync())["makeCredentialAttestationTpmResponse"];
        Assert.Equal(Fido2ErrorCodes.AttestationAlgorithmNotAllowed, Verify(line).Error?.Code);

        var evidence = Verify(line, AlgorithmPolicy.Default.DangerouslyAllowWeak(SignatureUse.WebAuthnAttestation, SignatureAlgorithm.RsaSha1, DateTimeOffset.MaxValue)).Evidence;

        Assert.Equal(("tpm", AttestationType.AttCa, true), (evidence?.Statement.Format, evidence?.Statement.Type, evidence?.Statement.UsedWeakAlgorithm));
        Assert.Equal("id:4E544300", evidence?.Statement.Tpm?.Manufacturer);
    }

    /// <summary>It is older than the standard: its client data have no type, and its nonce is not hashed. The device was not intact either.</summary>
    [Fact]
    public async Task SafetyNet_BeforeTheStandard_IsRefusedByName() =>
        Assert.Equal(Fido2ErrorCodes.ClientDataMalformed, Verify((await ReadAsync())["makeCredentialAttestationSafetyNetResponse"]).Error?.Code);

    [Theory]
    [InlineData("assertionResponse", -7)]
    [InlineData("assertionResponseWindowsHello", -257)]
    public async Task Assertions_OfRealAuthenticators_AreAccepted(string name, long algorithm)
    {
        var line = (await ReadAsync())[name];
        var pem = PemEncoding.Find((string)line["publicKey"]!);
        var key = PublicKey.FromSubjectPublicKeyInfo(Convert.FromBase64String(((string)line["publicKey"]!)[pem.Base64Data])).Value!;
        var expected = new AuthenticationExpectations
        {
            RpId = (string)line["rpId"]!,
            Origins = [(string)line["origin"]!],
            Challenge = Base64Url.DecodeFromChars((string)line["challenge"]!),
            Now = TimeProvider.System.GetUtcNow(),
            UserVerification = UserVerificationRequirement.Discouraged,
            Credential = new() { Id = Base64Url.DecodeFromChars((string)line["response"]!["rawId"]!), PublicKey = CoseKey.Write(key, algorithm), Algorithm = algorithm, SignCount = 0 },
        };

        var result = new AuthenticationVerifier().Verify(expected, line["response"]!.ToJsonString());

        Assert.True(result.Succeeded, result.ToString());
        Assert.Equal(Fido2ErrorCodes.ChallengeMismatch, new AuthenticationVerifier().Verify(expected with { Challenge = new byte[32] }, line["response"]!.ToJsonString()).Error?.Code);
    }

    private static async Task<Dictionary<string, JsonObject>> ReadAsync() =>
        (await NodeScript.RunAsync("recorded-credentials.mjs", "fido2-helpers", [])).ToDictionary(line => (string)line["name"]!);

    private static RegistrationVerification Verify(JsonObject line, AlgorithmPolicy? algorithms = null) => new RegistrationVerifier().Verify(
        new RegistrationExpectations
        {
            RpId = (string)line["rpId"]!,
            Origins = [(string)line["origin"]!],
            Challenge = Base64Url.DecodeFromChars((string)line["challenge"]!),
            Now = TimeProvider.System.GetUtcNow(),
            UserVerification = UserVerificationRequirement.Discouraged,
            AlgorithmPolicy = algorithms ?? AlgorithmPolicy.Default,
        },
        line["response"]!.ToJsonString());
}
