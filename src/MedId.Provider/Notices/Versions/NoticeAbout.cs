using System.Text.Json;

namespace MedId.Provider;

/// <summary>What a notice says about its recipient beside the name: in which version, what, and what changed since the person last agreed to this recipient.</summary>
/// <param name="Version">The version of <see cref="RecipientNotice"/>.</param>
/// <param name="Statements">What is said.</param>
/// <param name="Changes">What changed since then; empty when nothing did, or the person never agreed before.</param>
public sealed record NoticeAbout(int Version, IReadOnlyList<ShownStatement> Statements, IReadOnlyList<ShownChange> Changes)
{
    internal static NoticeAbout Of(RecipientNotice notice, IReadOnlyList<ShownChange> changes, string language) =>
        new(notice.Version, [.. notice.Statements.Select(one => new ShownStatement(one.Fact["notice_".Length..], one.In(language)))], changes);

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("about");
        json.WriteNumber("version", Version);
        json.WriteStartArray("statements");
        foreach (var statement in Statements)
        {
            json.WriteStartObject();
            json.WriteString("item", statement.Item);
            json.WriteString("text", statement.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("changes");
        foreach (var change in Changes)
        {
            json.WriteStartObject();
            json.WriteString("field", change.Field);
            json.WriteBoolean("material", change.Material);
            json.WriteString("text", change.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
