using System.Text.Json;
using MedId.Heart.Fhir.Scopes;

namespace TrimmedSmoke;

internal static class ScopeCheck
{
    public static Task RunAsync()
    {
        var scopes = Require.Accepted(ScopeSet.Parse("openid patient/AllergyIntolerance.read"));
        var context = FhirTokenContext.None with { Patient = "patient-1" };
        var request = Require.Accepted(FhirRequest.Parse("GET", "/AllergyIntolerance/a1"));
        var decider = new ScopeDecider();

        Require.That(decider.Decide(scopes, context, request, Allergy("patient-1")).Outcome == ScopeOutcome.Permit, "the patient's own record was not permitted");
        Require.That(decider.Decide(scopes, context, request, Allergy("patient-2")).IsDenied, "another patient's record was not denied");
        Require.That(ResourceCategoryTexts.Category("AllergyIntolerance", "ja").Length > 0, "no Japanese text");
        return Task.CompletedTask;
    }

    private static ResourceImage Allergy(string patient)
    {
        using var json = JsonDocument.Parse($$$"""{"resourceType":"AllergyIntolerance","id":"a1","patient":{"reference":"Patient/{{{patient}}}"}}""");
        return json.RootElement.Clone();
    }
}
