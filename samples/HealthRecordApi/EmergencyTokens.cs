using System.Text.Json;
using MedId.Heart.Fhir.Scopes;
using MedId.OAuth;

namespace MedId.Samples.HealthRecordApi;

/// <summary>This API's own policy for <c>btg</c>: only of tokens whose class says that the glass was broken, and only for the purposes of an emergency.</summary>
internal static class EmergencyTokens
{
    public static readonly string[] Purposes = ["BTG", "ETREAT"];

    public static Func<IntrospectionResponse, FhirTokenContext> ContextFor(string? acr) => token => new()
    {
        Patient = token.Patient,
        BreakTheGlassAccepted = acr is not null && string.Equals(token.Acr, acr, StringComparison.Ordinal),
        Purpose = PurposeOf(token.Actor),
    };

    /// <summary>The purpose of use that the doctor's own OP signed (IHE ITI IUA).</summary>
    public static string? PurposeOf(JsonElement? actor) =>
        actor is { ValueKind: JsonValueKind.Object } act && act.TryGetProperty("extensions", out var extensions) && extensions.ValueKind == JsonValueKind.Object
        && extensions.TryGetProperty("ihe_iua", out var iua) && iua.ValueKind == JsonValueKind.Object
        && iua.TryGetProperty("purpose_of_use", out var purposes) && purposes.ValueKind == JsonValueKind.Array && purposes.GetArrayLength() > 0
        && purposes[0].ValueKind == JsonValueKind.Object && purposes[0].TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
            ? code.GetString()
            : null;
}
