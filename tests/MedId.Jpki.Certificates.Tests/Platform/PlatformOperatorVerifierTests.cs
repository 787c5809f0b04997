using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Jpki.Certificates.Tests.Platform;

public sealed class PlatformOperatorVerifierTests
{
    private static readonly byte[] Message = Encoding.UTF8.GetBytes("application");

    private readonly Scene _scene = new();
    private readonly ManualTimeProvider _time = new(Scene.Now);
    private readonly PlatformOperatorDouble _operator;

    public PlatformOperatorVerifierTests() => _operator = new(_scene.World, _time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task VerifyAsync_SigningCard_GivesAttributesReceiptAndStanding()
    {
        var card = _operator.Know(_scene.World.IssueSigning(new() { Person = JpkiPerson.RareCharacters }), "p1");
        var decision = await Verify(card);

        Assert.Null(decision.Error);
        var evidence = decision.Evidence!;
        Assert.Equal((JpkiStanding.ServiceProvider, JpkiCertificateKind.Sign, JpkiCarrier.Card), (decision.Standing, evidence.Kind, evidence.Carrier));
        Assert.Equal("𠮷田　花子", evidence.BasicFour!.Name.Text);
        Assert.Equal(("test-operator", "v-1", "u-p1", true), (evidence.Platform!.Operator, evidence.Platform.VerificationId, evidence.Platform.UserId, evidence.Platform.IsNewUser!.Value));
        Assert.Null(evidence.Reference);
        Assert.Equal(Scene.Now.AddHours(-1), decision.Revocation.AsOf);
    }

    [Fact]
    public async Task VerifyAsync_SnakeCaseAnswer_IsTheSame()
    {
        _operator.InSnakeCase = true;

        Assert.Equal("山田　太郎", (await Verify(_operator.Know(_scene.World.IssueSigning(), "p1"))).Evidence?.BasicFour?.Name.Text);
    }

    [Fact]
    public async Task VerifyAsync_BothKindsAndARenewal_AreOneSubject()
    {
        var sign = (await Verify(_operator.Know(_scene.World.IssueSigning(), "p1"))).Evidence!;
        var login = (await Verify(_operator.Know(_scene.World.IssueAuthentication(), "p1"), JpkiCertificateKind.Authenticate)).Evidence!;
        var renewed = (await Verify(_operator.Know(_scene.World.IssueSigning(), "p1"))).Evidence!;
        var other = (await Verify(_operator.Know(_scene.World.IssueSigning(), "p2"))).Evidence!;

        Assert.Single(new[] { sign, login, renewed }.Select(e => e.SubjectKey(Scene.Keys)).Distinct());
        Assert.NotEqual(sign.SubjectKey(Scene.Keys), other.SubjectKey(Scene.Keys));
        Assert.Equal(JpkiAccountMatch.Unknown, (await new JpkiAccountResolver(Scene.Keys).ResolveAsync(other, (_, _) => Task.FromResult<string?>(null), Stop)).Value!.Match);
    }

    [Fact]
    public async Task VerifyAsync_BothWays_AgreeOnTheSamePerson()
    {
        var card = _operator.Know(_scene.World.IssueSigning(), "p1");
        IJpkiIdentityVerifier local = new LocalJpkiIdentityVerifier(_scene.Policy(), new Evidence(_scene, card), _time);
        IJpkiIdentityVerifier remote = Verifier();
        foreach (var verifier in new[] { local, remote })
        {
            var good = await verifier.VerifyAsync(Request(card), Stop);
            var wrong = await verifier.VerifyAsync(Request(card, message: [1]), Stop);
            var other = await verifier.VerifyAsync(Request(card, JpkiCertificateKind.Authenticate), Stop);

            Assert.Equal(VerificationOutcome.Accepted, good.Outcome);
            Assert.Equal(("山田　太郎", verifier.Standing), (good.Evidence!.BasicFour!.Name.Text, good.Standing));
            Assert.Equal(JpkiErrorCodes.SignatureInvalid, wrong.Error?.Code);
            Assert.Equal(JpkiErrorCodes.UseMismatch, other.Error?.Code);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task LocalVerifyAsync_RsaAndP384_NeedNoHashToBeNamed(int generation)
    {
        var card = _scene.World.IssueAuthentication(new() { Generation = generation });
        var verifier = new LocalJpkiIdentityVerifier(_scene.Policy(), new Evidence(_scene, card), _time);
        var challenge = JpkiSignInChallenge.Create("https://op.example", Scene.Now);
        var decision = await new JpkiSignInService(verifier, Scene.Keys, _time).VerifyAsync(challenge, "https://op.example", card.Key.Sign(challenge.ToBytes()), card.Der, cancellationToken: Stop);

        Assert.Null(decision.Error);
        Assert.Equal(challenge.ReplayKey, decision.SignIn!.ReplayKey);
    }

    [Fact]
    public async Task LocalVerifyAsync_WhatIsRefusedAnyway_AsksNobody()
    {
        var card = _scene.World.IssueSigning();
        var evidence = new Evidence(_scene, card);
        await new LocalJpkiIdentityVerifier(_scene.Policy(), evidence, _time).VerifyAsync(Request(card, message: [1]), Stop);
        await new LocalJpkiIdentityVerifier(_scene.Policy(), evidence, _time).VerifyAsync(Request(card, JpkiCertificateKind.Authenticate), Stop);
        var none = await new LocalJpkiIdentityVerifier(_scene.Policy(JpkiStanding.None), evidence, _time).VerifyAsync(Request(card), Stop);
        var malformed = await new LocalJpkiIdentityVerifier(_scene.Policy(), evidence, _time).VerifyAsync(new() { Use = JpkiCertificateKind.Sign, Message = Message, Signature = Message, Certificate = Message }, Stop);

        Assert.Equal((0, JpkiErrorCodes.StandingMissing, PkiErrorCodes.CertificateMalformed), (evidence.Asked, none.Error?.Code, malformed.Error?.Code));
    }

    [Theory]
    [InlineData(CrlReason.AffiliationChanged, JpkiAction.CollectAttributesAgain)]
    [InlineData(CrlReason.KeyCompromise, JpkiAction.LockAccount)]
    [InlineData(CrlReason.CertificateHold, JpkiAction.SuspendAccount)]
    [InlineData(CrlReason.Unspecified, JpkiAction.LockAccount)]
    public async Task VerifyAsync_RevokedCard_SaysWhatToDo(CrlReason reason, JpkiAction action)
    {
        var card = _operator.Know(_scene.World.IssueSigning(), "p1");
        _scene.World.IssuerOf(card).Revoke(card, (int)reason);
        var decision = await Verify(card);

        Assert.Equal((VerificationOutcome.Refused, JpkiErrorCodes.CertificateRevoked, reason, action), (decision.Outcome, decision.Error?.Code, decision.Revocation.Reason, decision.Revocation.Action));
    }

    [Fact]
    public async Task VerifyAsync_ExpiredCard_IsRefused()
    {
        var card = _operator.Know(_scene.World.IssueSigning(new() { Fault = JpkiFault.Expired }), "p1");

        Assert.Equal(JpkiErrorCodes.CertificateExpired, (await Verify(card)).Error?.Code);
    }

    [Fact]
    public async Task VerifyAsync_CertificateThatItDoesNotTake_IsRefused() =>
        Assert.Equal(JpkiErrorCodes.PlatformUnsupportedCertificate, (await Verify(_scene.World.IssueSigning())).Error?.Code);

    [Fact]
    public async Task VerifyAsync_LinksNotToBeHad_IsUndetermined()
    {
        _operator.LinksAreDown = true;
        var decision = await Verify(_operator.Know(_scene.World.IssueSigning(), "p1"));

        Assert.Equal((VerificationOutcome.Undetermined, JpkiErrorCodes.LinkUnavailable), (decision.Outcome, decision.Error?.Code));
    }

    public static TheoryData<string, string?, string, VerificationOutcome> Answers { get; } = new()
    {
        { "verification", null, JpkiErrorCodes.PlatformMalformed, VerificationOutcome.Undetermined },
        { "verification.id", null, JpkiErrorCodes.PlatformMalformed, VerificationOutcome.Undetermined },
        { "verification.digest", "AAAA", JpkiErrorCodes.PlatformMismatch, VerificationOutcome.Undetermined },
        { "verification.signature", "AAAA", JpkiErrorCodes.PlatformMismatch, VerificationOutcome.Undetermined },
        { "verification.hashAlgorithm", "HASH_ALGORITHM_SHA512", JpkiErrorCodes.PlatformMismatch, VerificationOutcome.Undetermined },
        { "verification.result", "RESULT_UNSPECIFIED", JpkiErrorCodes.PlatformMalformed, VerificationOutcome.Undetermined },
        { "verification.result", "RESULT_SIGNATURE_MISMATCH", JpkiErrorCodes.SignatureInvalid, VerificationOutcome.Refused },
        { "certificate", null, JpkiErrorCodes.ProfileNotVerified, VerificationOutcome.Refused },
        { "certificate.type", "TYPE_JPKI_MOBILE_DIGITAL_SIGNATURE", JpkiErrorCodes.ProfileNotVerified, VerificationOutcome.Refused },
        { "certificate.type", "TYPE_JPKI_CARD_USER_AUTHENTICATION", JpkiErrorCodes.UseMismatch, VerificationOutcome.Refused },
        { "certificateStatus", null, JpkiErrorCodes.PlatformMismatch, VerificationOutcome.Undetermined },
        { "certificateStatus.status", "STATUS_REVOKED", JpkiErrorCodes.PlatformMalformed, VerificationOutcome.Undetermined },
        { "certificateStatus.status", "STATUS_UNSPECIFIED", JpkiErrorCodes.PlatformMalformed, VerificationOutcome.Undetermined },
        { "certificateStatus.checkPurpose", "CHECK_PURPOSE_LIVENESS_CHECK", JpkiErrorCodes.PlatformMismatch, VerificationOutcome.Undetermined },
        { "certificateStatus.checkMethod", "CHECK_METHOD_CRL", JpkiErrorCodes.PlatformMismatch, VerificationOutcome.Undetermined },
        { "certificateStatus.sourceUpdatedAt", null, JpkiErrorCodes.PlatformStale, VerificationOutcome.Undetermined },
        { "certificateStatus.sourceUpdatedAt", "yesterday", JpkiErrorCodes.PlatformStale, VerificationOutcome.Undetermined },
        { "certificateContent", null, JpkiErrorCodes.AttributeMissing, VerificationOutcome.Undetermined },
        { "certificateContent.jpkiCardDigitalSignatureContent.gender", "GENDER_MALE", JpkiErrorCodes.AttributeMalformed, VerificationOutcome.Undetermined },
        { "user", null, JpkiErrorCodes.LinkUnavailable, VerificationOutcome.Undetermined },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task VerifyAsync_AnswerChangedInOnePlace_IsNotAccepted(string path, string? value, string code, VerificationOutcome outcome)
    {
        var steps = path.Split('.');
        _operator.Change = answer => steps[..^1].Aggregate(answer, (o, step) => o[step]!.AsObject())[steps[^1]] = value;
        var decision = await Verify(_operator.Know(_scene.World.IssueSigning(), "p1"));

        Assert.Equal((outcome, code), (decision.Outcome, decision.Error?.Code));
        Assert.Null(decision.Evidence);
    }

    [Theory]
    [InlineData(-26, 0, null)]
    [InlineData(-26, -1, JpkiErrorCodes.PlatformStale)]
    [InlineData(0, 300, null)]
    [InlineData(0, 301, JpkiErrorCodes.PlatformStale)]
    public async Task VerifyAsync_AgeOfTheInformation_HasToBeWithinTheBounds(int hours, int seconds, string? code)
    {
        _operator.SourceUpdatedAt = Scene.Now.AddHours(hours).AddSeconds(seconds);

        Assert.Equal(code, (await Verify(_operator.Know(_scene.World.IssueSigning(), "p1"))).Error?.Code);
    }

    [Fact]
    public async Task VerifyAsync_MemberUnderBothNames_IsUnderNone()
    {
        _operator.Change = answer => answer["certificate_status"] = answer["certificateStatus"]!.DeepClone();

        Assert.Equal(JpkiErrorCodes.PlatformMismatch, (await Verify(_operator.Know(_scene.World.IssueSigning(), "p1"))).Error?.Code);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "not json", JpkiErrorCodes.PlatformMalformed, VerificationOutcome.Undetermined)]
    [InlineData(HttpStatusCode.OK, "{\"verification\":{},\"verification\":{}}", JpkiErrorCodes.PlatformMalformed, VerificationOutcome.Undetermined)]
    [InlineData(HttpStatusCode.OK, "[]", JpkiErrorCodes.PlatformMalformed, VerificationOutcome.Undetermined)]
    [InlineData(HttpStatusCode.BadRequest, "", JpkiErrorCodes.PlatformRefused, VerificationOutcome.Undetermined)]
    [InlineData(HttpStatusCode.BadRequest, "ERROR_REASON_SOMETHING", JpkiErrorCodes.PlatformRefused, VerificationOutcome.Undetermined)]
    [InlineData(HttpStatusCode.NotFound, "ERROR_REASON_UNSUPPORTED_CERTIFICATE", JpkiErrorCodes.PlatformUnsupportedCertificate, VerificationOutcome.Refused)]
    [InlineData(HttpStatusCode.BadRequest, "ERROR_REASON_UNSUPPORTED_CERTIFICATE_X", JpkiErrorCodes.PlatformRefused, VerificationOutcome.Undetermined)]
    public async Task VerifyAsync_OtherAnswer_IsNotAccepted(HttpStatusCode status, string body, string code, VerificationOutcome outcome)
    {
        _operator.Instead = (status, body);
        var decision = await Verify(_scene.World.IssueSigning());

        Assert.Equal((outcome, code), (decision.Outcome, decision.Error?.Code));
    }

    [Fact]
    public async Task VerifyAsync_AnswerOverTheLimit_IsNotRead()
    {
        _operator.Instead = (HttpStatusCode.OK, "{\"a\":\"" + new string('x', 64 * 1024) + "\"}");

        Assert.Equal(JpkiErrorCodes.PlatformMalformed, (await Verify(_scene.World.IssueSigning())).Error?.Code);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.Redirect)]
    public async Task VerifyAsync_BrokenInfrastructure_LetsItsExceptionPass(HttpStatusCode status)
    {
        _operator.Instead = (status, string.Empty);

        Assert.Equal(status, (await Assert.ThrowsAsync<HttpRequestException>(() => Verify(_scene.World.IssueSigning()))).StatusCode);
    }

    [Theory]
    [InlineData(JpkiStanding.None, JpkiErrorCodes.StandingMissing)]
    [InlineData(JpkiStanding.PlatformOperator, JpkiErrorCodes.StandingWithoutPlatform)]
    public async Task VerifyAsync_StandingThatMayNot_AsksNobody(JpkiStanding standing, string code)
    {
        var decision = await Verifier(standing).VerifyAsync(Request(_operator.Know(_scene.World.IssueSigning(), "p1")), Stop);

        Assert.Equal((code, standing, 0), (decision.Error?.Code, decision.Standing, _operator.Asked));
        Assert.Equal(code, (await Verifier(standing).CheckAsync(new("test-operator", "v", "c", "u", null), Stop)).Error?.Code);
    }

    [Fact]
    public async Task VerifyAsync_Sha1_AsksNobody()
    {
        var card = _scene.World.IssueSigning();
        var decision = await Verifier().VerifyAsync(
            new() { Use = JpkiCertificateKind.Sign, Message = Message, Signature = card.Key.Sign(Message), Certificate = card.Der, Hash = DigestAlgorithm.Sha1 }, Stop);

        Assert.Equal((JpkiErrorCodes.HashNotAccepted, 0), (decision.Error?.Code, _operator.Asked));
    }

    [Fact]
    public async Task CheckAsync_MovedSince_SaysToCollectTheAttributesAgain()
    {
        var card = _operator.Know(_scene.World.IssueSigning(), "p1");
        var receipt = (await Verify(card)).Evidence!.Platform!;
        var before = await Verifier().CheckAsync(receipt, Stop);
        _scene.World.IssuerOf(card).Revoke(card, (int)CrlReason.AffiliationChanged);
        var after = await Verifier().CheckAsync(receipt, Stop);

        Assert.Equal((VerificationOutcome.Accepted, JpkiAction.None, JpkiStanding.ServiceProvider), (before.Outcome, before.Revocation.Action, before.Standing));
        Assert.Equal((VerificationOutcome.Refused, JpkiErrorCodes.CertificateRevoked, JpkiAction.CollectAttributesAgain), (after.Outcome, after.Error?.Code, after.Revocation.Action));
        _operator.Change = answer => answer["certificate"]!["id"] = "c-other";
        Assert.Equal(JpkiErrorCodes.PlatformMismatch, (await Verifier().CheckAsync(receipt, Stop)).Error?.Code);
        _operator.Change = null;
        Assert.Equal(JpkiErrorCodes.PlatformRefused, (await Verifier().CheckAsync(receipt with { CertificateId = "c-unknown" }, Stop)).Error?.Code);
        await Assert.ThrowsAsync<ArgumentException>(() => Verifier().CheckAsync(receipt with { Operator = "another" }, Stop));
    }

    [Fact]
    public void Constructor_OperatorInTheClear_IsMisuse()
    {
        using var client = new HttpClient { BaseAddress = new Uri("http://platform.example/") };
        using var bare = new HttpClient();

        Assert.Throws<ArgumentException>(() => new PlatformOperatorVerifier(client, Options(JpkiStanding.ServiceProvider), _time));
        Assert.Throws<ArgumentException>(() => new PlatformOperatorVerifier(bare, Options(JpkiStanding.ServiceProvider), _time));
    }

    [Fact]
    public async Task Retain_PlatformsCheck_HasNothingOfTheCertificate()
    {
        var evidence = (await Verify(_operator.Know(_scene.World.IssueSigning(), "p1"))).Evidence!;
        var retention = new RetentionPolicy(JpkiStanding.ServiceProvider);

        Assert.Equal(JpkiErrorCodes.RetentionRefused, evidence.Retain(RetentionItem.Certificate, "r1", retention).Error?.Code);
        Assert.Throws<ArgumentException>(() => evidence.Retain(RetentionItem.Certificate, "r1", new(JpkiStanding.PlatformOperator)));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(Request(_scene.World.IssueSigning())));
    }

    private static PlatformOperatorOptions Options(JpkiStanding standing) => new() { Operator = "test-operator", Standing = standing };

    private static JpkiIdentityRequest Request(TestCertificate card, JpkiCertificateKind use = JpkiCertificateKind.Sign, byte[]? message = null) =>
        new() { Use = use, Message = message ?? Message, Signature = card.Key.Sign(Message), Certificate = card.Der };

    private PlatformOperatorVerifier Verifier(JpkiStanding standing = JpkiStanding.ServiceProvider) => new(PlatformOperatorDouble.Configure(new HttpClient(_operator, disposeHandler: false)), Options(standing), _time);

    private Task<JpkiDecision> Verify(TestCertificate card, JpkiCertificateKind use = JpkiCertificateKind.Sign) => Verifier().VerifyAsync(Request(card, use), Stop);

    private sealed class Evidence(Scene scene, TestCertificate card) : IJpkiEvidenceSource
    {
        public int Asked { get; private set; }

        public Task<PathEvidence> GatherAsync(Certificate certificate, JpkiCheckPurpose purpose, DateTimeOffset at, CancellationToken cancellationToken = default)
        {
            Asked++;
            return Task.FromResult(scene.Ocsp(card));
        }
    }
}
