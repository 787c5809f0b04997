using System.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.Signatures;

namespace MedId.Signatures.Tests;

public class ChallengeResponseVerifierTests
{
    private const string Audience = "https://op.example";
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
    private static readonly LocalSigningKey Rsa = LocalSigningKey.Generate(SignatureAlgorithm.RS256);
    private static readonly LocalSigningKey P384 = LocalSigningKey.Generate(SignatureAlgorithm.ES384);
    private static readonly LocalSigningKey Token = LocalSigningKey.Generate(SignatureAlgorithm.ES256);

    [Fact]
    public async Task Verify_CardWithRsa_GivesWhatIsConsumedOnce()
    {
        var challenge = SignInChallenge.Create(Audience, Now);

        var replay = Verify(challenge, Rsa, await Rsa.SignAsync(challenge.ToBytes()));

        Assert.Equal(new("card sign-in " + Audience, challenge.Id, Now + ChallengeResponseVerifier.DefaultLifetime), replay.Value);
    }

    [Fact]
    public async Task Verify_CardWithP384_IsAccepted()
    {
        var challenge = SignInChallenge.Create(Audience, Now);

        Assert.Null(Verify(challenge, P384, await P384.SignAsync(challenge.ToBytes())).Error);
    }

    [Fact]
    public async Task Verify_OtherServicesChallenge_IsForeign()
    {
        var challenge = SignInChallenge.Create("https://other.example", Now);

        Assert.Equal(SignaturesErrorCodes.ChallengeForeign, Verify(challenge, Token, await Token.SignAsync(challenge.ToBytes())).Error?.Code);
    }

    [Fact]
    public async Task Verify_SignedForAnotherService_IsRefused()
    {
        var ours = SignInChallenge.Create(Audience, Now);
        var theirs = SignInChallenge.Restore("https://other.example", ours.Nonce, Now).Value!;

        Assert.Equal(SignaturesErrorCodes.ChallengeSignature, Verify(ours, Token, await Token.SignAsync(theirs.ToBytes())).Error?.Code);
    }

    [Fact]
    public async Task Verify_NonceAlone_IsRefused()
    {
        var challenge = SignInChallenge.Create(Audience, Now);

        Assert.Equal(SignaturesErrorCodes.ChallengeSignature, Verify(challenge, Token, await Token.SignAsync(challenge.Nonce)).Error?.Code);
    }

    [Theory]
    [InlineData(-1, SignaturesErrorCodes.ChallengeNotYetValid)]
    [InlineData(0, null)]
    [InlineData(299, null)]
    [InlineData(300, SignaturesErrorCodes.ChallengeExpired)]
    public async Task Verify_AtTheEdgesOfItsTime_IsExact(int seconds, string? code)
    {
        var challenge = SignInChallenge.Create(Audience, Now);
        var signature = await Token.SignAsync(challenge.ToBytes());

        Assert.Equal(code, Verify(challenge, Token, signature, Now.AddSeconds(seconds)).Error?.Code);
    }

    [Fact]
    public async Task Verify_AnotherKey_IsRefused()
    {
        var challenge = SignInChallenge.Create(Audience, Now);
        using var stranger = LocalSigningKey.Generate(SignatureAlgorithm.ES256);

        Assert.Equal(SignaturesErrorCodes.ChallengeSignature, Verify(challenge, Token, await stranger.SignAsync(challenge.ToBytes())).Error?.Code);
    }

    [Fact]
    public async Task Verify_AlgorithmForbidden_IsRefused()
    {
        var challenge = SignInChallenge.Create(Audience, Now);
        var policy = AlgorithmPolicy.Default.Forbid(SignatureUse.JpkiSignIn, SignatureAlgorithm.RS256);
        var signature = await Rsa.SignAsync(challenge.ToBytes());

        Assert.Equal(
            SignaturesErrorCodes.ChallengeSignature,
            ChallengeResponseVerifier.Verify(challenge, Audience, Rsa.PublicKey, signature, policy, Now).Error?.Code);
    }

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Restore_Nonce_HasItsLimits(int bytes, bool accepted) =>
        Assert.Equal(accepted ? null : SignaturesErrorCodes.ChallengeMalformed, SignInChallenge.Restore(Audience, new byte[bytes], Now).Error?.Code);

    [Theory]
    [InlineData(0, false)]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void Restore_Audience_HasItsLimits(int bytes, bool accepted) =>
        Assert.Equal(accepted ? null : SignaturesErrorCodes.ChallengeMalformed, SignInChallenge.Restore(new string('a', bytes), new byte[32], Now).Error?.Code);

    [Fact]
    public void ToBytes_Challenge_IsLabelAudienceTimeAndNonce()
    {
        var challenge = SignInChallenge.Restore("a", Convert.FromHexString("000102030405060708090A0B0C0D0E0F"), DateTimeOffset.UnixEpoch.AddSeconds(1.9)).Value!;

        Assert.Equal(
            Convert.ToHexString(Encoding.ASCII.GetBytes("MedIdSdk card sign-in, version 1\0")) + "00000001" + "61" + "0000000000000001" + "00000010" + "000102030405060708090A0B0C0D0E0F",
            Convert.ToHexString(challenge.ToBytes()));
    }

    private static MedIdResult<ReplayKey> Verify(SignInChallenge challenge, LocalSigningKey key, byte[] signature, DateTimeOffset? at = null) =>
        ChallengeResponseVerifier.Verify(challenge, Audience, key.PublicKey, signature, AlgorithmPolicy.Default, at ?? Now);
}
