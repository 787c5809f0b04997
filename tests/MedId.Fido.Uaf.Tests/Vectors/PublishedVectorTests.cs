using System.Text.Json;
using MedId.Cryptography;
using MedId.Fido.Metadata;
using MedId.TestSupport;

namespace MedId.Fido.Uaf.Tests;

/// <summary>Assertions and messages of real authenticators and of the specification, with values decoded by an independent parser.</summary>
public sealed class PublishedVectorTests
{
    private const string Published = "github.com/eBay/UAF (Apache-2.0, test sources) and github.com/fido-alliance/conformance-test-tools-resources";

    public static TheoryData<string> Registrations { get; } = ["abcd-abcd-reg-1", "138a-4202-reg-1"];

    public static TheoryData<string> Authentications { get; } = ["abcd-abcd-auth-1", "138a-4202-auth-1", "0012-0001-auth-1", "ffff-fc03-auth-1"];

    [Theory]
    [MemberData(nameof(Registrations))]
    public void Read_Registration_GivesTheDecodedValues(string id)
    {
        var vector = Vector(id);
        var expect = vector.GetProperty("expect");
        Assert.Null(RegistrationAssertion.Read(Assertion(vector), out var read));
        Assert.Equal(Text(expect, "aaid"), read.Aaid.ToString());
        Assert.Equal(Text(expect, "keyId_hex"), Hex(read.KeyId));
        Assert.Equal(Text(expect, "finalChallengeHash_hex"), Hex(read.FinalChallengeHash));
        Assert.Equal(Text(expect, "publicKey_hex"), Hex(read.PublicKey));
        Assert.Equal(Number(expect, "signCounter_first4le"), read.SignCounter);
        Assert.Equal(Number(expect, "regCounter_last4le"), read.RegistrationCounter);
        Assert.Equal(Number(expect, "authenticatorVersion"), read.Info.AuthenticatorVersion);
        Assert.Equal(Number(expect, "signatureAlg"), (uint)read.Info.Algorithm);
        Assert.Equal(Number(expect, "publicKeyFormat"), (uint)read.Info.KeyFormat);
        Assert.Equal(UafAttestationType.BasicFull, read.Attestation.Type);
        Assert.Equal((int)Number(expect, "attestationCertCount"), read.Attestation.Certificates.Count);
    }

    [Theory]
    [MemberData(nameof(Authentications))]
    public void Read_Authentication_GivesTheDecodedValues(string id)
    {
        var vector = Vector(id);
        var expect = vector.GetProperty("expect");
        Assert.Null(SignAssertion.Read(Assertion(vector), out var read));
        Assert.Equal(Text(expect, "aaid"), read.Aaid.ToString());
        Assert.Equal(Text(expect, "keyId_hex"), Hex(read.KeyId));
        Assert.Equal(Text(expect, "finalChallengeHash_hex"), Hex(read.FinalChallengeHash));
        Assert.Equal(Text(expect, "transactionContentHash_hex"), Hex(read.TransactionContentHash));
        Assert.Equal(Number(expect, "signCounter_first4le"), read.SignCounter);
        Assert.Equal(Number(expect, "authenticationMode"), read.Info.Mode);
        Assert.Equal(Number(expect, "signatureAlg"), (uint)read.Info.Algorithm);
    }

    [Theory]
    [MemberData(nameof(Registrations))]
    public void Verify_AttestationOfRealAuthenticator_Holds(string id)
    {
        var vector = Vector(id);
        Assert.Null(RegistrationAssertion.Read(Assertion(vector), out var read));
        Assert.True(SignatureAlgorithm.TryFromUaf((ushort)read.Info.Algorithm, out var algorithm));
        var key = MedId.Pki.Certificate.Parse(read.Attestation.Certificates[0]).Value!.ReadPublicKey().Value!;
        Assert.True(key.Verify(algorithm, read.SignedBytes, read.Attestation.Signature));
        Assert.False(key.Verify(algorithm, read.SignedBytes[TlvReader.HeaderBytes..], read.Attestation.Signature));
    }

