using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Signatures;
using MedId.Testing;

namespace MedId.Jpki.Certificates.Tests.SignIn;

public sealed class JpkiSignInTests
{
    private const string Audience = "https://op.example";

    private readonly Scene _scene = new();
    private readonly SignInChallenge _challenge = JpkiSignInChallenge.Create(Audience, Scene.Now);

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Verify_CardsAnswer_SignsThePersonIn(int generation)
    {
        var card = _scene.World.IssueAuthentication(new() { Generation = generation });
        var decision = Verify(card, card.Key.Sign(_challenge.ToBytes()));

        Assert.Null(decision.Error);
        var signIn = decision.SignIn!;
        Assert.Equal((JpkiStanding.CertifiedVerifier, Audience, _challenge.ReplayKey, Scene.Now), (signIn.Standing, signIn.Audience, signIn.ReplayKey, signIn.At));
        Assert.Null(signIn.Identity.BasicFour);
        Assert.True(signIn.Authenticator is { PublicKey: true, UserVerified: true, HardwareProtected: true, Exportable: false, ReplayResistant: true, PhishingResistant: false });
        Assert.DoesNotContain(Convert.ToHexStringLower(card.SerialNumber), signIn.SubjectKey, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void SubjectKey_SameCertificateSameKey_OtherCertificateOther()
    {
        var card = _scene.World.IssueAuthentication();
        var other = _scene.World.IssueAuthentication();
        var evidence = _scene.Accepted(card, JpkiCertificateKind.Authenticate);

        Assert.Equal(evidence.SubjectKey(Scene.Keys), _scene.Accepted(card, JpkiCertificateKind.Authenticate).SubjectKey(Scene.Keys));
        Assert.NotEqual(evidence.SubjectKey(Scene.Keys), _scene.Accepted(other, JpkiCertificateKind.Authenticate).SubjectKey(Scene.Keys));
        Assert.NotEqual(evidence.SubjectKey(Scene.Keys), evidence.SubjectKey(new KeyedDigest(new byte[32])));
    }

    [Fact]
    public void Verify_SigningCertificate_IsRefused()
    {
        var card = _scene.World.IssueSigning();

        Assert.Equal(JpkiErrorCodes.UseMismatch, Verify(card, card.Key.Sign(_challenge.ToBytes())).Error?.Code);
    }

    [Fact]
    public void Verify_Sha1DigestInfo_IsRefused()
    {
        var card = _scene.World.IssueAuthentication();
        var sha1 = card.Key.Sign(_challenge.ToBytes(), TestSignatureAlgorithm.RsaSha1);

        Assert.Equal(JpkiErrorCodes.HashNotAccepted, Verify(card, sha1).Error?.Code);
        Assert.Equal(SignaturesErrorCodes.ChallengeSignature, Verify(card, card.Key.Sign([1], TestSignatureAlgorithm.RsaSha1)).Error?.Code);
    }

    [Fact]
    public void Verify_BareDigestWithoutDigestInfo_IsRefused()
    {
        var card = _scene.World.IssueAuthentication();
        var bare = card.Key.SignBlock(System.Security.Cryptography.SHA256.HashData(_challenge.ToBytes()));

        Assert.Equal(SignaturesErrorCodes.ChallengeSignature, Verify(card, bare).Error?.Code);
    }

    [Fact]
    public void Verify_AnswerOfAnotherKey_IsRefused()
    {
        var card = _scene.World.IssueAuthentication();

        Assert.Equal(SignaturesErrorCodes.ChallengeSignature, Verify(card, TestKey.Named("somebody else", TestKeyKind.Rsa2048).Sign(_challenge.ToBytes())).Error?.Code);
    }

    [Theory]
    [InlineData(-1, SignaturesErrorCodes.ChallengeNotYetValid)]
    [InlineData(0, null)]
    [InlineData(299, null)]
    [InlineData(300, SignaturesErrorCodes.ChallengeExpired)]
    public void Verify_TimeOfTheAnswer_HasToBeWithinTheLifetime(int seconds, string? code)
    {
        var card = _scene.World.IssueAuthentication();
        var decision = new JpkiSignInVerifier(_scene.Policy(), Scene.Keys)
            .Verify(_challenge, Audience, card.Key.Sign(_challenge.ToBytes()), Scene.Read(card), _scene.Ocsp(card), Scene.Now.AddSeconds(seconds));

        Assert.Equal(code, decision.Error?.Code);
    }

    [Fact]
    public void Verify_ChallengeOfAnotherAudience_IsRefused()
    {
        var card = _scene.World.IssueAuthentication();
        var decision = new JpkiSignInVerifier(_scene.Policy(), Scene.Keys)
            .Verify(_challenge, "https://other.example", card.Key.Sign(_challenge.ToBytes()), Scene.Read(card), _scene.Ocsp(card), Scene.Now);

        Assert.Equal(JpkiErrorCodes.AudienceMismatch, decision.Error?.Code);
    }

    [Fact]
    public void Verify_ChallengeOfAnotherCard_IsRefused()
    {
        var card = _scene.World.IssueAuthentication();
        var other = SignInChallenge.Create("medid-hpki-sign-in-1", Audience, Scene.Now);
        var decision = new JpkiSignInVerifier(_scene.Policy(), Scene.Keys)
            .Verify(other, Audience, card.Key.Sign(other.ToBytes()), Scene.Read(card), _scene.Ocsp(card), Scene.Now);

        Assert.Equal(SignaturesErrorCodes.ChallengeForeign, decision.Error?.Code);
    }

    [Fact]
    public void Verify_RevokedCertificate_SaysWhatToDo()
    {
        var card = _scene.World.IssueAuthentication();
        _scene.World.IssuerOf(card).Revoke(card, (int)CrlReason.KeyCompromise);
        var decision = Verify(card, card.Key.Sign(_challenge.ToBytes()));

        Assert.Equal((PkiErrorCodes.Revoked, JpkiAction.LockAccount), (decision.Error?.Code, decision.Certificate?.Revocation.Action));
        Assert.Null(decision.SignIn);
    }

    [Theory]
    [InlineData(JpkiStanding.None, JpkiErrorCodes.StandingMissing)]
    [InlineData(JpkiStanding.ServiceProvider, JpkiErrorCodes.StandingRequiresPlatform)]
    public void Verify_StandingThatMayNot_IsRefused(JpkiStanding standing, string code)
    {
        var card = _scene.World.IssueAuthentication();
        var decision = new JpkiSignInVerifier(_scene.Policy(standing), Scene.Keys)
            .Verify(_challenge, Audience, card.Key.Sign(_challenge.ToBytes()), Scene.Read(card), _scene.Ocsp(card), Scene.Now);

        Assert.Equal((code, standing), (decision.Error?.Code, decision.Standing));
    }

    [Fact]
    public void Serialize_SignIn_IsRefused()
    {
        var card = _scene.World.IssueAuthentication();

        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(Verify(card, card.Key.Sign(_challenge.ToBytes()))));
    }

    private JpkiSignInDecision Verify(TestCertificate card, byte[] signature) =>
        new JpkiSignInVerifier(_scene.Policy(), Scene.Keys).Verify(_challenge, Audience, signature, Scene.Read(card), _scene.Ocsp(card), Scene.Now);
}
