namespace MedId.Heart.Fhir.Scopes.Tests;

public sealed class SearchFilterTests
{
    private const string Laboratory = "category=http%3A%2F%2Fterminology.hl7.org%2FCodeSystem%2Fobservation-category%7Claboratory";

    [Theory]
    [InlineData("patient/Observation.read", "GET Observation", "Patient/p1/Observation")]
    [InlineData("patient/*.read", "GET Observation", "Patient/p1/Observation")]
    [InlineData("patient/Patient.read", "GET Patient", "Patient?_id=p1 Patient?link=Patient/p1")]
    [InlineData("patient/Practitioner.read", "GET Practitioner", "Practitioner")]
    [InlineData("patient/*.read", "GET ?_type=Observation,Condition", "Patient/p1/Observation Patient/p1/Condition")]
    [InlineData("patient/*.read", "GET _history", "Patient/p1/*")]
    [InlineData("system/*.read", "GET _history", "")]
    [InlineData("system/Observation.read", "GET Observation", "Observation")]
    [InlineData("system/Observation.read", "GET Patient/p7/Observation", "Patient/p7/Observation")]
    [InlineData("user/Observation.read", "GET Observation", "Patient/p1/Observation Patient/p2/Observation")]
    [InlineData("user/Observation.read", "GET Patient/p2/Observation", "Patient/p2/Observation")]
    [InlineData("patient/Observation.s?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory patient/Observation.r", "GET Observation", "Patient/p1/Observation?" + Laboratory)]
    [InlineData("patient/Patient.s?active=true", "GET Patient", "Patient?_id=p1&active=true Patient?link=Patient/p1&active=true")]
    public void Clauses_OfASearch_SayWhatItMayBring(string scopes, string line, string searches)
    {
        var context = new FhirTokenContext { Patient = "p1", User = "Practitioner/d1", UserPatients = ["p1", "p2"] };
        var decision = Fhir.First(scopes, line, context);
        Assert.Equal(ScopeOutcome.Filter, decision.Outcome);
        Assert.Equal(searches, string.Join(' ', decision.Filter!.Clauses().SelectMany(clause => clause.ToSearches())));
    }

    [Fact]
    public void Clauses_ScopeWithoutItsContext_IsNoClause()
    {
        var filter = Fhir.First("patient/Observation.read user/Observation.read", "GET Observation").Filter!;
        Assert.Equal("patient/Observation.read", Assert.Single(filter.Clauses()).Scope.Value);
    }

    [Fact]
    public void Clauses_UserRule_LeavesTheRecordsToPermits() =>
        Assert.Null(Assert.Single(Fhir.First("user/Observation.read", "GET Observation", Fhir.Doctor, new() { UserRule = _ => true }).Filter!.Clauses()).Patients);

    [Fact]
    public void Permits_Entries_EachIsJudgedByItself()
    {
        var filter = Fhir.First("patient/Observation.read patient/Encounter.r sens/HIV", "GET Observation?_include=Observation:encounter").Filter!;
        Fhir.Permitted(filter.Permits(Fhir.Observation()), "patient/Observation.read");
        Fhir.Permitted(filter.Permits(Fhir.Observation(labels: (Fhir.ActCode, "HIV"))), "patient/Observation.read", "sens/HIV");
        Fhir.Denied(ScopesErrorCodes.LabelNotGranted, filter.Permits(Fhir.Observation(labels: (Fhir.ActCode, "PSY"))));
        Fhir.Denied(ScopesErrorCodes.OtherPatient, filter.Permits(Fhir.Observation("p2")));

        // Included: a type that the token may read but not search does not come back, one that it has no scope for even less.
        Fhir.Denied(ScopesErrorCodes.Insufficient, filter.Permits(Fhir.Json("""{"resourceType":"Encounter","id":"e1","subject":{"reference":"Patient/p1"}}""")));
        Fhir.Denied(ScopesErrorCodes.Insufficient, filter.Permits(Fhir.Json("""{"resourceType":"Patient","id":"p1"}""")));
        Fhir.Denied(ScopesErrorCodes.ImageMalformed, filter.Permits(Fhir.Json("{}")));
        Fhir.Denied(ScopesErrorCodes.ImageMalformed, filter.Permits(Fhir.Json("""{"resourceType":"Nothing"}""")));
        Fhir.Denied(ScopesErrorCodes.ImageMalformed, filter.Permits(default));
    }

