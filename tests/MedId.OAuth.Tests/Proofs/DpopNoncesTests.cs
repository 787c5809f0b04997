using MedId.Cryptography;

namespace MedId.OAuth.Tests.Proofs;

public sealed class DpopNoncesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 30, TimeSpan.Zero);
    private static readonly KeyedDigest Key = new([.. Enumerable.Repeat((byte)7, 32)]);
    private static readonly KeyedDigest OtherKey = new([.. Enumerable.Repeat((byte)8, 32)]);

    [Fact]
    public void Current_TwoNodesWithTheKey_GiveAndTakeTheSame()
    {
        var (one, other) = (Make(), Make());
        Assert.Equal(one.Current(Now), other.Current(Now.AddSeconds(29)));
        Assert.True(other.Accepts(one.Current(Now), Now.AddSeconds(30)));
        Assert.True(one.Current(Now).Length >= 22);
    }

    [Theory]
    [InlineData(-90.001, false)]
    [InlineData(-90, true)]
    [InlineData(0, true)]
    [InlineData(89.999, true)]
    [InlineData(90, false)]
    public void Accepts_ANonceOfAStepBesideThisOne_AndNoOther(double seconds, bool accepted) =>
        Assert.Equal(accepted, Make().Accepts(Make().Current(Now), Now.AddSeconds(seconds)));

    [Fact]
    public void Current_EveryStep_IsAnother()
    {
        var nonces = Make();
        Assert.Equal(100, Enumerable.Range(0, 100).Select(step => nonces.Current(Now.AddMinutes(step))).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Accepts_OfAnotherServerOrKey_IsFalse()
    {
        var given = Make().Current(Now);
        Assert.False(new DpopNonces(Key, "https://api.example").Accepts(given, Now));
        Assert.False(new DpopNonces(OtherKey, "https://op.example").Accepts(given, Now));
        Assert.False(Make().Accepts(null, Now));
        Assert.False(Make().Accepts("", Now));
    }

    [Fact]
    public void Accepts_OfTheKeyBefore_WhileNodesChangeOver()
    {
        var changing = new DpopNonces(OtherKey, "https://op.example", previousKey: Key);
        Assert.True(changing.Accepts(Make().Current(Now), Now));
        Assert.NotEqual(Make().Current(Now), changing.Current(Now));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(3601)]
    public void Constructor_StepOutOfBounds_IsMisuse(int seconds) => Assert.Throws<ArgumentException>(() => new DpopNonces(Key, "https://op.example", TimeSpan.FromSeconds(seconds)));

    private static DpopNonces Make() => new(Key, "https://op.example");
}
