using System.Text.Json;

namespace MedId.Provider;

/// <summary>What the trail and the history take from <see cref="AccessContext"/>; nothing where a host keeps another context.</summary>
/// <param name="Actor">The doctor and the purpose.</param>
/// <param name="ConsentId">The identifier that the consent will have when it is given.</param>
/// <param name="Notice">The notice in canonical form.</param>
/// <param name="IsDecided">Whether the request was decided when it came, without asking a device.</param>
internal sealed record AuditedContext(AuditedActor? Actor, string? ConsentId, string? Notice, bool IsDecided)
{
    private static readonly AuditedContext Nothing = new(null, null, null, IsDecided: false);
    private static readonly RecentlyRead<AuditedContext> Known = new(Read);

    public static AuditedContext Of(string? context) => context is null ? Nothing : Known.Of(context);

    private static AuditedContext Read(string context)
    {
        try
        {
            using var document = JsonDocument.Parse(context);
            var root = document.RootElement;
            return new(
                AuditedActor.Of(Text(root, "actor")),
                Text(root, "consent_id"),
                Text(root, "notice"),
                root.ValueKind == JsonValueKind.Object && root.TryGetProperty("decision", out var decision) && decision.ValueKind == JsonValueKind.Object);
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
