using System.Security.Cryptography;
using System.Text;
using MedId.Provider;

namespace MedId.Provider.Tests;

public class NoticeTests
{
    private static readonly string[] Shown = ["a", "b", "c"];

    [Fact]
    public void Make_PartialChoice_KeepsTheOrderOfTheNotice()
    {
        var choice = ConsentChoice.Make(Shown, confirmed: true, ["c", "a"]).Value!;

        Assert.Equal("""{"button":"agree","confirmed":true,"granted":["a","c"],"refused":["b"]}""", choice.ToCanonicalJson());
        Assert.True(choice.IsNarrowed);
    }

    [Theory]
    [InlineData(false, "a")]
    [InlineData(true, "")]
    [InlineData(true, "a a")]
    [InlineData(true, "a d")]
    [InlineData(true, "A")]
    public void Make_NotConfirmedEmptyTwiceOrNotShown_IsRefused(bool confirmed, string granted) =>
        Assert.Equal(
            ProviderErrorCodes.ChoiceRefused,
            ConsentChoice.Make(Shown, confirmed, granted.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Error?.Code);

    [Fact]
    public void Compute_Digest_IsOverTheCanonicalPair()
    {
        var expected = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes("""{"choice":{"x":1},"notice":{"y":"語"}}"""))).TrimEnd('=').Replace('+', '-').Replace('/', '_');

        Assert.Equal(expected, ConsentDigest.Compute("""{"y":"語"}""", """{"x":1}"""));
    }

    [Theory]
    [InlineData("WXYZ-1", "MedId consent v1; to=ehr; msg=WXYZ-1; sha-256=D")]
    [InlineData(null, "MedId consent v1; to=ehr; msg=-; sha-256=D")]
    [InlineData("受付3番", "MedId consent v1; to=ehr; msg=-; sha-256=D")]
    [InlineData("a;b", "MedId consent v1; to=ehr; msg=-; sha-256=D")]
    public void TransactionLine_BindingMessage_StandsOnlyWhenItIsPlainAscii(string? message, string line) =>
        Assert.Equal(line, ConsentDigest.TransactionLine("ehr", message, "D"));

    [Fact]
    public void TransactionLine_TooLong_LeavesTheMessageOutThenThrows()
    {
        var digest = new string('d', 43);
        var longest = new string('e', 200 - "MedId consent v1; to=; msg=-; sha-256=".Length - 43);

        Assert.Equal(200, ConsentDigest.TransactionLine(longest, "message", digest).Length);
        Assert.Throws<ArgumentException>(() => ConsentDigest.TransactionLine(longest + "e", null, digest));
        Assert.Throws<ArgumentException>(() => ConsentDigest.TransactionLine("電子カルテ", null, digest));
    }

    [Theory]
    [InlineData("Title")]
    [InlineData("Intro")]
    [InlineData("Withdrawal")]
    [InlineData("Confirmation")]
    [InlineData("Deny")]
    [InlineData("Agree")]
    [InlineData("Purpose_TREAT")]
    public void Get_EveryText_ExistsInBothLanguages(string name)
    {
        Assert.NotEqual(NoticeTexts.Get(name, "en"), NoticeTexts.Get(name, "ja"));
        Assert.Throws<ArgumentException>(() => NoticeTexts.Get(name, "fr"));
    }

    [Fact]
    public void Get_Japanese_SaysTheWordsOfTheStudy()
    {
        Assert.Equal("確認しました", NoticeTexts.Get("Confirmation", "ja"));
        Assert.Equal("同意しません", NoticeTexts.Get("Deny", "ja"));
        Assert.Equal("同意します", NoticeTexts.Get("Agree", "ja"));
    }
}
