using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Fido.Uaf;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Cli.Tests;

/// <summary>Inputs for the UAF verbs, made with the software authenticator; its model and keys are of nobody.</summary>
internal static class UafExamples
{
    public const string Facet = "android:apk-key-hash-sha256:bm90IGEgcmVhbCBjZXJ0aWZpY2F0ZSBoYXNoIGF0IGFsbA";

    private static readonly DateTimeOffset At = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly UafRequestFactory Factory = new("https://op.example/uaf/facets");
    private static readonly byte[] Challenge = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];

    public static JsonObject Registration() => Make().Registration;

    public static JsonObject Authentication() => Make().Authentication;

    public static JsonObject Deregistration()
    {
        var registration = Registered(Make().Registration);
        var request = Factory.CreateDeregistration(new DeregisterAuthenticator(Aaid.Parse((string)registration["aaid"]!), UafKeyId.Parse((string)registration["keyId"]!)));
        return new JsonObject { ["id"] = "example", ["request"] = JsonNode.Parse(request.Json), ["registrations"] = new JsonArray(registration) };
    }

    public static JsonObject Inspect()
    {
        var (_, authentication) = Make();
        var response = authentication["response"]![0]!;
        return new JsonObject
        {
            ["id"] = "example",
            ["assertion"] = (string)response["assertions"]![0]!["assertion"]!,
            ["fcParams"] = (string)response["fcParams"]!,
            ["registration"] = authentication["registrations"]![0]!.DeepClone(),
        };
    }

    /// <summary>A registration and the authentication after it, of one authenticator.</summary>
    public static (JsonObject Registration, JsonObject Authentication) Make(SoftwareUafModelOptions? options = null, UafFault registrationFault = UafFault.None, UafFault fault = UafFault.None)
    {
        var model = SoftwareUafModel.Create(options ?? new() { Attestation = SoftwareUafAttestation.IssuedOverAuthorities }, new ManualTimeProvider(At));
        var authenticator = new SoftwareUafAuthenticator(model);
        var policy = UafPolicy.ForModels(Aaid.Parse(model.Options.Aaid));
        var request = Factory.CreateRegistration(Challenge, "patient", policy, serverData: "handle-1");
        var registration = Common(request.Json, authenticator.Register(request.Json, Facet, registrationFault), model);

        var second = Factory.CreateAuthentication(Challenge, policy, [UafTransaction.FromText("Show my prescriptions to Dr. Example")], serverData: "handle-2");
        var authentication = Common(second.Json, authenticator.Authenticate(second.Json, Facet, fault), model);
        if (Medid.One("uaf", "verify-registration", registration.ToJsonString()) is var answer && answer.GetProperty("valid").GetBoolean())
        {
            authentication["registrations"] = new JsonArray(JsonNode.Parse(answer.GetProperty("assertions")[0].GetProperty("registration").GetRawText()));
        }

        return (registration, authentication);
    }

    public static JsonObject Registered(JsonObject registration) =>
        JsonNode.Parse(Medid.One("uaf", "verify-registration", registration.ToJsonString()).GetProperty("assertions")[0].GetProperty("registration").GetRawText())!.AsObject();

    private static JsonObject Common(string request, string response, SoftwareUafModel model) => new()
    {
        ["id"] = "example",
        ["at"] = "2026-04-01T00:00:00Z",
        ["request"] = JsonNode.Parse(request),
        ["response"] = JsonNode.Parse(response),
        ["trustedFacets"] = new JsonArray([.. ((int[])[0, 1, 2]).Select(minor => new JsonObject
        {
            ["version"] = new JsonObject { ["major"] = 1, ["minor"] = minor },
            ["ids"] = new JsonArray(Facet),
        })]),
        ["metadata"] = new JsonArray(JsonNode.Parse(model.MetadataStatement)),
        ["user"] = "account-1",
        ["challengeState"] = "open",
    };
}
