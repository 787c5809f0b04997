using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.TestSupport;

namespace MedId.Fido2.Tests;

/// <summary>The test vectors that WebAuthn Level 3 publishes, whole ceremonies each.</summary>
public sealed class OfficialVectorTests
{
    private const string Path = "webauthn/official-w3c-webauthn-l3.json";
    private const string Published = "https://www.w3.org/TR/webauthn-3/#sctn-test-vectors (W3C licence)";

    private static readonly DateTimeOffset Now = new(2025, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Names =>
    [
        "none-es256", "none-es256-crossOrigin", "none-es256-topOrigin", "none-es256-long-credential-id", "packed-self-es256", "packed-es256", "packed-es384", "packed-es512",
        "packed-rs256", "packed-eddsa", "packed-ed448", "tpm-es256", "android-key-es256", "apple-es256", "fido-u2f-es256",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Verify_OfficialCeremony_IsAccepted(string name)
    {
        var (vector, anchor) = Find(name);
        var response = RegistrationResponse.Parse(vector.GetProperty("registration").GetProperty("responseJson").GetRawText());
        Assert.True(response.Succeeded, response.ToString());
        var registered = new RegistrationVerifier().Verify(Registration(vector, anchor), response.Value);
        Assert.True(registered.Succeeded, registered.ToString());
        var expected = vector.GetProperty("registration").GetProperty("expected").GetProperty("authData");
        var record = registered.Evidence.Credential;
        Assert.Equal(expected.GetProperty("credentialId").GetString(), Convert.ToHexStringLower(record.Id.Span));
        Assert.Equal(expected.GetProperty("credentialPublicKeyCose").GetString(), Convert.ToHexStringLower(record.PublicKey.Span));
        Assert.Equal(expected.GetProperty("coseAlg").GetInt64(), record.Algorithm);
        Assert.Equal(expected.GetProperty("aaguid").GetString(), record.Aaguid.ToString("N"));
        Assert.Equal(expected.GetProperty("flags").GetProperty("UV").GetBoolean(), record.UvInitialized);
        Assert.Equal(expected.GetProperty("flags").GetProperty("BE").GetBoolean(), record.BackupEligible);
        Assert.Equal(expected.GetProperty("flags").GetProperty("BS").GetBoolean(), record.BackupState);

        var again = CredentialRecord.Parse(record.ToJson());
        Assert.True(again.Succeeded, again.ToString());
        var authenticated = new AuthenticationVerifier().Verify(
            Authentication(vector, again.Value), vector.GetProperty("authentication").GetProperty("responseJson").GetRawText());
        Assert.True(authenticated.Succeeded, authenticated.ToString());
        Assert.DoesNotContain(registered.Steps, step => step.Outcome == StepOutcome.Failed);
        Assert.DoesNotContain(authenticated.Steps, step => step.Outcome == StepOutcome.Failed);
    }

    [Fact]
    public void Vectors_Published_AreAllNamedHere()
    {
        using var document = Load();
        var published = document.RootElement.GetProperty("vectors").EnumerateArray().Select(vector => vector.GetProperty("name").GetString()!);
        var named = Names.Select(row => row.Data);
        Assert.Equal(published.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    private static (JsonElement Vector, TrustAnchor Anchor) Find(string name)
    {
        var document = Load();
        var anchor = Certificate.Parse(Convert.FromHexString(document.RootElement.GetProperty("attestationRootCertificate").GetString()!));
        Assert.True(anchor.Succeeded, anchor.ToString());
        return (document.RootElement.GetProperty("vectors").EnumerateArray().Single(vector => vector.GetProperty("name").GetString() == name),
            TrustAnchor.FromCertificate(anchor.Value));
    }

    private static JsonDocument Load() => JsonDocument.Parse(File.ReadAllText(TestVectors.RequireVectors(Path, Published), Encoding.UTF8));

    private static RegistrationExpectations Registration(JsonElement vector, TrustAnchor anchor) => new()
    {
        RpId = vector.GetProperty("rpId").GetString()!,
        Origins = [vector.GetProperty("expectedOrigin").GetString()!],
        AllowCrossOrigin = vector.GetProperty("crossOrigin").GetBoolean(),
        TopOrigins = vector.GetProperty("topOrigin").GetString() is { } top ? [top] : [],
        Challenge = Convert.FromHexString(vector.GetProperty("registration").GetProperty("challenge").GetString()!),
        UserVerification = UserVerificationRequirement.Preferred,
        Attestation = new() { Anchors = [anchor], AcceptNone = true, AcceptSelf = true },
        Now = Now,
        KeepAttestation = true,
    };

    private static AuthenticationExpectations Authentication(JsonElement vector, CredentialRecord record) => new()
    {
        RpId = vector.GetProperty("rpId").GetString()!,
        Origins = [vector.GetProperty("expectedOrigin").GetString()!],
        AllowCrossOrigin = vector.GetProperty("crossOrigin").GetBoolean(),
        TopOrigins = vector.GetProperty("topOrigin").GetString() is { } top ? [top] : [],
        Challenge = Convert.FromHexString(vector.GetProperty("authentication").GetProperty("challenge").GetString()!),
        UserVerification = UserVerificationRequirement.Preferred,
        Credential = record,
        Now = Now,
    };
}