    [Theory]
    [InlineData("patient/Observation.s", "GET Observation/_history", true)]
    [InlineData("patient/Observation.r", "GET Observation/_history", false)]
    [InlineData("patient/Observation.s", "GET ?_type=Observation", true)]
    [InlineData("patient/Observation.s", "GET ?_type=Observation,Condition", false)]
    [InlineData("patient/Observation.s", "GET /", false)]
    [InlineData("patient/*.s", "GET /", true)]
    [InlineData("patient/Observation.s", "GET Patient/p1/Observation", true)]
    [InlineData("patient/Observation.s", "GET Patient/p1/*", false)]
    [InlineData("patient/*.s", "GET Patient/p1/*", true)]
    [InlineData("patient/Observation.s", "GET Encounter/e1/Observation", true)]
    [InlineData("patient/Observation.s", "GET Observation?subject:Patient.name=x", false)]
    [InlineData("patient/Observation.s patient/Patient.s", "GET Observation?subject:Patient.name=x", true)]
    [InlineData("patient/Observation.s patient/Patient.s?active=true", "GET Observation?subject:Patient.name=x", false)]
    [InlineData("patient/Observation.s user/Patient.s", "GET Observation?subject:Patient.name=x", false)]
    [InlineData("patient/Patient.s", "GET Patient?_has:Observation:patient:code=x", false)]
    [InlineData("patient/Patient.s patient/Observation.s", "GET Patient?_has:Observation:patient:code=x", true)]
    [InlineData("patient/Practitioner.s patient/Observation.s", "GET Practitioner?_has:Observation:performer:code=x", false)]
    [InlineData("patient/Practitioner.s patient/Observation.s system/Observation.s", "GET Practitioner?_has:Observation:performer:code=x", true)]
    [InlineData("patient/Observation.s patient/Practitioner.s", "GET Observation?performer:Practitioner._has:Observation:performer:code=x", false)]
    [InlineData("patient/Observation.s patient/Practitioner.s system/Observation.s", "GET Observation?performer:Practitioner._has:Observation:performer:code=x", true)]
    [InlineData("patient/*.s", "GET Patient?_has:Observation:patient:performer:Practitioner._has:Condition:asserter:code=x", false)]
    [InlineData("patient/*.s", "GET Observation?patient.general-practitioner:Practitioner.name=x", true)]
    [InlineData("patient/*.s", "GET Observation?patient._has:Condition:patient:code=x", true)]
    [InlineData("patient/Location.s patient/Organization.s", "GET Location?organization:Organization.name=x", true)]
    [InlineData("patient/*.s", "GET ?_has:Observation:performer:code=x", false)]
    [InlineData("patient/*.s", "GET ?_type=Practitioner&_has:Observation:performer:code=x", false)]
    [InlineData("patient/*.s", "GET ?_type=Encounter&_has:Observation:encounter:code=x", true)]
    [InlineData("patient/*.s", "GET Patient/p1/*?_has:Observation:encounter:code=x", true)]
    [InlineData("patient/*.s", "GET Practitioner?_filter=x", false)]
    [InlineData("patient/Observation.s", "GET Observation?_filter=x", false)]
    [InlineData("patient/*.s", "GET Observation?_filter=x", true)]
    public void DecideRequest_Search_NeedsSearchOnAllThatItLooksInto(string scopes, string line, bool goesOn)
    {
        var decision = Fhir.First(scopes, line);
        if (goesOn)
        {
            Assert.Equal(ScopeOutcome.Filter, decision.Outcome);
        }
        else
        {
            Fhir.Denied(ScopesErrorCodes.Insufficient, decision);
        }
    }

    [Fact]
    public void DecideRequest_CompartmentOfAnotherPatient_IsRefused()
    {
        Fhir.Denied(ScopesErrorCodes.OtherPatient, Fhir.First("patient/Observation.s", "GET Patient/p2/Observation"));
        Fhir.Denied(ScopesErrorCodes.UserNotPermitted, Fhir.First("user/Observation.s", "GET Patient/p2/Observation", Fhir.Doctor));
        Fhir.Denied(ScopesErrorCodes.NotInCompartment, Fhir.First("patient/*.s", "GET ?_type=Observation,ValueSet"));
    }

