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

    // An update by id says what its entry will be called; a create does not, and a name that two entries have is nobody's.
    [Theory]
    [InlineData("PUT", "Patient/p1", "urn:uuid:a", "transaction", true)]
    [InlineData("PUT", "Patient/p2", "urn:uuid:a", "transaction", false)]
    [InlineData("PUT", "Patient?identifier=x", "urn:uuid:a", "transaction", false)]
    [InlineData("POST", "Patient", "urn:uuid:a", "transaction", false)]
    [InlineData("PUT", "Patient/p1", "urn:uuid:b", "transaction", false)]
    [InlineData("PUT", "Patient/p1", "urn:uuid:a", "batch", false)]
    public void Parse_ReferenceToAnotherEntry_CountsAsWhatItWillBe(string method, string url, string fullUrl, string kind, bool member)
    {
        var text = $$$"""
            {"resourceType":"Bundle","type":"{{{kind}}}","entry":[
              {"fullUrl":"{{{fullUrl}}}","resource":{"resourceType":"Patient","id":"p1"},"request":{"method":"{{{method}}}","url":"{{{url}}}"}},
              {"fullUrl":"urn:uuid:o","resource":{"resourceType":"Observation","subject":{"reference":"urn:uuid:a"},"valueString":"𠮷 urn:uuid:a"},"request":{"method":"POST","url":"Observation"}}]}
            """;
        var bundle = Fhir.Accepted(FhirBundle.Parse(Fhir.Json(text)));
        Assert.Equal(fullUrl, bundle.Entries[0].FullUrl);
        Assert.Equal(member ? "Permit" : "Deny scopes.other_patient", new ScopeDecider().DecideEntry(Fhir.Scopes("patient/Observation.c"), Fhir.P1, bundle.Entries[1]).ToString());
    }

    // Written with an escape it is the same name: what the server will resolve is what was judged.
    [Fact]
    public void Parse_ReferenceWithAnEscape_IsResolvedToo()
    {
        var bundle = Fhir.Accepted(FhirBundle.Parse(Fhir.Json("""
            {"resourceType":"Bundle","type":"transaction","entry":[
              {"fullUrl":"urn:uuid:a","resource":{"resourceType":"Patient","id":"p1"},"request":{"method":"PUT","url":"Patient/p1"}},
              {"resource":{"resourceType":"Observation","subject":{"reference":"urn:uuid\u003aa"}},"request":{"method":"POST","url":"Observation"}}]}
            """)));
        Fhir.Permitted(new ScopeDecider().DecideEntry(Fhir.Scopes("patient/Observation.c"), Fhir.P1, bundle.Entries[1]), "patient/Observation.c");
    }

    [Fact]
    public void Parse_NameThatTwoEntriesHave_IsNobodys()
    {
        const string entry = """{"fullUrl":"urn:uuid:a","resource":{"resourceType":"Patient","id":"p1"},"request":{"method":"PUT","url":"Patient/p1"}}""";
        var bundle = Fhir.Accepted(FhirBundle.Parse(Fhir.Json($$$"""
            {"resourceType":"Bundle","type":"transaction","entry":[{{{entry}}},{{{entry.Replace("p1", "p2", StringComparison.Ordinal)}}},
              {"resource":{"resourceType":"Observation","subject":{"reference":"urn:uuid:a"}},"request":{"method":"POST","url":"Observation"}}]}
            """)));
        Fhir.Denied(ScopesErrorCodes.OtherPatient, new ScopeDecider().DecideEntry(Fhir.Scopes("patient/*.cruds"), Fhir.P1, bundle.Entries[2]));
    }

    [Theory]
    [InlineData("""{"request":{"method":"POST","url":"Observation"}}""", "Deny scopes.image_malformed")]
    [InlineData("""{"request":{"method":"PUT","url":"Observation/o1"}}""", "Deny scopes.image_malformed")]
    [InlineData("""{"request":{"method":"PUT","url":"Observation/o1"},"resource":[]}""", "Deny scopes.image_malformed")]
    [InlineData("""{"request":{"method":"POST","url":"Observation"},"resource":{"resourceType":"Observation","subject":{"reference":"Patient/p1"},"\ud800aaaaaaaaaaaaaaaaaaa":1}}""", "Deny scopes.request_malformed")]
    [InlineData("""{"request":{"method":"PATCH","url":"Observation/o1"},"resource":{"resourceType":"Binary"}}""", "Examine")]
    [InlineData("""{"request":{"method":"GET","url":"Observation/o1"}}""", "Examine")]
    [InlineData("""{"request":{"method":"DELETE","url":"Observation/o1"}}""", "Examine")]
    [InlineData("""{"request":{"method":"GET","url":"Observation"}}""", "Filter")]
    [InlineData("""{"request":{"method":"POST","url":"Observation/_search"}}""", "Deny scopes.request_malformed")]
    [InlineData("""{"request":{"method":"POST","url":"/"}}""", "Deny scopes.request_malformed")]
    [InlineData("""{"request":{"method":"POST","url":"Observation","ifNoneExist":5},"resource":{"resourceType":"Observation","subject":{"reference":"Patient/p1"}}}""", "Deny scopes.request_malformed")]
    [InlineData("""{"request":{"method":"POST","url":"Observation","ifNoneExist":"_format=json"},"resource":{"resourceType":"Observation","subject":{"reference":"Patient/p1"}}}""", "Deny scopes.request_malformed")]
    [InlineData("""{"request":{"method":"POST","url":"Observation"},"resource":{"resourceType":"Observation","subject":{"reference":"Patient/p1"}}}""", "Permit")]
    public void DecideEntry_WhatAClientLeavesOut_IsARefusalAndNoException(string entry, string outcome)
    {
        var bundle = FhirBundle.Parse(Fhir.Json($$"""{"resourceType":"Bundle","type":"batch","entry":[{{entry}}]}"""));
        var actual = bundle.Succeeded ? new ScopeDecider().DecideEntry(Fhir.Scopes("patient/Observation.cruds"), Fhir.P1, bundle.Value.Entries[0]).ToString() : "Deny " + bundle.Error.Code;
        Assert.Equal(outcome, actual);
    }

    // http.html §3.1.0.11.2: a reference may be a search; whoever writes it learns whether something matches.
    [Theory]
    [InlineData("Encounter?identifier=x", "patient/Observation.c", "Deny scopes.insufficient")]
    [InlineData("Encounter?identifier=x", "patient/Observation.c patient/Encounter.s", "Deny scopes.insufficient")]
    [InlineData("Encounter?identifier=x", "patient/Observation.c system/Encounter.s", "Permit")]
    [InlineData("Encounter?identifier=x", "patient/Observation.c system/Encounter.s?status=finished", "Deny scopes.insufficient")]
    [InlineData("Encounter?subject.name=x", "patient/Observation.c system/Encounter.s", "Deny scopes.insufficient")]
    [InlineData("Practitioner?identifier=x", "patient/Observation.c patient/Practitioner.s", "Permit")]
    [InlineData("Practitioner?_has:Observation:performer:code=x", "patient/Observation.cs patient/Practitioner.s", "Deny scopes.insufficient")]
    [InlineData("Encounter\\u003fidentifier=x", "patient/Observation.c", "Deny scopes.insufficient")]
    [InlineData("https://fhir.example.jp/r4/Encounter?identifier=x", "patient/Observation.c system/Encounter.s", "Permit")]
    [InlineData("Nothing?identifier=x", "patient/Observation.c system/Encounter.s", "Deny scopes.insufficient")]
    [InlineData("?identifier=x", "patient/Observation.c system/Encounter.s", "Deny scopes.insufficient")]
    [InlineData("Encounter?%zz=x", "patient/Observation.c system/Encounter.s", "Deny scopes.insufficient")]
    [InlineData("Encounter/e1", "patient/Observation.c", "Permit")]
    public void DecideEntry_ReferenceThatIsASearch_NeedsSearchOfEverybody(string reference, string scopes, string outcome)
    {
        var bundle = Fhir.Accepted(FhirBundle.Parse(Fhir.Json($$$"""
            {"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"POST","url":"Observation"},
             "resource":{"resourceType":"Observation","subject":{"reference":"Patient/p1"},"extension":[{"valueReference":{"reference":"{{{reference}}}"}}]}}]}
            """)));
        Assert.Equal(outcome, new ScopeDecider().DecideEntry(Fhir.Scopes(scopes), Fhir.P1, bundle.Entries[0]).ToString());
    }

    [Fact]
    public void DecideEntry_SubjectThatIsASearch_IsNobodys()
    {
        var bundle = Fhir.Accepted(FhirBundle.Parse(Fhir.Json("""
            {"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"POST","url":"Observation"},
             "resource":{"resourceType":"Observation","subject":{"reference":"Patient?_id=p1"}}}]}
            """)));
        Fhir.Denied(ScopesErrorCodes.OtherPatient, new ScopeDecider().DecideEntry(Fhir.Scopes("patient/*.cruds system/Patient.s"), Fhir.P1, bundle.Entries[0]));
    }

    [Fact]
    public void DecideEntry_ConditionalCreateThatFindsWhatIsHidden_IsRefused()
    {
        var bundle = Fhir.Accepted(FhirBundle.Parse(Fhir.Json(Valid)));
        var scopes = Fhir.Scopes("patient/Observation.cs");
        Fhir.Permitted(new ScopeDecider().DecideEntry(scopes, Fhir.P1, bundle.Entries[1]), "patient/Observation.cs");
        Fhir.Permitted(new ScopeDecider().DecideEntry(scopes, Fhir.P1, bundle.Entries[1], Fhir.Observation()), "patient/Observation.cs");
        Fhir.Denied(ScopesErrorCodes.LabelNotGranted, new ScopeDecider().DecideEntry(scopes, Fhir.P1, bundle.Entries[1], Fhir.Observation(labels: (Fhir.ActCode, "HIV"))));
    }
}
