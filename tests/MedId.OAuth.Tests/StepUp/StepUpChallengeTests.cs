using MedId.TestSupport;

namespace MedId.OAuth.Tests.StepUp;

public sealed class StepUpChallengeTests
{
    // RFC 9470 §3, figures 2 and 3.
    private const string ByClass = "Bearer error=\"insufficient_user_authentication\", error_description=\"A different authentication level is required\", acr_values=\"myACR\"";
    private const string ByAge = "Bearer error=\"insufficient_user_authentication\", error_description=\"More recent authentication is required\", max_age=\"5\"";

    [Fact]
    public void Find_ExamplesOfTheStandard_AreRead()
    {
        var byClass = StepUpChallenge.Find([ByClass])!;
        Assert.Equal(["myACR"], byClass.AcrValues);
        Assert.Null(byClass.MaxAge);
        var byAge = StepUpChallenge.Find([ByAge])!;
        Assert.Equal((0, TimeSpan.FromSeconds(5)), (byAge.AcrValues.Count, byAge.MaxAge));
    }

    [Theory]
    [InlineData("DPoP algs=\"ES256\", error=insufficient_user_authentication, acr_values=\"a b\", max_age=0")]
    [InlineData("Basic realm=\"x, y=\\\"z\\\"\", Bearer, DPoP Error = \"insufficient_user_authentication\" ,\tACR_values=\"a b\",max_age=\"0\"")]
    [InlineData("Negotiate YWJj==, DPoP error=\"insufficient_user_authentication\", acr_values=\"a b\", max_age=0")]
    public void Find_AmongOthersAndWrittenOtherwise_IsRead(string header)
    {
        var challenge = StepUpChallenge.Find([null, "Bearer", header])!;
        Assert.Equal(["a", "b"], challenge.AcrValues);
        Assert.Equal(TimeSpan.Zero, challenge.MaxAge);
    }

    [Theory]
    [InlineData("Bearer error=\"invalid_token\", acr_values=\"a\"")]
    [InlineData("Bearer error=\"insufficient_user_authentication\"")]
    [InlineData("Bearer error=\"insufficient_user_authentication\", max_age=-1")]
    [InlineData("Bearer error=\"insufficient_user_authentication\", max_age=1.5")]
    [InlineData("Bearer error=\"insufficient_user_authentication\", max_age=99999999999")]
    [InlineData("Bearer error=\"insufficient_user_authentication\", acr_values=\"a")]
    [InlineData("Bearer error=\"insufficient_user_authentication\", acr_values=\"a\", acr_values=\"b\"")]
    [InlineData("error=\"insufficient_user_authentication\", acr_values=\"a\"")]
    [InlineData("")]
    public void Find_NothingToActOn_IsNull(string header) => Assert.Null(StepUpChallenge.Find([header]));

    [Fact]
    public void Find_AnswerWithAnotherStatus_IsNull()
    {
        using var response = new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden);
        response.Headers.TryAddWithoutValidation("WWW-Authenticate", ByClass);
        Assert.Null(StepUpChallenge.Find(response));
        response.StatusCode = System.Net.HttpStatusCode.Unauthorized;
        Assert.NotNull(StepUpChallenge.Find(response));
    }

    [Fact]
    public void ParseAll_Mutants_NeverThrowAndStayWithinTheHeader()
    {
        var header = "Basic realm=\"x\", " + ByClass + ", DPoP algs=\"ES256 PS256\", Negotiate YWJj==";
        Assert.Equal(["Basic", "Bearer", "DPoP", "Negotiate"], AuthenticationChallenge.ParseAll([header]).Select(one => one.Scheme));
        foreach (var mutant in new SeededMutator(9470).Mutate(header, 5000))
        {
            foreach (var challenge in AuthenticationChallenge.ParseAll([mutant.Text]))
            {
                Assert.Contains(challenge.Scheme, mutant.Text, StringComparison.Ordinal);
            }
        }
    }
}