    [Theory]
    [InlineData("abcd-abcd-auth-1")]
    [InlineData("138a-4202-auth-1")]
    public void Verify_SignatureOfRealAuthenticator_HoldsUnderItsRegisteredKey(string id)
    {
        var vector = Vector(id);
        Assert.Null(SignAssertion.Read(Assertion(vector), out var read));
        Assert.Null(RegistrationAssertion.Read(Assertion(Vector(Text(vector, "registeredBy"))), out var registered));
        Assert.True(SignatureAlgorithm.TryFromUaf((ushort)read.Info.Algorithm, out var algorithm));
        var encoding = UafPublicKey.Encoding(registered.Info.KeyFormat, algorithm, registered.PublicKey, Tolerance.Strict)!.Value;
        var key = new PublicKeyCache().GetOrImport(encoding, registered.PublicKey).Value!;
        Assert.True(key.Verify(algorithm, read.SignedBytes, read.Signature));
    }

    [Theory]
    [InlineData("abcd-abcd-reg-1")]
    [InlineData("abcd-abcd-auth-1")]
    [InlineData("ffff-fc03-auth-1")]
    public void FinalChallenge_TextAsReceived_HashesToTheSignedValue(string id)
    {
        var vector = Vector(id);
        var final = FinalChallengeParams.Parse(Text(vector, "fcParams"), "test").Value!;
        var hash = new byte[32];
        Assert.Equal(32, ResponseChecks.HashFinalChallenge(final, SignatureAlgorithm.ES256, hash));
        Assert.Equal(Text(vector.GetProperty("expect"), "finalChallengeHash_hex"), Hex(hash));
    }

    [Fact]
    public void Verify_SpecificationRoundTrip_IsAccepted()
    {
        var (registration, metadata) = Register("spec-regresponse.json", "abcd-abcd-reg-1");
        var stored = Ceremony.Accepted(registration);
        Assert.Equal("ABCD#ABCD", stored.Aaid.ToString());
        Assert.True(stored.IsAttested);

        var response = AuthenticationResponse.Parse(Message("spec-authresponse.json")).Value!;
        Assert.Equal(stored.Reference, Assert.Single(response.GetKeys()));
        var expected = Expected(new UafAuthenticationExpectations
        {
            AppId = response.FinalChallenge.AppId,
            Challenge = AuthenticationRequest.Parse(Message("spec-authrequest.json")).Value[0].Challenge,
            ChallengeExpiresAt = DateTimeOffset.MaxValue,
            Policy = UafPolicy.ForKeys(stored),
            TrustedFacets = new TrustedFacetList("com.noknok.android.sampleapp"),
            Metadata = metadata,
            Now = Ceremony.Now,
            User = stored.User,
            Registrations = [stored],
        });
        var evidence = Ceremony.Accepted(new UafAuthenticationVerifier().Verify(expected, response));
        Assert.Equal((1u, 2u), (stored.SignCounter, evidence.SignCounter));
        Ceremony.Refused(
            UafErrorCodes.CounterNotAdvanced, new UafAuthenticationVerifier().Verify(expected with { Registrations = [stored with { SignCounter = 2 }] }, response));

        UafAuthenticationExpectations Expected(UafAuthenticationExpectations facts) => facts with { ServerData = response.Header.ServerData };
    }

    [Fact]
    public void Verify_FinalChallengeOfAnotherMessage_IsRefused()
    {
        var (registration, _) = Register("138a-regresponse.json", "138a-4202-reg-1");
        Ceremony.Refused(UafErrorCodes.FinalChallengeMismatch, registration);
    }

