using System.Security.Cryptography;
using System.Text.Json;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Fido2.Tests;

public sealed class OfficialAttestationTests
{
    private static readonly DateTimeOffset At = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Names =
    [
        "none-es256", "packed-self-es256", "none-es256-crossOrigin", "none-es256-topOrigin", "none-es256-long-credential-id", "packed-es256", "packed-es384", "packed-es512",
        "packed-rs256", "packed-eddsa", "packed-ed448", "tpm-es256", "android-key-es256", "apple-es256", "fido-u2f-es256",
    ];

    public static TheoryData<string> All => [.. Names];

    [Fact]
    public void Vectors_AllOfThem_AreHere() =>
        Assert.Equal(Names, OfficialVectors.Vectors().Select(vector => OfficialVectors.Text(vector, "name")));

    [Theory]
    [MemberData(nameof(All))]
    public void Verify_OfficialRegistration_ProvesWhatTheStandardSays(string name)
    {
        var (attestation, hash, expected) = Read(name);

        var result = AttestationVerifier.Verify(attestation, hash, Rules(OfficialRoot()));

        Assert.True(result.Succeeded, result.Error?.ToString());
        Assert.Equal(OfficialVectors.Text(expected, "fmt"), result.Value.Format);
        Assert.Equal(OfficialVectors.Text(expected, "attestationType"), result.Value.Type.ToString().ToLowerInvariant());
        Assert.Equal(expected.GetProperty("x5cCount").GetInt32(), result.Value.Path.Count);
        Assert.False(result.Value.UsedWeakAlgorithm);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Judge_OfficialRegistration_IsTrustedUnderTheOfficialRoot(string name)
    {
        var (attestation, hash, _) = Read(name);
        var rules = Rules(OfficialRoot());

        var trust = AttestationVerifier.Judge(AttestationVerifier.Verify(attestation, hash, rules).Value!, rules);

        Assert.Equal(name.StartsWith("none", StringComparison.Ordinal) || name.Contains("self", StringComparison.Ordinal) ? AttestationTrustStatus.NotTrusted : AttestationTrustStatus.Trusted, trust.Status);
        Assert.Equal(trust.IsTrusted, trust.IsAcceptable);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Parse_OfficialAuthenticatorData_SaysWhatTheVectorSays(string name)
    {
        var (attestation, _, expected) = Read(name);
        var data = attestation.AuthenticatorData;
        var fields = expected.GetProperty("authData");

        Assert.Equal(OfficialVectors.Hex(fields, "rpIdHash"), data.RpIdHash.ToArray());
        Assert.Equal(fields.GetProperty("flagsByte").GetInt32(), (int)data.Flags);
        Assert.Equal(fields.GetProperty("signCount").GetUInt32(), data.SignCount);
        Assert.Equal(OfficialVectors.Text(fields, "aaguid"), data.AttestedCredential!.Aaguid.ToString("N"));
        Assert.Equal(OfficialVectors.Hex(fields, "credentialId"), data.AttestedCredential.CredentialId.ToArray());
        Assert.Equal(OfficialVectors.Hex(fields, "credentialPublicKeyCose"), data.AttestedCredential.PublicKey.ToArray());
        Assert.Equal(fields.GetProperty("coseAlg").GetInt64(), data.AttestedCredential.Key.Algorithm);
        Assert.True(data.Extensions.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Verify_OfficialAssertion_IsOfTheKeyThatWasRegistered(string name)
    {
        var (attestation, _, _) = Read(name);
        var authentication = OfficialVectors.Find(name).GetProperty("authentication");
        var key = attestation.AuthenticatorData.AttestedCredential!.Key;
        byte[] signed = [.. OfficialVectors.Hex(authentication, "authenticatorData"), .. SHA256.HashData(OfficialVectors.Hex(authentication, "clientDataJSON"))];

        Assert.True(key.Key.Verify(key.Signature, signed, OfficialVectors.Hex(authentication, "signature")));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Verify_OtherClientData_IsRefusedUnlessNothingIsSigned(string name)
    {
        var (attestation, hash, _) = Read(name);
        hash[0] ^= 1;

        var result = AttestationVerifier.Verify(attestation, hash, Rules(OfficialRoot()));

        var expected = attestation.Format switch
        {
            AttestationFormats.None => null,
            AttestationFormats.Tpm => Fido2ErrorCodes.AttestationTpmExtraData,
            AttestationFormats.Apple => Fido2ErrorCodes.AttestationAppleNonce,
            _ => Fido2ErrorCodes.AttestationSignatureInvalid,
        };
        Assert.Equal(expected, result.Error?.Code);
    }

    private static TrustAnchor OfficialRoot() =>
        TrustAnchor.FromCertificate(Certificate.Parse(OfficialVectors.Hex(OfficialVectors.Read(), "attestationRootCertificate")).Value!);

    private static AttestationRules Rules(TrustAnchor anchor) =>
        new() { Policy = new() { Anchors = [anchor] }, Algorithms = AlgorithmPolicy.Default, At = At };

    private static (AttestationObject Attestation, byte[] Hash, JsonElement Expected) Read(string name)
    {
        var registration = OfficialVectors.Find(name).GetProperty("registration");
        var parsed = AttestationObject.Parse(OfficialVectors.Hex(registration, "attestationObject"));
        Assert.True(parsed.Succeeded, parsed.Error?.ToString());
        return (parsed.Value, SHA256.HashData(OfficialVectors.Hex(registration, "clientDataJSON")), registration.GetProperty("expected"));
    }
}
