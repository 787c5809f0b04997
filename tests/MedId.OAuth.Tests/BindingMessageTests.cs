namespace MedId.OAuth.Tests;

public class BindingMessageTests
{
    [Theory]
    [InlineData("A")]
    [InlineData("山田内科 12-34")]
    [InlineData("𠮷野家の近く")]
    [InlineData("葛\U000E0100城 7")]
    [InlineData("診察室３ 受付 12")]
    [InlineData("ガ 😀 W4SCT")]
    [InlineData("か\u309A 3\uFE0F\u20E3")]
    [InlineData("น้ำ \u1EA1\u0307")]
    [InlineData("0123456789012345678901234567890123456789")]
    [InlineData("𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷")]
    public void Parse_WithinTheRule_KeepsTheText(string text) => Assert.Equal(text, BindingMessage.Parse(text).Value!.Text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u3000")]
    [InlineData("01234567890123456789012345678901234567890")]
    [InlineData("line\nbreak")]
    [InlineData("tab\there")]
    [InlineData("nul\0")]
    [InlineData("c1\u0085")]
    [InlineData("del\u007F")]
    [InlineData("ps\u2029")]
    [InlineData("ls\u2028")]
    [InlineData("rlo\u202Etxt")]
    [InlineData("lri\u2066txt")]
    [InlineData("alm\u061C")]
    [InlineData("rlm\u200F")]
    [InlineData("か\u3099")]
    [InlineData("e\u0301")]
    public void Parse_OutsideTheRule_IsRefused(string? text) => Assert.Equal(OAuthErrorCodes.InvalidBindingMessage, BindingMessage.Parse(text).Error!.Code);

    [Theory]
    [InlineData(0x061C)]
    [InlineData(0x200E)]
    [InlineData(0x200F)]
    [InlineData(0x202A)]
    [InlineData(0x202E)]
    [InlineData(0x2066)]
    [InlineData(0x2069)]
    public void Parse_CharacterThatTurnsDirection_IsRefused(int codePoint) => Assert.False(BindingMessage.Parse("a" + char.ConvertFromUtf32(codePoint) + "b").Succeeded);

    [Theory]
    [InlineData(0x00AD)]
    [InlineData(0x200B)]
    [InlineData(0x200D)]
    [InlineData(0x2060)]
    [InlineData(0x206A)]
    [InlineData(0xFEFF)]
    [InlineData(0xFFF9)]
    [InlineData(0xE0041)]
    [InlineData(0x034F)]
    [InlineData(0x115F)]
    [InlineData(0x1160)]
    [InlineData(0x17B4)]
    [InlineData(0x180B)]
    [InlineData(0x180F)]
    [InlineData(0x2800)]
    [InlineData(0x3164)]
    [InlineData(0xFFA0)]
    public void Parse_CharacterThatNobodySees_IsRefused(int codePoint) => Assert.False(BindingMessage.Parse("a" + char.ConvertFromUtf32(codePoint) + "b").Succeeded);

    [Theory]
    [InlineData(0xE000)]
    [InlineData(0xF8FF)]
    [InlineData(0xF0000)]
    [InlineData(0x10FFFD)]
    [InlineData(0x0378)]
    [InlineData(0xFFFE)]
    public void Parse_CharacterThatEachScreenShowsInItsOwnWay_IsRefused(int codePoint) => Assert.False(BindingMessage.Parse("a" + char.ConvertFromUtf32(codePoint) + "b").Succeeded);

    [Theory]
    [InlineData("q\u0323\u0331\u0307")]
    [InlineData("\u0323a")]
    [InlineData("\uFE0Fa")]
    [InlineData("葛\U000E0100\U000E0101")]
    public void Parse_MarksThatStandWhereNoneBelongs_AreRefused(string text) => Assert.False(BindingMessage.Parse(text.Normalize()).Succeeded);

    [Theory]
    [InlineData(0x05D0)]
    [InlineData(0x0627)]
    [InlineData(0x0660)]
    [InlineData(0x08A0)]
    [InlineData(0xFB50)]
    [InlineData(0xFE70)]
    [InlineData(0x10840)]
    [InlineData(0x1E900)]
    public void Parse_LetterFromRightToLeft_IsRefused(int codePoint) => Assert.False(BindingMessage.Parse("12 " + char.ConvertFromUtf32(codePoint) + " 34").Succeeded);

    [Theory]
    [InlineData(0x202F)]
    [InlineData(0x3000)]
    [InlineData(0xFF01)]
    [InlineData(0xFE0F)]
    [InlineData(0x9FFF)]
    [InlineData(0x0905)]
    [InlineData(0x2801)]
    [InlineData(0xFF9F)]
    public void Parse_NeighbourOfThoseCharacters_IsTaken(int codePoint) => Assert.True(BindingMessage.Parse("a" + char.ConvertFromUtf32(codePoint) + "b").Succeeded);

    [Fact]
    public void Parse_Length_CountsCharactersAndNotCodeUnits()
    {
        var forty = string.Concat(Enumerable.Repeat("😀", BindingMessage.MaxLength));
        Assert.True(BindingMessage.Parse(forty).Succeeded);
        Assert.False(BindingMessage.Parse(forty + "a").Succeeded);
        Assert.False(BindingMessage.Parse(forty + "😀").Succeeded);
    }

    // A lone surrogate cannot stand in an attribute, which is stored as UTF-8.
    [Fact]
    public void Parse_LoneSurrogate_IsRefused()
    {
        Assert.False(BindingMessage.Parse("ab" + '\uD842').Succeeded);
        Assert.False(BindingMessage.Parse('\uDFB7' + "ab").Succeeded);
    }

    [Fact]
    public void ToString_Any_DoesNotShowTheText() => Assert.DoesNotContain("12-34", BindingMessage.Parse("12-34").Value!.ToString(), StringComparison.Ordinal);
}
