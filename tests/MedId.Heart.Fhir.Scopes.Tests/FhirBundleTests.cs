using MedId.TestSupport;

namespace MedId.Heart.Fhir.Scopes.Tests;

public sealed class FhirBundleTests
{
    private const string Valid = """
        {"resourceType":"Bundle","type":"transaction","entry":[
          {"request":{"method":"GET","url":"Observation/o1"}},
          {"resource":{"resourceType":"Observation","subject":{"reference":"Patient/p1"}},"request":{"method":"POST","url":"Observation","ifNoneExist":"identifier=x"}}]}
        """;

    [Fact]
    public void Parse_Transaction_GivesItsEntries()
    {
        var bundle = Fhir.Accepted(FhirBundle.Parse(Fhir.Json(Valid)));
        Assert.True(bundle.IsTransaction);
        Assert.Equal(["Read Observation", "Create Observation"], bundle.Entries.Select(entry => entry.Request!.ToString()));
        Assert.Equal([false, true], bundle.Entries.Select(entry => entry.Request!.IsConditional));
        Assert.Equal([false, true], bundle.Entries.Select(entry => entry.Resource.IsPresent));
    }

    [Theory]
    [InlineData("\"resourceType\":\"Bundle\"", "\"resourceType\":\"Binary\"")]
    [InlineData("\"type\":\"transaction\"", "\"type\":\"collection\"")]
    [InlineData("\"type\":\"transaction\"", "\"type\":null")]
    [InlineData("\"entry\":[", "\"entry\":{\"a\":[")]
    public void Parse_WhatIsNoBundleOfRequests_IsRefused(string from, string to)
    {
        var text = Valid.Replace(from, to, StringComparison.Ordinal);
        text = to.EndsWith("{\"a\":[", StringComparison.Ordinal) ? text[..(text.LastIndexOf(']') + 1)] + "}}" : text;
        Fhir.Refused(ScopesErrorCodes.RequestMalformed, FhirBundle.Parse(Fhir.Json(text)));
    }

    [Theory]
    [InlineData("""{"request":{"method":"GET"}}""")]
    [InlineData("""{"request":{"url":"Observation"}}""")]
    [InlineData("""{"request":{"method":"POST","url":""}}""")]
    [InlineData("""{"request":{"method":"GET","url":"https://example.org/Observation/o1"}}""")]
    [InlineData("""{"resource":{}}""")]
    [InlineData("null")]
    [InlineData("[]")]
    public void Parse_EntryThatCannotBeRead_CarriesItsError(string entry)
    {
        var bundle = Fhir.Accepted(FhirBundle.Parse(Fhir.Json($$"""{"resourceType":"Bundle","type":"batch","entry":[{{entry}}]}""")));
        Assert.False(bundle.IsTransaction);
        var only = Assert.Single(bundle.Entries);
        Assert.False(only.IsReadable);
        Assert.Equal(ScopesErrorCodes.RequestMalformed, only.Error.Code);
    }

    [Fact]
    public void Parse_MostEntries_AreReadAndOneMoreIsRefused()
    {
        Assert.Equal(FhirBundle.MaxEntries, Fhir.Accepted(FhirBundle.Parse(Fhir.Json(Of(FhirBundle.MaxEntries)))).Entries.Count);
        Fhir.Refused(ScopesErrorCodes.LimitExceeded, FhirBundle.Parse(Fhir.Json(Of(FhirBundle.MaxEntries + 1))));
        Assert.Empty(Fhir.Accepted(FhirBundle.Parse(Fhir.Json("""{"resourceType":"Bundle","type":"batch"}"""))).Entries);

        static string Of(int count) =>
            $$"""{"resourceType":"Bundle","type":"batch","entry":[{{string.Join(',', Enumerable.Repeat("""{"request":{"method":"GET","url":"Patient/p1"}}""", count))}}]}""";
    }

    [Fact]
    public void DecideTransaction_OneEntryRefusedOrNotYetDecided_RefusesAll()
    {
        var scopes = Fhir.Scopes("patient/Observation.r patient/Condition.s");
        var decider = new ScopeDecider();
        var read = decider.Decide(scopes, Fhir.P1, Fhir.Request("GET Observation/o1"), Fhir.Observation());
        var search = decider.Decide(scopes, Fhir.P1, Fhir.Request("GET Condition"));
        var first = decider.DecideRequest(scopes, Fhir.P1, Fhir.Request("GET Observation/o1"));
        Fhir.Permitted(ScopeDecider.DecideTransaction(scopes, [read, search]), "patient/Observation.r", "patient/Condition.s");
        Fhir.Denied(ScopesErrorCodes.EntryRefused, ScopeDecider.DecideTransaction(scopes, [read, default]));
        Fhir.Denied(ScopesErrorCodes.EntryRefused, ScopeDecider.DecideTransaction(scopes, [read, first]));
    }

    [Fact]
    public void DecideRequest_Bundle_HasNoScopeOfItsOwn() => Assert.Equal(ScopeOutcome.Examine, Fhir.First("", "POST /").Outcome);

    [Fact]
    public void Parse_Mutants_NeverThrow()
    {
        var read = 0;
        foreach (var mutant in new SeededMutator(20261121).Mutate(Valid, 3000))
        {
            try
            {
                using var document = System.Text.Json.JsonDocument.Parse(mutant.Bytes);
                read += FhirBundle.Parse(document.RootElement).Succeeded ? 1 : 0;
            }
            catch (System.Text.Json.JsonException)
            {
                // Broken JSON is the caller's to refuse.
            }
        }

        Assert.NotEqual(0, read);
    }
}