    [Fact]
    public void HiddenLabels_OfAToken_AreThoseItHasNoScopeFor()
    {
        var hidden = Fhir.First("patient/Observation.read conf/R sens/HIV", "GET Observation").Filter!.HiddenLabels();
        Assert.Contains(Fhir.Confidentiality + "|V", hidden);
        Assert.Contains(Fhir.ActCode + "|PSY", hidden);
        Assert.DoesNotContain(Fhir.Confidentiality + "|R", hidden);
        Assert.DoesNotContain(Fhir.Confidentiality + "|N", hidden);
        Assert.DoesNotContain(Fhir.ActCode + "|HIV", hidden);
        Assert.Contains(Fhir.Confidentiality + "|N", Fhir.First("patient/Observation.read", "GET Observation", options: new() { RequireConfidentialityScope = true }).Filter!.HiddenLabels());
    }

    [Fact]
    public void HiddenLabels_BrokenGlass_AreNoneAndEachEntrySaysThatItNeededIt()
    {
        var filter = Fhir.First("patient/Observation.read btg", "GET Observation", Fhir.P1 with { BreakTheGlassAccepted = true }).Filter!;
        Assert.True(filter.LabelsAreLifted);
        Assert.Empty(filter.HiddenLabels());
        Assert.False(filter.Permits(Fhir.Observation()).BrokeTheGlass);
        Assert.True(filter.Permits(Fhir.Observation(labels: (Fhir.ActCode, "HIV"))).BrokeTheGlass);
    }

