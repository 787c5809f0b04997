using MedId.TestSupport;

namespace MedId.Cryptography.Tests;

public sealed class StrictBase64UrlTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("00", "AA")]
    [InlineData("FB", "-w")]
    [InlineData("FFFF", "__8")]
    [InlineData("03ECFFE0C1", "A-z_4ME")] // RFC 7515 appendix C
    public void TryDecode_CanonicalText_GivesTheBytesThatEncodeToIt(string hex, string text)
    {
        Assert.True(StrictBase64Url.TryDecode(text, out var bytes));
        Assert.Equal(hex, Convert.ToHexString(bytes));
        Assert.Equal(text, StrictBase64Url.Encode(bytes));
    }

    [Theory]
    [InlineData("AA==")]
    [InlineData("AA=")]
    [InlineData("A")]
    [InlineData("AAAAA")]
    [InlineData("AB")] // four stray bits
    [InlineData("AAB")] // two stray bits
    [InlineData("A A")]
    [InlineData("AA\n")]
    [InlineData(" AA")]
    [InlineData("+/8A")]
    [InlineData("AA.A")]
    [InlineData("ＡＡ")]
    [InlineData("AA%3D")]
    public void Decode_TextThatNoEncoderGives_IsRefused(string text)
    {
        Assert.False(StrictBase64Url.TryDecode(text, out _));
        Refused.With(CryptographyErrorCodes.Base64UrlMalformed, StrictBase64Url.Decode(text, 100));
    }

    [Fact]
    public void Decode_NullOrTooLong_IsRefused()
    {
        Refused.With(CryptographyErrorCodes.Base64UrlMalformed, StrictBase64Url.Decode(null, 100));
        Refused.With(CryptographyErrorCodes.Base64UrlMalformed, StrictBase64Url.Decode("AAAA", 2));
        Assert.Equal(3, Refused.Not(StrictBase64Url.Decode("AAAA", 3)).Length);
        Assert.Equal(2, Refused.Not(StrictBase64Url.Decode("AAA", 2)).Length);
    }

    [Fact]
    public void TryDecode_AnyMutant_IsRefusedOrEncodesToItself()
    {
        var text = StrictBase64Url.Encode([.. Enumerable.Range(0, 200).Select(i => (byte)(i * 7))]);
        foreach (var mutant in new SeededMutator(15).Mutate(text, 20_000))
        {
            if (StrictBase64Url.TryDecode(mutant.Text, out var bytes))
            {
                Assert.Equal(mutant.Text, StrictBase64Url.Encode(bytes));
            }
        }
    }
}
