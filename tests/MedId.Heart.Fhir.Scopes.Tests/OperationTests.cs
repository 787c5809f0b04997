namespace MedId.Heart.Fhir.Scopes.Tests;

public sealed class OperationTests
{
    [Theory]
    [InlineData("patient/*.rs", "Patient/p1/$everything", true)]
    [InlineData("patient/*.r patient/*.s", "Patient/p1/$everything", true)]
    [InlineData("patient/*.cruds", "Patient/p1/$everything", true)]
    [InlineData("user/*.rs", "Patient/p1/$everything", true)]
    [InlineData("system/*.rs", "Patient/p9/$everything", true)]
    [InlineData("system/*.rs", "$export", true)]
    [InlineData("system/*.rs", "Patient/$export", true)]
    [InlineData("system/*.rs", "Group/g1/$export", true)]
    [InlineData("patient/*.r", "Patient/p1/$everything", false)]
    [InlineData("patient/*.rs?_tag=x", "Patient/p1/$everything", false)]
    [InlineData("patient/Observation.rs patient/Patient.rs", "Patient/p1/$everything", false)]
    [InlineData("patient/*.r user/*.s", "Patient/p1/$everything", false)]
    [InlineData("patient/*.rs user/*.rs", "$export", false)]
    [InlineData("system/Patient.rs", "Patient/$export", false)]
    public void DecideRequest_OperationWithARule_NeedsAllThatTheRuleSays(string scopes, string url, bool goesOn)
    {
        var decision = Fhir.First(scopes, "GET " + url, Fhir.Doctor with { Patient = "p1" });
        if (goesOn)
        {
            Assert.Equal(ScopeOutcome.Filter, decision.Outcome);
            Assert.Equal(Fhir.Scopes(scopes).Scopes.Select(scope => scope.Value), decision.By.Select(scope => scope.Value));
            Assert.NotNull(decision.Filter);
        }
        else
        {
            Fhir.Denied(ScopesErrorCodes.Insufficient, decision);
        }
    }

    [Theory]
    [InlineData("Patient/p1/$everything2")]
    [InlineData("Patient/$everything")]
    [InlineData("Encounter/e1/$everything")]
    [InlineData("Group/$export")]
    [InlineData("Observation/$lastn")]
    [InlineData("Patient/p1/$EVERYTHING")]
    [InlineData("$graphql")]
    [InlineData("Observation?_query=x")]
    public void DecideRequest_OperationWithoutRule_IsRefusedToEverybody(string url) =>
        Fhir.Denied(ScopesErrorCodes.OperationWithoutRule, Fhir.First("patient/*.* user/*.* system/*.*", "GET " + url, Fhir.Doctor with { Patient = "p1" }));

    [Fact]
    public void DecideRequest_RuleWithoutNeeds_NeverGrants()
    {
        OperationRule[] rules = [new("$open", null, OnInstance: false, []), new("$open", null, OnInstance: false, [new(FhirPermissionType.System, "*", FhirPermissions.None)])];
        Fhir.Denied(ScopesErrorCodes.OperationWithoutRule, Fhir.First("system/*.*", "GET $open", options: new() { OperationRules = rules[..1] }));
        Fhir.Denied(ScopesErrorCodes.Insufficient, Fhir.First("system/*.*", "GET $open", options: new() { OperationRules = rules }));
    }

    [Fact]
    public void DecideRequest_EverythingOfAnotherPatient_IsRefused()
    {
        Fhir.Denied(ScopesErrorCodes.OtherPatient, Fhir.First("patient/*.rs", "GET Patient/p2/$everything"));
        Fhir.Denied(ScopesErrorCodes.UserNotPermitted, Fhir.First("user/*.rs", "GET Patient/p2/$everything", Fhir.Doctor));
        Fhir.Denied(ScopesErrorCodes.PatientContextMissing, Fhir.First("patient/*.rs", "GET Patient/p2/$everything", FhirTokenContext.None));
    }

    [Fact]
    public void RequiredScope_OfARefusedOperation_IsTheRules()
    {
        Assert.Equal("system/*.read", Fhir.First("patient/*.rs", "GET $export").RequiredScope);
        Assert.Equal("system/*.rs", Fhir.First("patient/*.rs", "GET $export", options: new() { Syntax = FhirScopeSyntax.Cruds }).RequiredScope);
    }

    [Fact]
    public void Decide_OperationOnOneResource_LooksAtTheResource()
    {
        OperationRule[] rules = [new("$document", "Composition", OnInstance: true, [new(FhirPermissionType.Patient, "Composition", FhirPermissions.Read)])];
        var options = new ScopeDecisionOptions { OperationRules = rules };
        const string line = "GET Composition/c1/$document";
        Assert.Equal(ScopeOutcome.Examine, Fhir.First("patient/Composition.r", line, options: options).Outcome);
        Assert.Equal(ScopeOutcome.Filter, Decide("p1", "").Outcome);
        Fhir.Denied(ScopesErrorCodes.OtherPatient, Decide("p2", ""));
        Fhir.Denied(ScopesErrorCodes.LabelNotGranted, Decide("p1", "\"meta\":{\"security\":[{\"code\":\"R\"}]},"));

        ScopeDecision Decide(string patient, string meta) => Fhir.Decide(
            "patient/Composition.r", line, Fhir.Json($$$"""{{{{meta}}}"resourceType":"Composition","id":"c1","subject":{"reference":"Patient/{{{patient}}}"}}"""), options: options);
    }
}
