using System.Text.Json.Nodes;

namespace MedId.Samples.RelyingPartyGateway;

/// <summary>By which an access is known again after a restart; stored encrypted.</summary>
internal sealed record AccessReference(string Access, string Patient, string Purpose)
{
    public static AccessReference? Parse(string text) =>
        JsonNode.Parse(text) is JsonObject json && (string?)json["access"] is { } access && (string?)json["patient"] is { } patient && (string?)json["purpose"] is { } purpose
            ? new(access, patient, purpose)
            : null;

    public string ToText() => new JsonObject { ["access"] = Access, ["patient"] = Patient, ["purpose"] = Purpose }.ToJsonString();

    public override string ToString() => Access;
}