    [Theory]
    [InlineData("", "o1,e1", 1)]
    [InlineData(""","link":[{"relation":"self","url":"x"}]""", "o1,e1", 1)]
    [InlineData(""","link":[{"relation":"self","url":"x"},{"relation":"next","url":"y"},{"relation":"last","url":"z"}]""", "o1,e1", null)]
    [InlineData(""","link":[{"relation":"previous","url":"x"}]""", "o1,e1", null)]
    public void WriteBundle_Searchset_HasOnlyWhatMayGoOutAndNoNumberThatCountsMore(string links, string ids, int? total)
    {
        var written = Written($$"""{"resourceType":"Bundle","type":"searchset","total":4{{links}},"entry":[{{Entries}}]}""");
        Assert.Equal(ids, string.Join(',', written.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource")).Where(one => one.TryGetProperty("id", out _)).Select(one => one.GetProperty("id").GetString())));
        Assert.Equal(3, written.GetProperty("entry").GetArrayLength());
        Assert.Equal(total, written.TryGetProperty("total", out var number) ? number.GetInt32() : null);
        Assert.DoesNotContain("p2", written.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("last", written.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(links.Length != 0, written.TryGetProperty("link", out _));
    }

    [Fact]
    public void WriteBundle_HistoryWithADeletion_LeavesOutWhatCannotBeJudged()
    {
        var written = Written($$$"""{"resourceType":"Bundle","id":"x","type":"history","entry":[{"fullUrl":"Observation/o9","request":{"method":"DELETE","url":"Observation/o9"}},{"resource":{{{Fhir.Observation("p2").GetRawText()}}} }]}""");
        Assert.Equal("""{"resourceType":"Bundle","id":"x","type":"history"}""", written.GetRawText());
    }

    [Fact]
    public void WriteBundle_BinaryWithItsContext_IsJudgedWithIt()
    {
        const string bundle = """{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Binary","id":"b","securityContext":{"reference":"DocumentReference/d"} } }]}""";
        var owner = Fhir.Json("""{"resourceType":"DocumentReference","id":"d","subject":{"reference":"Patient/p1"}}""");
        Assert.False(Written(bundle).TryGetProperty("entry", out _));
        Assert.Single(Written(bundle, resource => ((ResourceImage)resource).WithSecurityContext(owner)).GetProperty("entry").EnumerateArray());
    }

    // What contains it has the label; by itself it has none, and would go out.
    [Fact]
    public void WriteBundle_ContainedResourceByItself_IsLeftOut()
    {
        const string entry = """{"fullUrl":"https://fhir.example.jp/r4/Observation/o1#c","resource":{"resourceType":"Observation","id":"c","subject":{"reference":"Patient/p1"} } }""";
        Assert.False(Written($$"""{"resourceType":"Bundle","type":"searchset","entry":[{{entry}}]}""").TryGetProperty("entry", out _));
        Assert.True(Written($$"""{"resourceType":"Bundle","type":"searchset","entry":[{{entry.Replace("#c", "", StringComparison.Ordinal)}}]}""").TryGetProperty("entry", out _));
    }

    [Fact]
    public void Permits_ResourceThatWasCut_IsRefused()
    {
        var filter = Fhir.First("patient/Observation.read", "GET Observation?_elements=code").Filter!;
        const string cut = """{"resourceType":"Observation","id":"o1","meta":{"tag":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}]},"subject":{"reference":"Patient/p1"}}""";
        Fhir.Denied(ScopesErrorCodes.ImageMalformed, filter.Permits(Fhir.Json(cut)));
        Fhir.Permitted(filter.Permits(Fhir.Json(cut.Replace("SUBSETTED", "OTHER", StringComparison.Ordinal))), "patient/Observation.read");
        Fhir.Denied(ScopesErrorCodes.ImageMalformed, Fhir.Decide("patient/Observation.cruds", "PUT Observation/o1", Fhir.Observation(), Fhir.Json(cut)));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"resourceType":"Bundle","type":"document"}""")]
    [InlineData("""{"resourceType":"Bundle","type":"searchset","entry":{}}""")]
    [InlineData("""{"resourceType":"Bundle","type":"searchset","\ud800aaaaaaaaaaaaaa":1}""")]
    public void WriteBundle_WhatIsNone_IsRefusedAndNothingIsWritten(string json)
    {
        using var stream = new MemoryStream();
        using var writer = new System.Text.Json.Utf8JsonWriter(stream);
        Fhir.Refused(ScopesErrorCodes.ImageMalformed, Fhir.First("patient/*.read", "GET Observation").Filter!.WriteBundle(Fhir.Json(json), writer));
        Assert.Equal(0, writer.BytesPending + writer.BytesCommitted);
    }

    [Fact]
    public void ChainedClauses_OfASearch_SayWhatTheChainMayLookAt()
    {
        var filter = Fhir.First("patient/Observation.s patient/Patient.s sens/HIV", "GET Observation?subject:Patient.name=x").Filter!;
        Assert.Equal(["Patient?_id=p1", "Patient?link=Patient/p1"], filter.ChainedClauses().SelectMany(clause => clause.ToSearches()));
        Assert.Empty(Fhir.First("patient/Observation.s", "GET Observation").Filter!.ChainedClauses());
    }

    private static string Entries => string.Join(
        ',',
        new[] { Fhir.Observation(), Fhir.Observation("p2", "o2"), Fhir.Observation(id: "o3", labels: (Fhir.ActCode, "HIV")) }.Select(one => $$"""{"resource":{{one.GetRawText()}},"search":{"mode":"match"} }""")
            .Append("""{"resource":{"resourceType":"Encounter","id":"e1","subject":{"reference":"Patient/p1"} },"search":{"mode":"include"} }""")
            .Append("""{"resource":{"resourceType":"Encounter","id":"e2","subject":{"reference":"Patient/p2"} },"search":{"mode":"include"} }""")
            .Append("""{"resource":{"resourceType":"OperationOutcome","issue":[]},"search":{"mode":"outcome"} }""")
            .Append("""{"resource":{"resourceType":"Patient","name":[{"text":"p2"}]},"search":{"mode":"outcome"} }"""));

    private static System.Text.Json.JsonElement Written(string bundle, Func<System.Text.Json.JsonElement, ResourceImage>? image = null)
    {
        using var stream = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(stream))
        {
            var kept = Fhir.Accepted(Fhir.First("patient/*.read", "GET Observation").Filter!.WriteBundle(Fhir.Json(bundle), writer, image));
            Assert.InRange(kept, 0, 3);
        }

        return Fhir.Json(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }
}
