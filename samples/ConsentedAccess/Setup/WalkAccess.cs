using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>What the doctor asks for in the basic scenario.</summary>
internal static class WalkAccess
{
    /// <summary>The class of a token for which the glass was broken, as the sample OP names it.</summary>
    public const string BreakGlass = "https://medidsdk.example/sample/acr/break-glass";

    /// <summary>The class of a token from a consent given beforehand.</summary>
    public const string PreRegistered = "https://medidsdk.example/sample/acr/pre-registered";

    /// <summary>The class of a token by a code that the person told.</summary>
    public const string OneTimeCode = "https://medidsdk.example/sample/acr/one-time-code";

    /// <summary>Stands in a scenario where the code will stand that the patient tells.</summary>
    public const string ToldCode = "one-time-code:{told}";

    /// <summary>What the EHR may ask for beside the basic scopes.</summary>
    public static readonly string[] MoreScopes = ["patient/Condition.read", "btg"];

    public static readonly string[] Scopes = ["patient/Patient.read", "patient/MedicationRequest.read", "patient/AllergyIntolerance.read"];

    /// <summary>The body of the EHR's <c>POST /accesses</c>, with what the scenario changes.</summary>
    public static JsonObject Body(Scenario scenario) => Body(scenario.Access);

    /// <summary>The same with other members.</summary>
    public static JsonObject Body(JsonObject members)
    {
        var body = new JsonObject
        {
            ["hint"] = new JsonObject { ["kind"] = "login_hint", ["value"] = SampleFiles.LoginHint, ["user_code"] = SampleFiles.UserCode },
            ["scopes"] = new JsonArray([.. Scopes.Select(scope => JsonValue.Create(scope))]),
            ["binding_message"] = "A-1047",
        };
        foreach (var (name, value) in members)
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }

    /// <summary>The members with the code that the patient tells in its place.</summary>
    public static JsonObject Tell(JsonObject members, string code) => JsonNode.Parse(members.ToJsonString().Replace("{told}", code, StringComparison.Ordinal))!.AsObject();
}
