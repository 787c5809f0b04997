using System.Text.Json.Nodes;
using MedId.Fido.Metadata;
using MedId.Testing;

namespace MedId.Fido.Uaf.Tests;

/// <summary>Mistakes seen in deployed servers, one test each; those of storage and hosting are tests of the hosts.</summary>
public sealed class PitfallTests
{
    private static readonly UafTransaction[] Transaction = [UafTransaction.FromText("line")];

    // fcParams looked at and not held against the request: an old answer replays.
    [Fact]
    public void OldAnswer_ToAnotherRequest_IsRefused()
    {
        var ceremony = new Ceremony();
        var registration = ceremony.Registered();
        var old = ceremony.Authenticator.Authenticate(ceremony.AuthenticationRequest().Json, Ceremony.Facet);
        var fresh = ceremony.AuthenticationRequest();
        Ceremony.Refused(UafErrorCodes.ChallengeMismatch, new UafAuthenticationVerifier().Verify(ceremony.ExpectAuthentication(fresh, null, registration), old));

        // The fresh fcParams around the old signature do not help.
        var mixed = JsonNode.Parse(ceremony.Authenticator.Authenticate(fresh.Json, Ceremony.Facet))!;
        mixed[0]!["assertions"] = JsonNode.Parse(old)![0]!["assertions"]!.DeepClone();
        Ceremony.Refused(UafErrorCodes.FinalChallengeMismatch, new UafAuthenticationVerifier().Verify(ceremony.ExpectAuthentication(fresh, null, registration), mixed.ToJsonString()));
    }

    // A failed attestation noted and the key registered all the same.
    [Fact]
    public void FailedAttestation_RegistersNothing() => Assert.Null(new Ceremony().Register(UafFault.ForeignKey).Value);

    // Surrogate attestation of a model that can prove itself.
    [Fact]
    public void SurrogateOfAttestedModel_IsRefused()
    {
        // Also where the metadata lists both kinds.
        var ceremony = new Ceremony();
        ceremony.Metadata = new UafMetadataSet([ceremony.Statement with { AttestationTypes = [UafAttestationType.BasicFull, UafAttestationType.BasicSurrogate] }]);
        Ceremony.Refused(UafErrorCodes.AttestationDowngrade, ceremony.Register(UafFault.SurrogateAttestation));
    }

    // The algorithm guessed from the signature's length or the certificate.
    [Fact]
    public void AlgorithmOtherThanStated_IsRefused()
    {
        var ceremony = new Ceremony(new SoftwareUafModelOptions { Algorithm = FidoAlgorithm.EcdsaP256Sha256Der });
        ceremony.Metadata = new UafMetadataSet([ceremony.Statement with { AuthenticationAlgorithms = [FidoAlgorithm.EcdsaP256Sha256Raw, FidoAlgorithm.EcdsaP256Sha256Der] }]);
        Ceremony.Refused(UafErrorCodes.AttestationSignatureInvalid, ceremony.Register(UafFault.OtherAlgorithm));
    }

    // The key decides who the user is.
    [Fact]
    public void KeyOfAnotherUser_IsNotTheSessionsUser()
    {
        var ceremony = new Ceremony();
        var registration = ceremony.Registered();
        Ceremony.Refused(UafErrorCodes.KeyOfOtherUser, ceremony.Authenticate(registration with { User = "somebody else" }));
        Ceremony.Refused(UafErrorCodes.KeyUnknown, ceremony.Authenticate(registration, change: expected => expected with { Registrations = [] }));
    }

    // A flat map of tags, in which an unsigned one shadows the signed one.
    [Fact]
    public void OuterTags_NeverShadowSignedOnes()
    {
        var ceremony = new Ceremony();
        var registration = ceremony.Registered();
        Ceremony.Refused(UafErrorCodes.TagUnexpected, ceremony.Register(UafFault.ShadowingOuterTags));
        Ceremony.Refused(UafErrorCodes.TagUnexpected, ceremony.Authenticate(registration, UafFault.ShadowingOuterTags));
    }

    // A transaction asked for, and an answer taken that confirms none.
    [Fact]
    public void AnswerWithoutTheTransaction_IsRefused()
    {
        var ceremony = new Ceremony();
        var registration = ceremony.Registered();
        var request = ceremony.AuthenticationRequest();
        var response = ceremony.Authenticator.Authenticate(request.Json, Ceremony.Facet);
        Ceremony.Refused(UafErrorCodes.Mode, new UafAuthenticationVerifier().Verify(ceremony.ExpectAuthentication(request, Transaction, registration), response));
    }