    [Fact]
    public void Read_KeyIdOf15Bytes_IsRefused()
    {
        Assert.Equal(UafErrorCodes.KeyIdLength, RegistrationAssertion.Read(Assertion(Vector("eba0-0001-reg-1")), out _)?.Code);
        Assert.Equal(UafErrorCodes.KeyIdLength, SignAssertion.Read(Assertion(Vector("eba0-0001-auth-1")), out _)?.Code);
    }

    [Fact]
    public void Inspect_KeyIdOf15Bytes_SaysHowItDeparts()
    {
        // A deployed authenticator: its attestation holds. Its KeyID is too short, and behind that leniency stands a nonce where a registration has none.
        var registration = Ceremony.Accepted(UafInspection.Read(Assertion(Vector("eba0-0001-reg-1"))));
        Assert.Equal((UafErrorCodes.KeyIdLength, true), (registration.Problem?.Code, registration.VerifySignature()));
        Assert.Equal(15, registration.KeyId!.Value.Length);
        Assert.Equal(UafErrorCodes.TagUnexpected, RegistrationAssertion.Read(Assertion(Vector("eba0-0001-reg-1")), out _, Tolerance.Of(UafLeniencies.KeyIdLength))?.Code);

        // Its authentication also has counters of 8 bytes, which no leniency takes.
        Assert.Equal(
            UafErrorCodes.FieldLength,
            SignAssertion.Read(Assertion(Vector("eba0-0001-auth-1")), out _, Tolerance.Of(UafLeniencies.KeyIdLength | UafLeniencies.KeyHandleKeyIds))?.Code);
    }

    [Fact]
    public void Verify_DerWithoutLeadingZeros_IsMadeStrictByItsLeniencyAlone()
    {
        // ffff-fc03: the vector has no public key, so that the form is what can be said of it.
        Assert.Null(SignAssertion.Read(Assertion(Vector("ffff-fc03-auth-1")), out var read));
        Assert.True(LooseDer.TryNormalise(read.Signature, out var strict));
        Assert.NotEqual(Convert.ToHexString(read.Signature), Convert.ToHexString(strict));
        Assert.Equal(read.Signature.Length + 2, strict.Length);
        var inspection = Ceremony.Accepted(UafInspection.Read(Assertion(Vector("ffff-fc03-auth-1"))));
        Assert.True(inspection.VerifyFinalChallenge(Text(Vector("ffff-fc03-auth-1"), "fcParams")));
        Assert.Null(inspection.VerifySignature());
    }

    [Theory]
    [InlineData("abcd-abcd-reg-1")]
    [InlineData("138a-4202-reg-1")]
    [InlineData("abcd-abcd-auth-1")]
    [InlineData("138a-4202-auth-1")]
    [InlineData("0012-0001-auth-1")]
    [InlineData("eba0-0001-reg-1")]
    [InlineData("eba0-0001-auth-1")]
    [InlineData("ffff-fc03-auth-1")]
    public void Inspect_EveryVector_GivesTheDecodedValues(string id)
    {
        var vector = Vector(id);
        var expect = vector.GetProperty("expect");
        var inspection = Ceremony.Accepted(UafInspection.Read(Assertion(vector)));
        Assert.Equal(Text(expect, "aaid"), inspection.Aaid);
        Assert.Equal(Text(expect, "keyId_hex"), Hex(inspection.KeyId!.Value.Span));
        Assert.Equal(Number(expect, "signCounter_first4le"), inspection.SignCounter);
        Assert.Equal(Number(expect, "signatureAlg"), (uint)inspection.Info!.Value.Algorithm);
        if (vector.TryGetProperty("fcParams", out var fcParams))
        {
            // 138a's fcParams are of another message.
            Assert.Equal(id != "138a-4202-reg-1", inspection.VerifyFinalChallenge(fcParams.GetString()!));
        }
    }

