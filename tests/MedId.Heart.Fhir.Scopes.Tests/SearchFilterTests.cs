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
}
