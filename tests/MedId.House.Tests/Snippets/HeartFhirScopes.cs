using System.Text.Json;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.House.Tests.Snippets;

internal static class HeartFhirScopes
{
    #region HeartFhirScopes_Decide
    private static readonly ScopeDecider Decider = new(new ScopeDecisionOptions { ServiceBase = "https://fhir.clinic.example/r4" });

    public static MedIdError? Read(string scope, string patient, string pathAndQuery, Func<FhirRequest, JsonElement?> store)
    {
        var scopes = ScopeSet.Parse(scope);                                  // once per token, from its introspection
        var request = FhirRequest.Parse("GET", pathAndQuery);                // "Observation/o1"
        if (!scopes.Succeeded || !request.Succeeded)
        {
            return scopes.Error ?? request.Error;
        }

        var context = new FhirTokenContext { Patient = patient };
        var first = Decider.DecideRequest(scopes.Value, context, request.Value);
        if (first.IsDenied)
        {
            return first.Error;                                              // 403; first.RequiredScope names the missing one
        }

        // Absent and hidden are answered alike, as not found. A search takes first.Filter: its clauses and labels narrow the query, Permits judges each entry.
        return store(request.Value) is { } resource ? Decider.DecideResource(scopes.Value, context, request.Value, resource).Error : null;
    }
    #endregion

    public static string Words()
    {
        #region HeartFhirScopes_Words
        var scope = FhirScope.ForResource(FhirPermissionType.Patient, "MedicationRequest", FhirPermissions.ReadSearch);
        string words = ResourceCategoryTexts.Describe(scope, "ja");          // 薬の服用に関する情報
        #endregion
        return words;
    }
}