    [Fact]
    public void Verify_SpecificationRoundTrip_NeedsNoLeniencyButThePinnedCertificateOfItsVersion()
    {
        // X.509 version 1, signed with SHA-1, ended in 2017: it holds because the metadata pins it, and under no authority would it.
        var (registration, _) = Register("spec-regresponse.json", "abcd-abcd-reg-1");
        var certificate = MedId.Pki.Certificate.Parse(Ceremony.Accepted(registration).AttestationCertificate).Value!;
        Assert.Equal((1, true), (certificate.Version, certificate.NotAfter < Ceremony.Now));
    }

    [Fact]
    public void Parse_SpecificationRequests_GiveTheirMembers()
    {
        var registration = RegistrationRequest.Parse(Message("spec-regrequest.json")).Value[0];
        Assert.Equal(("apa", 7, 3), (registration.Username, registration.Policy.Accepted.Count, registration.Policy.Disallowed.Count));
        Assert.Equal(4, registration.Policy.Accepted[6].Count);
        Assert.Equal(UserVerificationMethods.None, registration.Policy.Accepted[0][0].UserVerification);

        var deregistration = DeregistrationRequest.Parse(Message("spec-deregrequest.json")).Value[0];
        Assert.Equal("ABCD#ABCD", Assert.Single(deregistration.Authenticators).Aaid.ToString());
    }

    [Fact]
    public void Parse_MessageWithoutItsArray_IsRefused()
    {
        var bare = File.ReadAllText(TestVectors.RequireVectors("uaf/messages/spec-regresponse.json", Published));
        Ceremony.Refused(UafErrorCodes.ResponseMalformed, RegistrationResponse.Parse(bare));
    }

    private static (MedId.Core.MedIdResult<UafRegistration> Result, UafMetadataSet Metadata) Register(string message, string id)
    {
        Assert.Null(RegistrationAssertion.Read(Assertion(Vector(id)), out var read));
        var metadata = new UafMetadataSet([new UafMetadataStatement
        {
            Aaid = read.Aaid,
            AuthenticatorVersion = 1,
            AuthenticationAlgorithms = [read.Info.Algorithm],
            PublicKeyFormats = [read.Info.KeyFormat],
            AttestationTypes = [UafAttestationType.BasicFull],
            AttestationRootCertificates = [read.Attestation.Certificates[0]],
            UserVerification = [UserVerificationMethods.Fingerprint],
            KeyProtection = KeyProtections.Software,
            MatcherProtection = MatcherProtections.Software,
        }]);
        var response = RegistrationResponse.Parse(Message(message)).Value!;
        var expected = new UafRegistrationExpectations
        {
            AppId = response.FinalChallenge.AppId,
            Challenge = RegistrationRequest.Parse(Message("spec-regrequest.json")).Value[0].Challenge,
            ChallengeExpiresAt = DateTimeOffset.MaxValue,
            Policy = UafPolicy.ForModels(read.Aaid),
            TrustedFacets = new TrustedFacetList("com.noknok.android.sampleapp"),
            Metadata = metadata,
            Now = Ceremony.Now,
            ServerData = response.Header.ServerData,
            User = "apa",
        };
        return (new UafRegistrationVerifier().Verify(expected, response), metadata);
    }

    // The specification's example and the vendor's stand alone in their files; on the wire a message is an array.
    private static string Message(string file)
    {
        var text = File.ReadAllText(TestVectors.RequireVectors("uaf/messages/" + file, Published));
        return text.AsSpan().TrimStart().StartsWith("[") ? text : $"[{text}]";
    }

    private static JsonElement Vector(string id)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(TestVectors.RequireVectors("uaf/vectors.json", Published)));
        return document.RootElement.EnumerateArray().Single(vector => Text(vector, "id") == id).Clone();
    }

    private static byte[] Assertion(JsonElement vector) => StrictBase64Url.TryDecode(Text(vector, "assertion"), out var bytes) ? bytes : throw new FormatException();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static uint Number(JsonElement element, string name) => element.GetProperty(name).GetUInt32();

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
