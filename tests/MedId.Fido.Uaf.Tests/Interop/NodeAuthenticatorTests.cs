using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf.Tests;

/// <summary>The verifier against an authenticator that was written from the standard alone: every algorithm, key format and attestation, every fault, and our requests in its eyes.</summary>
[Trait("Peer", "node")]
public sealed class NodeAuthenticatorTests(NodeAuthenticatorFixture fixture) : IClassFixture<NodeAuthenticatorFixture>
{
    private const string Model = "FFFF#5B01";

    private static readonly UafRequestFactory Factory = new(Ceremony.AppId);
    private static readonly UafTransaction Text = UafTransaction.FromText("Show my prescriptions");
    private static readonly UafTransaction Picture = UafTransaction.FromPng(TestPng.Rgb(4, 1));

    public static TheoryData<FidoAlgorithm, FidoKeyFormat> Algorithms
    {
        get
        {
            var rows = new TheoryData<FidoAlgorithm, FidoKeyFormat>();
            foreach (var algorithm in Enum.GetValues<FidoAlgorithm>().Where(one => one is not (FidoAlgorithm.Sm2Sm3Raw or FidoAlgorithm.RsaPkcs1V15Sha1Raw)))
            {
                var isRsa = algorithm.ToString().StartsWith("Rsa", StringComparison.Ordinal);
                var isEdwards = algorithm is FidoAlgorithm.Ed25519Raw or FidoAlgorithm.Ed448Raw;
                foreach (var format in Enum.GetValues<FidoKeyFormat>())
                {
                    if (format == FidoKeyFormat.Cose || (isRsa ? format >= FidoKeyFormat.Rsa2048Raw : format == FidoKeyFormat.EccX962Der || (format == FidoKeyFormat.EccX962Raw && !isEdwards)))
                    {
                        rows.Add(algorithm, format);
                    }
                }
            }

            return rows;
        }
    }

