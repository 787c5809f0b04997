using MedId.Core;
using MedId.Hpki;
using MedId.Pki;
using MedId.Signatures;
using MedId.Testing;
using HpkiUse = MedId.Hpki.HpkiUse;

namespace MedId.Hpki.Tests;

public class HpkiSignInVerifierTests
{
    private const string Audience = "https://doctors.example";
    private readonly HpkiScene _scene = new();

    [Fact]
    public async Task Verify_CardAnswers_SignsTheDoctorIn()
    {
        var (challenge, card) = (HpkiSignInVerifier.CreateChallenge(Audience, _scene.Now), SoftwareHpkiCard.Issue(_scene.World));

        var decision = Verify(challenge, card.AuthenticationCertificate, await AnswerAsync(card, challenge));

        Assert.Null(decision.Error);
        Assert.True(decision.SignIn!.Evidence.HasQualification(RoleIds.Physician));
        Assert.Equal(challenge.ReplayKey, decision.SignIn.ReplayKey);
        Assert.StartsWith("urn:ietf:params:oauth:jwk-thumbprint:sha-256:", decision.SignIn.SubjectKey, StringComparison.Ordinal);
        Assert.True(decision.SignIn.Authenticator.HardwareProtected);
    }

    [Fact]
    public async Task Verify_SigningCertificate_IsUseMismatch()
    {
        var (challenge, card) = (HpkiSignInVerifier.CreateChallenge(Audience, _scene.Now), SoftwareHpkiCard.Issue(_scene.World));
        var signature = await card.OpenSigningKey("LAB12345").SignAsync(challenge.ToBytes());

        Assert.Equal(HpkiErrorCodes.UseMismatch, Verify(challenge, card.SigningCertificate, signature).Error?.Code);
    }

    [Fact]
    public async Task Verify_ChallengeOfAnotherService_IsForeign()
    {
        var (challenge, card) = (HpkiSignInVerifier.CreateChallenge("https://elsewhere.example", _scene.Now), SoftwareHpkiCard.Issue(_scene.World));

        Assert.Equal(SignaturesErrorCodes.ChallengeForeign, Verify(challenge, card.AuthenticationCertificate, await AnswerAsync(card, challenge)).Error?.Code);
    }

    [Fact]
    public async Task Verify_ChallengeForAnotherKindOfCard_IsForeign()
    {
        var (challenge, card) = (SignInChallenge.Create("medid-jpki-sign-in-1", Audience, _scene.Now), SoftwareHpkiCard.Issue(_scene.World));

        Assert.Equal(SignaturesErrorCodes.ChallengeForeign, Verify(challenge, card.AuthenticationCertificate, await AnswerAsync(card, challenge)).Error?.Code);
    }

    [Fact]
    public async Task Verify_AnswerToAnotherChallenge_IsRefused()
    {
        var (challenge, card) = (HpkiSignInVerifier.CreateChallenge(Audience, _scene.Now), SoftwareHpkiCard.Issue(_scene.World));
        var other = HpkiSignInVerifier.CreateChallenge(Audience, _scene.Now);

        Assert.Equal(SignaturesErrorCodes.ChallengeSignature, Verify(challenge, card.AuthenticationCertificate, await AnswerAsync(card, other)).Error?.Code);
    }

    [Fact]
    public async Task Verify_RevokedCard_IsRefused()
    {
        var (challenge, card) = (HpkiSignInVerifier.CreateChallenge(Audience, _scene.Now), SoftwareHpkiCard.Issue(_scene.World));
        _scene.World.Authentication.Revoke(card.AuthenticationCertificate);

        Assert.Equal(PkiErrorCodes.Revoked, Verify(challenge, card.AuthenticationCertificate, await AnswerAsync(card, challenge)).Error?.Code);
    }

    [Fact]
    public async Task Verify_NoRevocationEvidence_IsUndetermined()
    {
        var (challenge, card) = (HpkiSignInVerifier.CreateChallenge(Audience, _scene.Now), SoftwareHpkiCard.Issue(_scene.World));

        var decision = new HpkiSignInVerifier(_scene.Policy(HpkiUse.Authentication)).Verify(
            challenge, Audience, await AnswerAsync(card, challenge), HpkiScene.Read(card.AuthenticationCertificate), _scene.Evidence() with { Crls = [] }, _scene.Now);

        Assert.Equal(VerificationOutcome.Undetermined, decision.Outcome);
        Assert.Null(decision.SignIn);
    }

    [Fact]
    public void Constructor_PolicyForSignatures_IsMisuse() => Assert.Throws<ArgumentException>(() => new HpkiSignInVerifier(_scene.Policy()));

    private static ValueTask<byte[]> AnswerAsync(SoftwareHpkiCard card, SignInChallenge challenge)
    {
        card.EnterAuthenticationPin("LAB12345");
        return card.OpenAuthenticationKey().SignAsync(challenge.ToBytes());
    }

    private HpkiSignInDecision Verify(SignInChallenge challenge, TestCertificate certificate, byte[] signature) =>
        new HpkiSignInVerifier(_scene.Policy(HpkiUse.Authentication)).Verify(challenge, Audience, signature, HpkiScene.Read(certificate), _scene.Evidence(), _scene.Now);
}
