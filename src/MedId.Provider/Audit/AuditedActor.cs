using System.Text.Json;

namespace MedId.Provider;

/// <summary>The doctor and the purpose as the trail keeps them, from the <c>act</c> claim that this OP wrote (RFC 8693 §4.1, IHE ITI IUA names): identifiers and codes, no name.</summary>
/// <param name="Agent">The doctor.</param>
/// <param name="Purpose">The purpose's code where its system is HL7 v3 ActReason.</param>
internal sealed record AuditedActor(AuditAgent Agent, string? Purpose)
{
    public static AuditedActor? Of(string? json)
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            // A host with a grant of its own may name its actors otherwise; the line is written all the same.
            return null;
        }
    }

    public static AuditedActor? Of(JsonElement actor)
    {
        if (Text(actor, "sub") is not { } subject)
        {
            return null;
        }

        var iua = Member(Member(actor, "extensions"), "ihe_iua");
        var (role, purpose) = (First(iua, "subject_role"), First(iua, "purpose_of_use"));
        return new(
            new() { Kind = AuditAgentKind.Practitioner, Issuer = Text(actor, "iss"), Id = subject, Role = Text(role, "code"), OrganizationId = Text(iua, "subject_organization_id") },
            string.Equals(Text(purpose, "system"), NoticeFactory.ActReason, StringComparison.Ordinal) ? Text(purpose, "code") : null);
    }

    private static JsonElement Member(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    private static JsonElement First(JsonElement json, string name) => Member(json, name) is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() > 0 ? array[0] : default;

    private static string? Text(JsonElement json, string name) => Member(json, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