    /// <summary>Each fault with the code that it is refused with.</summary>
    public static IReadOnlyDictionary<string, string> Codes { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["wrongChallenge"] = UafErrorCodes.ChallengeMismatch,
        ["shortChallenge"] = UafErrorCodes.FinalChallengeParamsMalformed,
        ["noFacet"] = UafErrorCodes.FinalChallengeParamsMalformed,
        ["foreignFacet"] = UafErrorCodes.FacetUntrusted,
        ["appIdNumber"] = UafErrorCodes.FinalChallengeParamsMalformed,
        ["foreignAppId"] = UafErrorCodes.AppIdMismatch,
        ["noChannelBinding"] = UafErrorCodes.FinalChallengeParamsMalformed,
        ["nullChannelBinding"] = UafErrorCodes.FinalChallengeParamsMalformed,
        ["paddedFcParams"] = UafErrorCodes.Encoding,
        ["hashOfDecoded"] = UafErrorCodes.FinalChallengeMismatch,
        ["opLowerCase"] = UafErrorCodes.ResponseMalformed,
        ["upv17"] = UafErrorCodes.VersionUnsupported,
        ["upvEmpty"] = UafErrorCodes.ResponseMalformed,
        ["serverDataNumber"] = UafErrorCodes.ResponseMalformed,
        ["otherServerData"] = UafErrorCodes.ServerDataMismatch,
        ["noHeader"] = UafErrorCodes.ResponseMalformed,
        ["nullFcParams"] = UafErrorCodes.ResponseMalformed,
        ["noAssertions"] = UafErrorCodes.ResponseMalformed,
        ["otherScheme"] = UafErrorCodes.SchemeMismatch,
        ["paddedAssertion"] = UafErrorCodes.Encoding,
        ["twoVersions"] = UafErrorCodes.VersionDuplicate,
        ["noArray"] = UafErrorCodes.ResponseMalformed,
        ["trailingBytes"] = UafErrorCodes.TrailingBytes,
        ["swappedOuterTag"] = UafErrorCodes.TagUnexpected,
        ["overrun"] = UafErrorCodes.AssertionMalformed,
        ["noAaid"] = UafErrorCodes.TagMissing,
        ["otherAaid"] = UafErrorCodes.AaidUnknown,
        ["noInfo"] = UafErrorCodes.TagMissing,
        ["longInfo"] = UafErrorCodes.FieldLength,
        ["modeZero"] = UafErrorCodes.Mode,
        ["otherAlgorithm"] = UafErrorCodes.AlgorithmMismatch,
        ["otherKeyFormat"] = UafErrorCodes.KeyFormatMismatch,
        ["wrongFinalChallenge"] = UafErrorCodes.FinalChallengeMismatch,
        ["emptyFinalChallenge"] = UafErrorCodes.FieldLength,
        ["sha1FinalChallenge"] = UafErrorCodes.FinalChallengeMismatch,
        ["shortKeyId"] = UafErrorCodes.KeyIdLength,
        ["longKeyId"] = UafErrorCodes.KeyIdLength,
        ["twoKeyIds"] = UafErrorCodes.TagDuplicate,
        ["countersSize"] = UafErrorCodes.FieldLength,
        ["bigEndianCounter"] = UafErrorCodes.CounterNotAdvanced,
        ["emptyPublicKey"] = UafErrorCodes.FieldLength,
        ["brokenPublicKey"] = UafErrorCodes.PublicKeyInvalid,
        ["unknownCriticalTag"] = UafErrorCodes.TagUnknownCritical,
        ["unknownExtension"] = UafErrorCodes.ExtensionUnknown,
        ["outerKeyId"] = UafErrorCodes.TagUnexpected,
        ["outerChallenge"] = UafErrorCodes.TagUnexpected,
        ["shortNonce"] = UafErrorCodes.NonceLength,
        ["noNonce"] = UafErrorCodes.TagMissing,
        ["noTransactionHash"] = UafErrorCodes.TagMissing,
        ["otherTransactionHash"] = UafErrorCodes.TransactionMismatch,
        ["transactionOverText"] = UafErrorCodes.TransactionMismatch,
        ["transactionDropped"] = UafErrorCodes.Mode,
        ["oldCounter"] = UafErrorCodes.CounterNotAdvanced,
        ["brokenSignature"] = "signature",
        ["emptySignature"] = UafErrorCodes.FieldLength,
        ["signatureWithoutHeader"] = "signature",
        ["foreignKey"] = "signature",
        ["noAttestation"] = UafErrorCodes.AttestationMissing,
        ["surrogateForFull"] = UafErrorCodes.AttestationDowngrade,
        ["ecdaa"] = UafErrorCodes.EcdaaUnsupported,
        ["noCertificate"] = UafErrorCodes.TagMissing,
        ["garbageCertificate"] = UafErrorCodes.AttestationUntrusted,
        ["foreignCertificate"] = UafErrorCodes.AttestationUntrusted,
        ["missingAuthority"] = UafErrorCodes.AttestationUntrusted,
        ["authorityThatIsNone"] = UafErrorCodes.AttestationUntrusted,
        ["expiredCertificate"] = UafErrorCodes.AttestationUntrusted,
        ["version1Certificate"] = UafErrorCodes.AttestationUntrusted,
    };

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Verify_EachAlgorithmAndKeyFormat_RegistersAndAuthenticates(FidoAlgorithm algorithm, FidoKeyFormat format)
    {
        var node = fixture.Node;
        foreach (var attestation in (string[])["surrogate", "chain"])
        {
            var model = node.Model(Model, algorithm, format, attestation);
            var registration = Ceremony.Accepted(Register(node, model));
            Assert.Equal(attestation == "chain", registration.IsAttested);
            Ceremony.Accepted(Authenticate(node, model, registration, []));
            var confirmed = Ceremony.Accepted(Authenticate(node, model, registration with { SignCounter = 1 }, [Picture, Text]));
            Assert.Same(Text, confirmed.ConfirmedTransaction);
            Ceremony.Refused(UafErrorCodes.SignatureInvalid, Authenticate(node, model, registration with { SignCounter = 2 }, [], "foreignKey"));
        }
    }

