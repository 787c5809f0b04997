using System.Net;
using System.Text;
using MedId.TestSupport;

namespace MedId.OAuth.Server.Tests;

public sealed class OAuthFormTests
{
    private const string Form = "application/x-www-form-urlencoded";

    private static OAuthForm Valid(string body) => OAuthForm.Read(Form, Encoding.UTF8.GetBytes(body)).Value!;

    private static string? Code(string body, string? contentType = Form) => OAuthForm.Read(contentType, Encoding.UTF8.GetBytes(body)).Error?.Code;

    [Fact]
    public void Read_Parameters_KeepsOrderAndDecodes()
    {
        var form = Valid("scope=openid+a%2Fb.read&binding_message=%E7%A2%BA%E8%AA%8D&x=1%2B1");
        Assert.Equal(["scope", "binding_message", "x"], form.Names);
        Assert.Equal("openid a/b.read", form["scope"]);
        Assert.Equal("確認", form["binding_message"]);
        Assert.Equal("1+1", form["x"]);
        Assert.Null(form["y"]);
    }

    [Theory]
    [InlineData("a=&b=1&c&")]
    [InlineData("a=&&b=1&&c=")]
    public void Read_ParameterWithoutValue_CountsAsLeftOut(string body) => Assert.Equal(["b"], Valid(body).Names);

    [Theory]
    [InlineData("application/x-www-form-urlencoded; charset=UTF-8")]
    [InlineData("APPLICATION/X-WWW-FORM-URLENCODED;charset=\"utf-8\"")]
    public void Read_MediaTypeInUtf8_IsRead(string contentType) => Assert.Null(Code("a=1", contentType));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("application/json")]
    [InlineData("multipart/form-data")]
    [InlineData("application/x-www-form-urlencoded; charset=iso-8859-1")]
    [InlineData("application/x-www-form-urlencoded-2")]
    public void Read_OtherMediaType_IsRefused(string? contentType) => Assert.Equal(OAuthServerErrorCodes.FormMalformed, Code("a=1", contentType));

    [Theory]
    [InlineData("a=1&a=2")]
    [InlineData("a=1&a=1")]
    [InlineData("a=&a=1")]
    [InlineData("a=1&%61=1")]
    [InlineData("a&a")]
    public void Read_RepeatedParameter_IsRefused(string body) => Assert.Equal(OAuthServerErrorCodes.ParameterRepeated, Code(body));

    [Theory]
    [InlineData("a=%")]
    [InlineData("a=%4")]
    [InlineData("a=%4G")]
    [InlineData("a=%G4")]
    [InlineData("a=%ff")]
    [InlineData("a=%ED%A0%80")]
    [InlineData("%C0%80=1")]
    [InlineData("a=薬")]
    [InlineData("a=1 2")]
    [InlineData("a=1\n")]
    public void Read_EscapeThatIsNone_IsRefused(string body) => Assert.Equal(OAuthServerErrorCodes.FormMalformed, Code(body));

    [Fact]
    public void Read_Limits_AreExact()
    {
        Assert.Null(Code(string.Join('&', Enumerable.Range(0, OAuthForm.MaxParameters).Select(i => $"p{i}=1"))));
        Assert.Equal(OAuthServerErrorCodes.FormMalformed, Code(string.Join('&', Enumerable.Range(0, OAuthForm.MaxParameters + 1).Select(i => $"p{i}=1"))));
        Assert.Null(Code("a=" + new string('1', OAuthForm.MaxBytes - 2)));
        Assert.Equal(OAuthServerErrorCodes.FormMalformed, Code("a=" + new string('1', OAuthForm.MaxBytes - 1)));
    }

    [Fact]
    public void Of_TooManyPairs_IsRefused() => Assert.Equal(
        OAuthServerErrorCodes.FormMalformed,
        OAuthForm.Of(Enumerable.Range(0, OAuthForm.MaxParameters + 1).Select(i => KeyValuePair.Create($"p{i}", "1"))).Error?.Code);

    [Fact]
    public void Read_Mutants_AreRefusedOrReadAsAnotherReaderReadsThem()
    {
        const string body = "grant_type=urn%3Aopenid%3Aparams%3Agrant-type%3Aciba&auth_req_id=abc-_.&binding_message=%E7%A2%BA+1";
        var accepted = 0;
        foreach (var mutant in new SeededMutator(20261121).Mutate(body, 4000))
        {
            var form = OAuthForm.Read(Form, mutant.Bytes);
            if (!form.Succeeded)
            {
                continue;
            }

            accepted++;
            var expected = Encoding.UTF8.GetString(mutant.Bytes).Split('&').Select(p => p.Split('=', 2)).Where(p => p.Length == 2 && p[1].Length > 0)
                .ToDictionary(p => WebUtility.UrlDecode(p[0]), p => WebUtility.UrlDecode(p[1]));
            Assert.Equal(expected, form.Value.Names.ToDictionary(n => n, n => form.Value[n]!));
        }

        Assert.InRange(accepted, 100, 3900);
    }

    [Fact]
    public void ToString_Form_ShowsNoValue() => Assert.Equal("user_code", Valid("user_code=1234").ToString());
}
