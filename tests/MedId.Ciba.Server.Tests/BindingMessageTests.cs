namespace MedId.Ciba.Server.Tests;

public sealed class BindingMessageTests
{
    [Theory]
    [InlineData("A")]
    [InlineData("7-Z!")]
    [InlineData("診察室３ 受付 12")]
    [InlineData("ガ")]
    [InlineData("😀 W4SCT")]
    public void IsAcceptable_MessageThatCanBeShown_IsTaken(string message) => Assert.True(BindingMessage.IsAcceptable(message));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u3000")]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("a\0b")]
    [InlineData("a\u007fb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    [InlineData("a\u2029b")]
    [InlineData("か\u3099")]
    [InlineData("e\u0301")]
    public void IsAcceptable_MessageThatCannot_IsRefused(string? message) => Assert.False(BindingMessage.IsAcceptable(message));

    [Theory]
    [InlineData(0x061C)]
    [InlineData(0x200E)]
    [InlineData(0x200F)]
    [InlineData(0x202A)]
    [InlineData(0x202E)]
    [InlineData(0x2066)]
    [InlineData(0x2069)]
    public void IsAcceptable_CharacterThatTurnsDirection_IsRefused(int codePoint) =>
        Assert.False(BindingMessage.IsAcceptable("a" + char.ConvertFromUtf32(codePoint) + "b"));

    [Theory]
    [InlineData(0x200D)]
    [InlineData(0x202F)]
    [InlineData(0x206A)]
    public void IsAcceptable_NeighboursOfThoseCharacters_AreTaken(int codePoint) =>
        Assert.True(BindingMessage.IsAcceptable("a" + char.ConvertFromUtf32(codePoint) + "b"));

    [Fact]
    public void IsAcceptable_LoneSurrogate_IsRefused()
    {
        Assert.False(BindingMessage.IsAcceptable("a\ud83d"));
        Assert.False(BindingMessage.IsAcceptable("\ude00a"));
    }

    [Fact]
    public void IsAcceptable_Length_CountsCodePoints()
    {
        Assert.True(BindingMessage.IsAcceptable(new string('あ', 40)));
        Assert.False(BindingMessage.IsAcceptable(new string('あ', 41)));
        Assert.True(BindingMessage.IsAcceptable(string.Concat(Enumerable.Repeat("😀", 40))));
        Assert.False(BindingMessage.IsAcceptable(string.Concat(Enumerable.Repeat("😀", 41))));
        Assert.False(BindingMessage.IsAcceptable(string.Concat(Enumerable.Repeat("😀", 40)) + "a"));
    }
}