    [Theory]
    [InlineData("pinned")]
    [InlineData("root")]
    [InlineData("authority")]
    [InlineData("chain")]
    public void Verify_EachPlaceOfTheAnchor_Holds(string attestation)
    {
        var node = fixture.Node;
        var model = node.Model(Model, FidoAlgorithm.EcdsaP256Sha256Der, FidoKeyFormat.EccX962Der, attestation);
        Assert.True(Ceremony.Accepted(Register(node, model)).IsAttested);
    }

    [Fact]
    public void Verify_PictureConfirmed_IsThePictureThatFits()
    {
        var node = fixture.Node;
        var model = node.Model(Model, FidoAlgorithm.EcdsaP256Sha256Raw, FidoKeyFormat.EccX962Raw, "root", "png");
        var registration = Ceremony.Accepted(Register(node, model));
        Assert.Equal(4u, Assert.Single(registration.PngCharacteristics).Width);
        var large = UafTransaction.FromPng(TestPng.Rgb(8, 2));
        Assert.Same(Picture, Ceremony.Accepted(Authenticate(node, model, registration, [large, Text, Picture])).ConfirmedTransaction);
        Assert.Throws<InvalidOperationException>(() => Authenticate(node, model, registration, [large, Text]));
    }

    [Fact]
    public void Verify_NoCounters_AreTakenForWhatTheyAre()
    {
        var node = fixture.Node;
        var model = node.Model(Model, FidoAlgorithm.EcdsaP256Sha256Raw, FidoKeyFormat.EccX962Raw, "root", counters: false);
        var registration = Ceremony.Accepted(Register(node, model));
        Assert.Equal(UafRisks.NoCounter, Ceremony.Accepted(Authenticate(node, model, registration, [])).Risks);
    }

    [Fact]
    public void Verify_EveryFault_IsRefusedByName()
    {
        var node = fixture.Node;
        var faults = node.Ask(new() { ["do"] = "faults" })["faults"]!.AsObject();
        Assert.Equal(faults.Select(fault => fault.Key).Order(StringComparer.Ordinal), Codes.Keys.Order(StringComparer.Ordinal));
        Assert.True(faults.Count >= 30);
        var model = node.Model(Model, FidoAlgorithm.EcdsaP256Sha256Raw, FidoKeyFormat.EccX962Raw, "chain");
        var registration = Ceremony.Accepted(Register(node, model));
        Ceremony.Accepted(Authenticate(node, model, registration, [Text]));
        foreach (var (name, on) in faults)
        {
            var code = Codes[name];
            if ((string)on! != "auth")
            {
                var refused = Register(node, model, name);
                Assert.True(refused.Error?.Code == (code == "signature" ? UafErrorCodes.AttestationSignatureInvalid : code), $"{name} in a registration: {refused}");
            }

            if ((string)on! != "reg")
            {
                var refused = Authenticate(node, model, registration with { SignCounter = 1 }, [Text], name);
                Assert.True(refused.Error?.Code == (code == "signature" ? UafErrorCodes.SignatureInvalid : code), $"{name} in an authentication: {refused}");
            }
        }

        Ceremony.Accepted(Authenticate(node, model, registration with { SignCounter = 1 }, [Text]));
    }