    // The hash of the transaction's text on the wire instead of its bytes.
    [Fact]
    public void TransactionHash_IsOverTheDecodedBytes()
    {
        var ceremony = new Ceremony();
        Ceremony.Refused(UafErrorCodes.TransactionMismatch, ceremony.Authenticate(ceremony.Registered(), UafFault.TransactionHashOverBase64Url, Transaction));
    }

    // The counter judged before the signature: a stranger could lock the account.
    [Fact]
    public void Counter_IsJudgedAfterTheSignature()
    {
        var ceremony = new Ceremony();
        var steps = new List<UafStep>();
        ceremony.Authenticate(ceremony.Registered() with { SignCounter = 1000 }, UafFault.TamperedSignature, steps: steps);
        Assert.Equal(19, steps[^1].Number);
    }

    // Equal counters taken.
    [Fact]
    public void EqualCounter_IsRefused()
    {
        var ceremony = new Ceremony();
        Ceremony.Refused(UafErrorCodes.CounterNotAdvanced, ceremony.Authenticate(ceremony.Registered() with { SignCounter = 1 }));
    }

    // Suffix and wildcard matching of facets.
    [Fact]
    public void FacetWithSuffix_IsRefused() => Ceremony.Refused(UafErrorCodes.FacetUntrusted, new Ceremony().Register(UafFault.OtherFacet));

    // Several spellings of one message.
    [Theory]
    [InlineData(UafFault.PaddedAssertion)]
    [InlineData(UafFault.PaddedFinalChallengeParams)]
    [InlineData(UafFault.LineBreakInAssertion)]
    public void LooseEncoding_IsRefused(UafFault fault) => Ceremony.Refused(UafErrorCodes.Encoding, new Ceremony().Register(fault));

    // A point that is not on the curve, and DER that is none.
    [Fact]
    public void PointOffTheCurve_IsRefused()
    {
        Ceremony.Refused(UafErrorCodes.PublicKeyInvalid, new Ceremony().Register(UafFault.PointOffCurve));
        Ceremony.Refused(
            UafErrorCodes.PublicKeyInvalid,
            new Ceremony(new SoftwareUafModelOptions { KeyFormat = FidoKeyFormat.EccX962Der }).Register(UafFault.PointOffCurve));
    }

    // The attestation's signature over the data and its hash, one after the other.
    [Fact]
    public void RsaAttestation_IsOverTheElementAlone()
    {
        var ceremony = new Ceremony(new SoftwareUafModelOptions { Algorithm = FidoAlgorithm.RsaPssSha256Raw, KeyFormat = FidoKeyFormat.Rsa2048Der });
        Ceremony.Accepted(ceremony.Register());
        Ceremony.Refused(UafErrorCodes.AttestationSignatureInvalid, ceremony.Register(UafFault.SignatureWithoutHeader));
    }

    // Algorithm numbers and counters read by signed bytes, big-endian, or of another size.
    [Fact]
    public void Numbers_AreLittleEndianAndUnsigned()
    {
        var ceremony = new Ceremony();
        var registration = ceremony.Registered() with { SignCounter = 0x00FFFFFF };
        Ceremony.Refused(UafErrorCodes.CounterNotAdvanced, ceremony.Authenticate(registration));
        Assert.Equal(UafSignCounterVerdict.Advanced, UafSignCounter.Judge(0x7FFFFFFF, 0x80000000, isKeyRestricted: true));
        Ceremony.Refused(UafErrorCodes.FieldLength, ceremony.Authenticate(registration, UafFault.WrongCounterSize));
    }

    // Server data in clear, replayable, or used as a key into a store.
    [Fact]
    public void ServerData_OfAnotherRequest_IsRefused() => Ceremony.Refused(UafErrorCodes.ServerDataMismatch, new Ceremony().Register(UafFault.OtherServerData));

    // A deregistration by whoever knows model and KeyID: the request is the server's own, and selects among the user's registrations alone.
    [Fact]
    public void Deregistration_SelectsAmongWhatItIsGiven()
    {
        var registration = new Ceremony().Registered();
        var request = DeregistrationRequest.Parse(new UafRequestFactory(Ceremony.AppId).CreateDeregistration(DeregisterAuthenticator.Everything).Json).Value[0];
        Assert.Equal([registration], request.Select([registration]));
        Assert.Empty(request.Select([]));
    }

    // A facet list for version 1.0 alone.
    [Fact]
    public void FacetList_OfOneVersion_ServesThatVersionAlone()
    {
        var list = new TrustedFacetList(new Dictionary<UafVersion, IReadOnlyList<string>> { [UafVersion.V10] = [Ceremony.Facet] });
        Ceremony.Refused(UafErrorCodes.FacetUntrusted, new Ceremony().Register(change: expected => expected with { TrustedFacets = list }));
        Assert.Equal(3, new TrustedFacetList(Ceremony.Facet).Facets.Count);
    }

