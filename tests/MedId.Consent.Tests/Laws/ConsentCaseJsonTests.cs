using System.Text;
using MedId.TestSupport;

namespace MedId.Consent.Tests;

public sealed class ConsentCaseJsonTests
{
    private const string Valid = """{"basis":"implied-posted-notice","exception":"23(1) ii","subject_age":13,"special_care_data":true,"consent_given_at":"2026-04-01T09:00:00+09:00","subject_jurisdiction":"JP","purpose_count":null}""";

    [Fact]
    public void Read_Facts_AreTheMembers() => Assert.Equal(
        new ConsentCase
        {
            Basis = ConsentBasis.ImpliedPostedNotice,
            Exception = AppiException.LifeBodyProperty,
            SubjectAge = 13,
            SpecialCareData = true,
            ConsentGivenAt = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero),
            SubjectJurisdiction = "JP",
        },
        ConsentCaseJson.Read(Encoding.UTF8.GetBytes(Valid)).Value);

    [Theory]
    [InlineData("\"subject_age\":13", "\"subject_age\":-1")]
    [InlineData("\"subject_age\":13", "\"subject_age\":\"13\"")]
    [InlineData("special_care_data", "special_care_dta")]
    [InlineData("implied-posted-notice", "implied")]
    [InlineData("implied-posted-notice", "Explicit")]
    [InlineData("2026-04-01T09:00:00+09:00", "2026-04-01T09:00:00")]
    [InlineData("23(1) ii", "23(1) v")]
    [InlineData("\"JP\"", "\"Japan\"")]
    [InlineData("true", "1")]
    public void Read_OneFault_IsRefused(string from, string to) =>
        Assert.Equal(ConsentErrorCodes.CaseFact, ConsentCaseJson.Read(Encoding.UTF8.GetBytes(Valid.Replace(from, to, StringComparison.Ordinal))).Error?.Code);

    [Fact]
    public void Read_Mutants_NeverThrow()
    {
        foreach (var mutant in new SeededMutator(7).Mutate(Valid, 3000))
        {
            var read = ConsentCaseJson.Read(mutant.Bytes);
            Assert.True(read.Succeeded || read.Error.Code.StartsWith("json.", StringComparison.Ordinal) || read.Error.Code == ConsentErrorCodes.CaseFact);
        }
    }
}