    [Fact]
    public void Requests_InTheEyesOfTheClient_KeepTheRules()
    {
        var node = fixture.Node;
        var model = node.Model(Model, FidoAlgorithm.EcdsaP256Sha256Raw, FidoKeyFormat.EccX962Raw, "root");
        var registration = Ceremony.Accepted(Register(node, model));
        var challenge = RandomNumberGenerator.GetBytes(32);
        var criteria = new MatchCriteria
        {
            VendorIds = ["FFFF"],
            UserVerification = UserVerificationMethods.Fingerprint | UserVerificationMethods.Faceprint,
            KeyProtection = KeyProtections.Hardware,
            MatcherProtection = MatcherProtections.TrustedExecutionEnvironment,
            AttachmentHint = AttachmentHints.Internal,
            TransactionDisplay = TransactionDisplays.Any,
            AuthenticationAlgorithms = [FidoAlgorithm.EcdsaP256Sha256Raw],
            AssertionSchemes = [MatchCriteria.Uafv1Tlv],
            AttestationTypes = [UafAttestationType.BasicFull],
            AuthenticatorVersion = 1,
        };
        var policies = new[]
        {
            UafPolicy.ForModels(model.Aaid),
            UafPolicy.AnyOf(criteria),
            UafPolicy.ForKeys(registration),
            new UafPolicy { Accepted = [[criteria, new MatchCriteria { Aaids = [model.Aaid], AuthenticatorVersion = 1 }]] },
        };
        foreach (var policy in policies)
        {
            var extension = new UafExtension("fido.uaf.uvm", ReadOnlyMemory<byte>.Empty, FailIfUnknown: false);
            Assert.Empty(node.Check(Factory.CreateRegistration(challenge, "患者", policy.WithoutRegistered([registration]), "data", [extension]).Json));
            Assert.Empty(node.Check(Factory.CreateAuthentication(challenge, policy, [Text, Picture], "data").Json));
            Assert.Empty(node.Check(new UafRequestFactory(string.Empty, [UafVersion.V10]).CreateAuthentication(challenge.AsSpan(0, 8), policy).Json));
        }

        foreach (var entry in (DeregisterAuthenticator[])[new(registration.Aaid, registration.KeyId), new(registration.Aaid, null), DeregisterAuthenticator.Everything])
        {
            Assert.Empty(node.Check(Factory.CreateDeregistration(entry).Json));
        }

        // It does see what is wrong.
        var request = JsonNode.Parse(Factory.CreateAuthentication(challenge, policies[0]).Json)!;
        request[0]!["policy"]!["accepted"]![0]![0]!["userVerification"] = 2;
        Assert.Contains(node.Check(request.ToJsonString()), problem => problem.Contains("aaid", StringComparison.Ordinal));
    }

    [Fact]
    public void Policy_InTheEyesOfTheClient_LeavesTheSameModelsOut()
    {
        var node = fixture.Node;
        var model = node.Model(Model, FidoAlgorithm.EcdsaP256Sha256Raw, FidoKeyFormat.EccX962Raw, "root");
        var registration = Ceremony.Accepted(Register(node, model));
        var plain = new MatchCriteria { AuthenticationAlgorithms = [FidoAlgorithm.EcdsaP256Sha256Raw], AssertionSchemes = [MatchCriteria.Uafv1Tlv] };
        foreach (var criteria in (MatchCriteria[])[
            plain,
            plain with { AuthenticationAlgorithms = [FidoAlgorithm.EcdsaP256Sha256Der] },
            plain with { AssertionSchemes = ["U2FV1BIN"] },
            plain with { VendorIds = ["ffff"] },
            plain with { VendorIds = ["0000"] },
            plain with { UserVerification = UserVerificationMethods.Passcode | UserVerificationMethods.Eyeprint },
            plain with { UserVerification = UserVerificationMethods.All | UserVerificationMethods.Passcode | UserVerificationMethods.Fingerprint },
            plain with { UserVerification = UserVerificationMethods.Eyeprint },
            plain with { KeyProtection = KeyProtections.Software },
            plain with { KeyProtection = KeyProtections.Software | KeyProtections.Hardware },
            plain with { MatcherProtection = MatcherProtections.OnChip },
            plain with { AttachmentHint = AttachmentHints.External },
            plain with { TransactionDisplay = TransactionDisplays.Hardware },
            plain with { AttestationTypes = [UafAttestationType.BasicSurrogate] },
            plain with { AuthenticatorVersion = 2 },
            new MatchCriteria { Aaids = [Aaid.Parse("ffff#5b01")] },
            new MatchCriteria { Aaids = [Aaid.Parse("FFFF#5B02")] }])
        {
            var policy = UafPolicy.AnyOf(criteria);
            var answer = node.Ask(new()
            {
                ["do"] = "authenticate",
                ["aaid"] = Model,
                ["request"] = Factory.CreateAuthentication(RandomNumberGenerator.GetBytes(32), policy).Json,
                ["facet"] = Ceremony.Facet,
            });
            Assert.Equal(answer["response"] is not null, policy.Allows(model, 1, registration.KeyId));
        }
    }