    // KeyIDs in the request to somebody who is not known yet.
    [Fact]
    public void RequestToAnyone_NamesNoKeys() =>
        Assert.All(UafPolicy.ForAnyone([new Ceremony().Statement]).Accepted.SelectMany(alternative => alternative), criteria => Assert.Empty(criteria.KeyIds));

    // A status report that nobody read. (Stale and rolled-back metadata are tested in MedId.Fido.Metadata.)
    [Fact]
    public void RevokedModel_IsRefused()
    {
        var ceremony = new Ceremony();
        ceremony.Metadata = new UafMetadataSet([ceremony.Statement], [ceremony.Statement.Aaid]);
        Ceremony.Refused(UafErrorCodes.AuthenticatorRevoked, ceremony.Register());
    }

    // Assertions without end, deep nesting, pictures that unpack to gigabytes.
    [Fact]
    public void Limits_StandBeforeTheWork()
    {
        var ceremony = new Ceremony();
        var request = ceremony.RegistrationRequest();
        var response = JsonNode.Parse(ceremony.Authenticator.Register(request.Json, Ceremony.Facet))!;
        var assertions = response[0]!["assertions"]!.AsArray();
        while (assertions.Count < 9)
        {
            assertions.Add(assertions[0]!.DeepClone());
        }

        Ceremony.Refused(UafErrorCodes.ResponseMalformed, RegistrationResponse.Parse(response.ToJsonString()));
        Ceremony.Refused(UafErrorCodes.NotJson, RegistrationResponse.Parse(new string('[', 200_000)));

        // 3E01 inside 3E01, as deep as 4096 bytes allow.
        var deep = Array.Empty<byte>();
        while (deep.Length < 4092)
        {
            deep = [0x01, 0x3E, (byte)deep.Length, (byte)(deep.Length >> 8), .. deep];
        }

        Assert.Equal(UafErrorCodes.TagUnexpected, RegistrationAssertion.Read(deep, out _)?.Code);
        Ceremony.Refused(UafErrorCodes.AssertionMalformed, UafInspection.Read(deep));
    }

    // Several authenticators together: all of one user, none twice, the alternative complete.
    [Fact]
    public void SeveralAssertions_CompleteTheirAlternativeTogether()
    {
        var first = new Ceremony();
        var second = new Ceremony(new SoftwareUafModelOptions { Aaid = "FFFF#5A02" });
        var registrations = new[] { first.Registered(), second.Registered() };
        foreach (var ceremony in new[] { first, second })
        {
            ceremony.Metadata = new UafMetadataSet([first.Statement, second.Statement]);
            ceremony.Policy = new UafPolicy { Accepted = [[new MatchCriteria { Aaids = [first.Statement.Aaid] }, new MatchCriteria { Aaids = [second.Statement.Aaid] }]] };
        }

        var request = first.AuthenticationRequest();
        var both = JsonNode.Parse(first.Authenticator.Authenticate(request.Json, Ceremony.Facet))!;
        var one = both.ToJsonString();
        both[0]!["assertions"]!.AsArray().Add(JsonNode.Parse(second.Authenticator.Authenticate(request.Json, Ceremony.Facet))![0]!["assertions"]![0]!.DeepClone());
        var verifier = new UafAuthenticationVerifier();
        var expected = first.ExpectAuthentication(request, null, registrations);

        var evidence = verifier.VerifyAll(expected, AuthenticationResponse.Parse(both.ToJsonString()).Value!);
        Assert.Equal(2, evidence.Value.Length);
        Assert.Equal(UafErrorCodes.PolicyNotMet, verifier.VerifyAll(expected, AuthenticationResponse.Parse(one).Value!).Error!.Code);
        Assert.Equal(UafErrorCodes.AssertionCount, verifier.Verify(expected, both.ToJsonString()).Error!.Code);

        // Of two users, with nobody named.
        var strangers = expected with { User = null, Registrations = [registrations[0], registrations[1] with { User = "somebody else" }] };
        Assert.Equal(UafErrorCodes.KeyOfOtherUser, verifier.VerifyAll(strangers, AuthenticationResponse.Parse(both.ToJsonString()).Value!).Error!.Code);

        // One of the two refused: the alternative is not complete, and the refusal says why.
        var counted = expected with { Registrations = [registrations[0] with { SignCounter = 9 }, registrations[1]] };
        Assert.Equal(UafErrorCodes.CounterNotAdvanced, verifier.VerifyAll(counted, AuthenticationResponse.Parse(both.ToJsonString()).Value!).Error!.Code);
    }
}
