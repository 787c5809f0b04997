using System.Text.Json;

namespace MedId.Provider;

/// <summary>What the trail and the history take from <see cref="AccessContext"/>; nothing where a host keeps another context.</summary>
/// <param name="Actor">The doctor and the purpose.</param>
/// <param name="ConsentId">The identifier that the consent will have when it is given.</param>
/// <param name="Notice">The notice in canonical form.</param>
internal sealed record AuditedContext(AuditedActor? Actor, string? ConsentId, string? Notice)
{
    private static readonly AuditedContext Nothing = new(null, null, null);

    public static AuditedContext Of(string? context)
    {
        if (context is null)
        {
            return Nothing;
        }

        try
        {
            using var document = JsonDocument.Parse(context);
            return new(AuditedActor.Of(Text(document.RootElement, "actor")), Text(document.RootElement, "consent_id"), Text(document.RootElement, "notice"));
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    /// <summary>Whether the request was decided when it came, without asking a device.</summary>
    public static bool IsDecided(string context)
    {
        try
        {
            using var document = JsonDocument.Parse(context);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("decision", out var decision) && decision.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