    [Fact]
    public void Deregistration_OfEachForm_IsCarriedOut()
    {
        var node = fixture.Node;
        var model = node.Model(Model, FidoAlgorithm.EcdsaP256Sha256Raw, FidoKeyFormat.EccX962Raw, "root");
        var registrations = Enumerable.Range(0, 3).Select(_ => Ceremony.Accepted(Register(node, model))).ToList();
        JsonNode Deregister(DeregisterAuthenticator entry)
        {
            var request = Factory.CreateDeregistration(entry).Json;
            var answer = node.Ask(new() { ["do"] = "deregister", ["aaid"] = Model, ["request"] = request });
            var named = DeregistrationRequest.Parse(request).Value[0].Select(registrations);
            Assert.Equal((int)answer["removed"]!, named.Count);
            registrations.RemoveAll(named.Contains);
            return answer;
        }

        Assert.Equal(2, (int)Deregister(new(registrations[0].Aaid, registrations[0].KeyId))["left"]!);
        Assert.Equal(2, (int)Deregister(new(Aaid.Parse("FFFF#0000"), null))["left"]!);
        Assert.Equal(0, (int)Deregister(new(registrations[0].Aaid, null))["left"]!);
    }

    private static MedId.Core.MedIdResult<UafRegistration> Register(NodeAuthenticator node, UafMetadataStatement model, string? fault = null)
    {
        var policy = UafPolicy.ForModels(model.Aaid);
        var request = Factory.CreateRegistration(RandomNumberGenerator.GetBytes(32), "patient", policy, "server-data");
        var expected = new UafRegistrationExpectations
        {
            AppId = Ceremony.AppId,
            Challenge = request.Challenge,
            ChallengeExpiresAt = Ceremony.Now.AddMinutes(5),
            Policy = policy,
            TrustedFacets = new TrustedFacetList(Ceremony.Facet),
            Metadata = new UafMetadataSet([model]),
            Now = Ceremony.Now,
            ServerData = "server-data",
            User = Ceremony.User,
        };
        return new UafRegistrationVerifier().Verify(expected, node.Respond("register", model.Aaid.ToString(), request.Json, fault));
    }

    private static MedId.Core.MedIdResult<UafAuthentication> Authenticate(
        NodeAuthenticator node, UafMetadataStatement model, UafRegistration registration, IReadOnlyList<UafTransaction> transactions, string? fault = null)
    {
        var policy = UafPolicy.ForModels(model.Aaid);
        var request = Factory.CreateAuthentication(RandomNumberGenerator.GetBytes(32), policy, transactions, "server-data");
        var expected = new UafAuthenticationExpectations
        {
            AppId = Ceremony.AppId,
            Challenge = request.Challenge,
            ChallengeExpiresAt = Ceremony.Now.AddMinutes(5),
            Policy = policy,
            TrustedFacets = new TrustedFacetList(Ceremony.Facet),
            Metadata = new UafMetadataSet([model]),
            Now = Ceremony.Now,
            ServerData = "server-data",
            User = Ceremony.User,
            Registrations = [registration],
            Transactions = transactions,
        };
        return new UafAuthenticationVerifier().Verify(expected, node.Respond("authenticate", model.Aaid.ToString(), request.Json, fault));
    }
}
