using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf.Tests;

public sealed class UafUserVerificationUsedTests
{
    [Theory]
    [InlineData("0200000002000200", 1)]
    [InlineData("02000000020002000400000006000200", 2)]
    [InlineData("", null)]
    [InlineData("02000000020002", null)]
    [InlineData("020000000200020000", null)]
    public void Parse_Entries_AreOfEightBytes(string hex, int? count) => Assert.Equal(count, UafUserVerificationUsed.Parse(Convert.FromHexString(hex))?.Count);

    [Fact]
    public void Parse_Entry_IsLittleEndian() => Assert.Equal(
        new UafUserVerificationUsed(UserVerificationMethods.Fingerprint, KeyProtections.Hardware | KeyProtections.TrustedExecutionEnvironment, MatcherProtections.OnChip),
        UafUserVerificationUsed.Parse(Convert.FromHexString("0200000006000400"))![0]);

    [Fact]
    public void Parse_MoreThanSixteen_AreNotRead()
    {
        Assert.Equal(16, UafUserVerificationUsed.Parse(new byte[128])!.Count);
        Assert.Null(UafUserVerificationUsed.Parse(new byte[136]));
    }
}
