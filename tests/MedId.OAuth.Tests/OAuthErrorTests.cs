using System.Text;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.OAuth.Tests;

public class OAuthErrorTests
{
    [Theory]
    [InlineData(OAuthErrorNames.InvalidRequest, OAuthErrorCodes.InvalidRequest)]
    [InlineData(OAuthErrorNames.InvalidClient, OAuthErrorCodes.InvalidClient)]
    [InlineData(OAuthErrorNames.InvalidGrant, OAuthErrorCodes.InvalidGrant)]
    [InlineData(OAuthErrorNames.UnauthorizedClient, OAuthErrorCodes.UnauthorizedClient)]
    [InlineData(OAuthErrorNames.UnsupportedGrantType, OAuthErrorCodes.UnsupportedGrantType)]
    [InlineData(OAuthErrorNames.InvalidScope, OAuthErrorCodes.InvalidScope)]
    [InlineData(OAuthErrorNames.InvalidTarget, OAuthErrorCodes.InvalidTarget)]
    [InlineData(OAuthErrorNames.InvalidAuthorizationDetails, OAuthErrorCodes.InvalidAuthorizationDetails)]
    [InlineData(OAuthErrorNames.AccessDenied, OAuthErrorCodes.AccessDenied)]
    [InlineData(OAuthErrorNames.AuthorizationPending, OAuthErrorCodes.AuthorizationPending)]
    [InlineData(OAuthErrorNames.SlowDown, OAuthErrorCodes.SlowDown)]
    [InlineData(OAuthErrorNames.ExpiredToken, OAuthErrorCodes.ExpiredToken)]
    [InlineData(OAuthErrorNames.ExpiredLoginHintToken, OAuthErrorCodes.ExpiredLoginHintToken)]
    [InlineData(OAuthErrorNames.UnknownUserId, OAuthErrorCodes.UnknownUserId)]
    [InlineData(OAuthErrorNames.MissingUserCode, OAuthErrorCodes.MissingUserCode)]
    [InlineData(OAuthErrorNames.InvalidUserCode, OAuthErrorCodes.InvalidUserCode)]
    [InlineData(OAuthErrorNames.InvalidBindingMessage, OAuthErrorCodes.InvalidBindingMessage)]
    [InlineData(OAuthErrorNames.TransactionFailed, OAuthErrorCodes.TransactionFailed)]
    [InlineData(OAuthErrorNames.UnsupportedTokenType, OAuthErrorCodes.UnsupportedTokenType)]
    [InlineData(OAuthErrorNames.TemporarilyUnavailable, OAuthErrorCodes.TemporarilyUnavailable)]
    [InlineData(OAuthErrorNames.ServerError, OAuthErrorCodes.ServerError)]
    [InlineData("expired_id_token_hint", OAuthErrorCodes.UnknownError)]
    [InlineData("Access_Denied", OAuthErrorCodes.UnknownError)]
    public void ToMedIdError_NameOnTheWire_BecomesItsCode(string name, string code) =>
        Assert.Equal(code, Parse($$"""{"error":"{{name}}"}""").Value!.ToMedIdError("CIBA Core §13").Code);

    [Theory]
    [InlineData("provider.practitioner_evidence_missing", "provider.practitioner_evidence_missing")]
    [InlineData("The user Taro Yamada is not known.", null)]
    [InlineData("two.points.here", null)]
    [InlineData(".cause", null)]
    [InlineData("Area.cause", null)]
    public void ToMedIdError_Description_IsTakenOverOnlyWhereItIsACode(string description, string? detail) =>
        Assert.Equal(detail, Parse($$"""{"error":"access_denied","error_description":"{{description}}"}""").Value!.ToMedIdError("§").Detail);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"error":""}""")]
    [InlineData("""{"error":1}""")]
    [InlineData("""{"error":"a\nb"}""")]
    [InlineData("""{"error":"a\"b"}""")]
    public void Parse_WithoutAUsableName_IsRefused(string body) => Assert.Equal(OAuthErrorCodes.ErrorResponseMalformed, Parse(body).Error!.Code);

    [Fact]
    public void Parse_NameTwice_IsRefused() => Assert.Equal(CryptographyErrorCodes.JsonDuplicateMember, Parse("""{"error":"slow_down","error":"access_denied"}""").Error!.Code);

    [Theory]
    [InlineData("a\\u000ab")]
    [InlineData("同意しません")]
    [InlineData("say \\\"no\\\"")]
    public void Parse_DescriptionWithForbiddenCharacters_IsDropped(string description)
    {
        var error = Parse($$"""{"error":"access_denied","error_description":"{{description}}"}""").Value!;
        Assert.Equal(OAuthErrorNames.AccessDenied, error.Error);
        Assert.Null(error.Description);
    }

    [Theory]
    [InlineData("plain text, fine!", "plain text, fine!")]
    [InlineData("say \"no\"\\\r\n同意", "say ?no??????")]
    public void ToDescription_AnyText_KeepsTheRuleOfCharacters(string text, string expected)
    {
        Assert.Equal(expected, OAuthError.ToDescription(text));
        Assert.True(OAuthError.IsDescription(OAuthError.ToDescription(text)));
    }

    [Fact]
    public void Parse_Mutants_AreErrorsOrRefused()
    {
        foreach (var mutant in new SeededMutator(41).Mutate("""{"error":"slow_down","error_description":"oauth.slow_down"}""", 3000))
        {
            var result = OAuthError.Parse(mutant.Bytes);
            Assert.True(!result.Succeeded || OAuthError.IsDescription(result.Value.Error), mutant.How);
        }
    }

    private static Core.MedIdResult<OAuthError> Parse(string body) => OAuthError.Parse(Encoding.UTF8.GetBytes(body));
}
