namespace MedId.OAuth.Tests;

public class BindingMessageTests
{
    [Theory]
    [InlineData("A")]
    [InlineData("山田内科 12-34")]
    [InlineData("𠮷野家の近く")]
    [InlineData("葛\U000E0100城 7")]
    [InlineData("0123456789012345678901234567890123456789")]
    [InlineData("𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷")]
    public void Parse_WithinTheRule_KeepsTheText(string text) => Assert.Equal(text, BindingMessage.Parse(text).Value!.Text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("01234567890123456789012345678901234567890")]
    [InlineData("line\nbreak")]
    [InlineData("tab\there")]
    [InlineData("nul\0")]
    [InlineData("c1\u0085")]
    [InlineData("ls\u2028")]
    [InlineData("rlo\u202Etxt")]
    [InlineData("lri\u2066txt")]
    [InlineData("alm\u061C")]
    [InlineData("rlm\u200F")]
    [InlineData("か\u3099")]
    [InlineData("e\u0301")]
    public void Parse_OutsideTheRule_IsRefused(string? text) => Assert.Equal(OAuthErrorCodes.InvalidBindingMessage, BindingMessage.Parse(text).Error!.Code);

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
