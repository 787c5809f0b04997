using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>What the doctor asks for in the basic scenario.</summary>
internal static class WalkAccess
{
    public static readonly string[] Scopes = ["patient/Patient.read", "patient/MedicationRequest.read", "patient/AllergyIntolerance.read"];

    /// <summary>The body of the EHR's <c>POST /accesses</c>, with what the scenario changes.</summary>
    public static JsonObject Body(Scenario scenario)
    {
        var body = new JsonObject
        {
            ["hint"] = new JsonObject { ["kind"] = "login_hint", ["value"] = SampleFiles.LoginHint, ["user_code"] = SampleFiles.UserCode },
            ["scopes"] = new JsonArray([.. Scopes.Select(scope => JsonValue.Create(scope))]),
            ["binding_message"] = "A-1047",
        };
        foreach (var (name, value) in scenario.Access)
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }
}
