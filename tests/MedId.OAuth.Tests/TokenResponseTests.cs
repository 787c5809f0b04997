using System.Text;
using MedId.Core;
using MedId.TestSupport;

namespace MedId.OAuth.Tests;

public class TokenResponseTests
{
    private const string Valid = """{"access_token":"opaque-1","token_type":"Bearer","expires_in":600,"id_token":"a.b.c","refresh_token":"r-1","scope":"openid patient/Patient.read","patient":"patient-0001","other":1}""";

    [Fact]
    public void Parse_Valid_ReadsEveryMember()
    {
        var response = Parse(Valid).Value!;
        Assert.Equal("opaque-1", response.AccessToken);
        Assert.Equal(TimeSpan.FromMinutes(10), response.ExpiresIn);
        Assert.Equal("a.b.c", response.IdToken);
        Assert.Equal("r-1", response.RefreshToken);
        Assert.Equal("patient-0001", response.Patient);
    }

    [Theory]
    [InlineData("\"access_token\":\"opaque-1\",", "")]
    [InlineData("\"access_token\":\"opaque-1\"", "\"access_token\":\"\"")]
    [InlineData("\"token_type\":\"Bearer\",", "")]
    [InlineData("600", "\"600\"")]
    [InlineData("600", "-1")]
    [InlineData("600", "1.5")]
    [InlineData("\"a.b.c\"", "{}")]
    [InlineData("\"patient-0001\"", "[]")]
    public void Parse_MemberAbsentOrOfWrongType_IsRefused(string from, string to) =>
        Assert.Equal(OAuthErrorCodes.TokenResponseMalformed, Parse(Valid.Replace(from, to, StringComparison.Ordinal)).Error!.Code);

    [Theory]
    [InlineData("DPoP")]
    [InlineData("mac")]
    public void Parse_TypeThatIsNotUnderstood_IsRefused(string type) =>
        Assert.Equal(OAuthErrorCodes.TokenTypeUnsupported, Parse(Valid.Replace("Bearer", type, StringComparison.Ordinal)).Error!.Code);

    [Theory]
    [InlineData("bearer")]
    [InlineData("N_A")]
    public void Parse_TypeInAnotherCaseOrNone_IsAccepted(string type) => Assert.True(Parse(Valid.Replace("Bearer", type, StringComparison.Ordinal)).Succeeded);

    [Fact]
    public void ToString_WithTokens_ShowsNone()
    {
        var text = Parse(Valid).Value!.ToString();
        Assert.All(["opaque-1", "a.b.c", "r-1", "patient-0001"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_Mutants_NeverThrow()
    {
        foreach (var mutant in new SeededMutator(44).Mutate(Valid, 3000))
        {
            var result = TokenResponse.Parse(mutant.Bytes);
            Assert.True(!result.Succeeded || result.Value.AccessToken.Length > 0, mutant.How);
        }
    }

    private static MedIdResult<TokenResponse> Parse(string body) => TokenResponse.Parse(Encoding.UTF8.GetBytes(body));
}
