namespace MedId.Heart.Fhir.Scopes.Tests;

public sealed class ScopeSetTests
{
    [Fact]
    public void Parse_List_KeepsOrderDropsDoublesAndSetsMalformedApart()
    {
        var set = Fhir.Scopes("openid  patient/Observation.read patient/Observation.read-only openid conf/R ");
        Assert.Equal("openid patient/Observation.read conf/R", set.ToString());
        Assert.Equal("patient/Observation.read-only", Assert.Single(set.Ignored).Token);
        Assert.True(set.Contains("openid"));
        Assert.False(set.Contains("OpenID"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public void Parse_Nothing_GrantsNothing(string? scope) => Assert.Empty(Fhir.Accepted(ScopeSet.Parse(scope)).Scopes);

    [Fact]
    public void Parse_MostScopes_AreReadAndOneMoreIsRefused()
    {
        var most = string.Join(' ', Enumerable.Range(0, ScopeSet.MaxScopes).Select(number => "s" + number));
        Assert.Equal(ScopeSet.MaxScopes, Fhir.Scopes(most).Scopes.Count);
        Fhir.Refused(ScopesErrorCodes.LimitExceeded, ScopeSet.Parse(most + " one-more"));
    }

    [Fact]
    public void Parse_LongestList_IsReadAndOneMoreCharacterIsRefused()
    {
        var longest = new string(' ', ScopeSet.MaxLength - 6) + "openid";
        Assert.Single(Fhir.Scopes(longest).Scopes);
        Fhir.Refused(ScopesErrorCodes.LimitExceeded, ScopeSet.Parse(longest + " "));
    }

    [Fact]
    public void Decide_LastOf256Scopes_IsNamed()
    {
        var many = string.Join(' ', Enumerable.Range(0, ScopeSet.MaxScopes - 1).Select(number => "s" + number)) + " patient/Observation.read";
        Fhir.Permitted(Fhir.Decide(many, "GET Observation/o1", Fhir.Observation()), "patient/Observation.read");
    }

    [Theory]
    [InlineData("patient/Observation.rs", "patient/Observation.r patient/Observation.s", true)]
    [InlineData("patient/Observation.rs", "patient/Observation.r patient/Condition.s", false)]
    [InlineData("patient/Observation.rs", "patient/Observation.r patient/Observation.s?status=final", false)]
    [InlineData("patient/Observation.rs?status=final", "patient/Observation.r patient/Observation.s?status=final", true)]
    [InlineData("openid patient/Patient.read", "patient/*.read openid offline_access", true)]
    [InlineData("openid offline_access", "openid", false)]
    [InlineData("patient/Patient.read sens/HIV", "patient/*.*", false)]
    [InlineData("patient/Patient.read btg", "patient/*.* sens/HIV conf/V", false)]
    [InlineData("patient/Patient.read", "user/*.* system/*.*", false)]
    [InlineData("patient/Patient.sr", "patient/Patient.sr patient/*.*", false)]
    [InlineData("", "openid", true)]
    public void Narrow_Choice_IsAcceptedOnlyWhenCovered(string chosen, string granted, bool narrower)
    {
        var result = Fhir.Scopes(granted).Narrow(Fhir.Scopes(chosen));
        if (narrower)
        {
            Assert.Equal(chosen, Fhir.Accepted(result).ToString());
        }
        else
        {
            Fhir.Refused(ScopesErrorCodes.WiderThanGranted, result);
        }
    }

    [Fact]
    public void Of_ScopesReadBefore_IsTheSetOfThem()
    {
        var scopes = Fhir.Scopes("openid patient/Patient.read").Scopes;
        Assert.Equal("openid patient/Patient.read", ScopeSet.Of(scopes.Concat(scopes)).ToString());
        Assert.Throws<ArgumentException>(() => ScopeSet.Of(Enumerable.Range(0, ScopeSet.MaxScopes + 1).Select(number => FhirScope.Parse("s" + number).Value!)));
    }

    [Theory]
    [InlineData("patient/Observation.read", "patient/Observation.rs")]
    [InlineData("patient/Observation.s patient/Observation.r", "patient/Observation.rs")]
    [InlineData("patient/Observation.cru patient/*.r", "patient/*.r patient/Observation.cu")]
    [InlineData("patient/Observation.r patient/*.read", "patient/*.rs")]
    [InlineData("user/Patient.read patient/Patient.read openid launch/patient", "launch/patient openid patient/Patient.rs user/Patient.rs")]
    [InlineData("sens/PSY conf/R btg sens/HIV conf/R", "conf/R sens/HIV sens/PSY btg")]
    [InlineData("patient/Observation.rs?status=final patient/Observation.rs", "patient/Observation.rs")]
    [InlineData("patient/Observation.rs?status=final patient/Observation.r", "patient/Observation.r patient/Observation.s?status=final")]
    [InlineData("patient/Observation.r?status=final&code=a patient/Observation.s?code=a&status=final", "patient/Observation.rs?code=a&status=final")]
    [InlineData("patient/Observation.r?status=final,amended&status=final", "patient/Observation.r?status=final")]
    [InlineData("patient/Observation.r?status=final,amended,final", "patient/Observation.r?status=amended,final")]
    [InlineData("patient/Observation.r?code=http%3A%2F%2Floinc.org%7C718-7", "patient/Observation.r?code=http://loinc.org|718-7")]
    [InlineData("patient/Observation.r?_tag=%e6%a4%9c%5c%2c%26", "patient/Observation.r?_tag=%E6%A4%9C%5C,%26")]
    [InlineData("patient/Observation.u?code=a patient/Observation.u?code=b", "patient/Observation.u?code=a patient/Observation.u?code=b")]
    [InlineData("http://smarthealthit.org/fhir/scopes/patient/Observation.r patient/Observation.s", "patient/Observation.rs")]
    [InlineData("patient/Observation.sr", "")]
    public void Normalise_List_IsTheShortestInOneOrder(string scopes, string normal)
    {
        Assert.Equal(normal, Fhir.Scopes(scopes).Normalise().ToString());
        Assert.Equal(normal, Fhir.Scopes(normal).Normalise().ToString());
    }

    [Fact]
    public void Normalise_ReadWrite_UsesTheWordsWhereTheySayIt() => Assert.Equal(
        "patient/*.read patient/Observation.write patient/Patient.u user/*.*",
        Fhir.Scopes("user/*.cruds patient/*.rs patient/Observation.cud patient/Patient.ru").Normalise(FhirScopeSyntax.ReadWrite).ToString());
}
