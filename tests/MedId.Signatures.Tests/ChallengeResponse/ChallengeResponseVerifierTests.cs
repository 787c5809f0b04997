using System.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.Signatures;

namespace MedId.Signatures.Tests;

public class ChallengeResponseVerifierTests
{
    private const string Label = "synthetic-sign-in-1";
    private const string Audience = "https://op.example";
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
    private static readonly LocalSigningKey Rsa = LocalSigningKey.Generate(SignatureAlgorithm.RS256);
    private static readonly LocalSigningKey P384 = LocalSigningKey.Generate(SignatureAlgorithm.ES384);
    private static readonly LocalSigningKey Token = LocalSigningKey.Generate(SignatureAlgorithm.ES256);

    [Fact]
    public async Task Verify_CardWithRsa_GivesWhatIsConsumedOnce()
    {
        var challenge = SignInChallenge.Create(Label, Audience, Now);

        var replay = Verify(challenge, Rsa, await Rsa.SignAsync(challenge.ToBytes()));

        Assert.Equal(new(Label + "/" + Audience, challenge.Id, Now.AddMinutes(5)), replay.Value);
    }

    [Fact]
    public async Task Verify_CardWithP384_IsAccepted()
    {
        var challenge = SignInChallenge.Create(Label, Audience, Now);

        Assert.Null(Verify(challenge, P384, await P384.SignAsync(challenge.ToBytes())).Error);
    }

    [Fact]
    public async Task Verify_OtherServicesChallenge_IsForeign()
    {
        var challenge = SignInChallenge.Create(Label, "https://other.example", Now);

        Assert.Equal(SignaturesErrorCodes.ChallengeForeign, Verify(challenge, Token, await Token.SignAsync(challenge.ToBytes())).Error?.Code);
    }

    [Fact]
    public async Task Verify_SignedForAnotherService_IsRefused()
    {
        var ours = SignInChallenge.Create(Label, Audience, Now);
        var theirs = SignInChallenge.Restore(Label, "https://other.example", ours.Random.Span, Now).Value!;

        Assert.Equal(SignaturesErrorCodes.ChallengeSignature, Verify(ours, Token, await Token.SignAsync(theirs.ToBytes())).Error?.Code);
    }

    [Fact]
    public async Task Verify_NonceAlone_IsRefused()
    {
        var challenge = SignInChallenge.Create(Label, Audience, Now);

        Assert.Equal(SignaturesErrorCodes.ChallengeSignature, Verify(challenge, Token, await Token.SignAsync(challenge.Random)).Error?.Code);
    }

    [Theory]
    [InlineData(-1, SignaturesErrorCodes.ChallengeNotYetValid)]
    [InlineData(0, null)]
    [InlineData(299, null)]
    [InlineData(300, SignaturesErrorCodes.ChallengeExpired)]
    public async Task Verify_AtTheEdgesOfItsTime_IsExact(int seconds, string? code)
    {
        var challenge = SignInChallenge.Create(Label, Audience, Now);
        var signature = await Token.SignAsync(challenge.ToBytes());

        Assert.Equal(code, Verify(challenge, Token, signature, Now.AddSeconds(seconds)).Error?.Code);
    }

    [Fact]
    public async Task Verify_AnotherKey_IsRefused()
    {
        var challenge = SignInChallenge.Create(Label, Audience, Now);
        using var stranger = LocalSigningKey.Generate(SignatureAlgorithm.ES256);

        Assert.Equal(SignaturesErrorCodes.ChallengeSignature, Verify(challenge, Token, await stranger.SignAsync(challenge.ToBytes())).Error?.Code);
    }

    [Fact]
    public async Task Verify_AlgorithmForbidden_IsRefused()
    {
        var challenge = SignInChallenge.Create(Label, Audience, Now);
        var policy = AlgorithmPolicy.Default.Forbid(SignatureUse.JpkiSignIn, SignatureAlgorithm.RS256);
        var signature = await Rsa.SignAsync(challenge.ToBytes());

        Assert.Equal(
            SignaturesErrorCodes.ChallengeSignature,
            ChallengeResponseVerifier.Verify(challenge, Label, Audience, Rsa.PublicKey, signature, policy, Now).Error?.Code);
    }

    [Fact]
    public async Task Verify_AnotherKindOfSignIn_IsForeign()
    {
        var challenge = SignInChallenge.Create("another-sign-in-1", Audience, Now);

        Assert.Equal(SignaturesErrorCodes.ChallengeForeign, Verify(challenge, Token, await Token.SignAsync(challenge.ToBytes())).Error?.Code);
    }

    [Theory]
    [InlineData(31, 300, "https://op.example", false)]
    [InlineData(32, 300, "https://op.example", true)]
    [InlineData(33, 300, "https://op.example", false)]
    [InlineData(32, 9, "https://op.example", false)]
    [InlineData(32, 10, "https://op.example", true)]
    [InlineData(32, 600, "https://op.example", true)]
    [InlineData(32, 601, "https://op.example", false)]
    [InlineData(32, 300, "", false)]
    [InlineData(32, 300, "two\nlines", false)]
    [InlineData(32, 300, "日本", false)]
    public void Restore_AtItsLimits_IsExact(int random, int lifetime, string audience, bool accepted) => Assert.Equal(
        accepted ? null : SignaturesErrorCodes.ChallengeMalformed,
        SignInChallenge.Restore(Label, audience, new byte[random], Now, TimeSpan.FromSeconds(lifetime)).Error?.Code);

    [Fact]
    public void ToBytes_Challenge_IsFiveLines()
    {
        var challenge = SignInChallenge.Restore("label", "audience", new byte[32], DateTimeOffset.UnixEpoch.AddSeconds(1.9)).Value!;

        Assert.Equal("label\naudience\n" + new string('A', 43) + "\n1\n300\n", Encoding.ASCII.GetString(challenge.ToBytes()));
    }

    private static MedIdResult<ReplayKey> Verify(SignInChallenge challenge, LocalSigningKey key, byte[] signature, DateTimeOffset? at = null) =>
        ChallengeResponseVerifier.Verify(challenge, Label, Audience, key.PublicKey, signature, AlgorithmPolicy.Default, at ?? Now);
}
