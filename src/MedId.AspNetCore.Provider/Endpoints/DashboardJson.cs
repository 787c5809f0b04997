using System.Text.Json;
using MedId.Core;
using MedId.Provider;

namespace MedId.AspNetCore.Provider;

/// <summary>The dashboard as a device reads it.</summary>
internal static class DashboardJson
{
    public static void Write(Utf8JsonWriter json, DashboardView view)
    {
        json.WriteStartObject();
        json.WriteString("language", view.Language);
        Time(json, "at", view.At);
        Each(json, "recipients", view.Recipients, Write);
        Each(json, "standing", view.Standing, Write);
        Each(json, "consents", view.Consents, Write);
        json.WriteNumber("total", view.Total);
        Optional(json, "next", view.Next);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, DashboardConsent consent)
    {
        json.WriteStartObject();
        json.WriteString("id", consent.Id);
        json.WriteString("state", Word(consent.State.ToString()));
        Text(json, "state_text", consent.StateText);
        Party(json, "recipient", consent.Recipient);
        if (consent.Practitioner is { } doctor)
        {
            json.WriteStartObject("practitioner");
            json.WriteString("name", doctor.Name);
            json.WriteString("role", doctor.Role);
            json.WriteString("organization", doctor.Organization);
            json.WriteEndObject();
        }

        Text(json, "purpose", consent.Purpose);
        Each(json, "categories", consent.Categories, Write);
        Time(json, "given_at", consent.GivenAt);
        Time(json, "access_until", consent.AccessUntil);
        json.WriteString("reuse", consent.Reuse);
        Text(json, "reuse_text", consent.ReuseText);
        Time(json, "withdrawn_at", consent.WithdrawnAt);
        json.WriteString("way", consent.Way);
        Text(json, "way_text", consent.WayText);
        Optional(json, "reason", consent.Reason);
        Optional(json, "standing_consent", consent.StandingConsent);
        if (consent.Proxy is { } proxy)
        {
            json.WriteStartObject("proxy");
            json.WriteString("name", proxy.Name);
            Text(json, "relationship", proxy.Relationship);
            json.WriteEndObject();
        }

        json.WriteString("digest", consent.Digest);
        json.WriteBoolean("can_withdraw", consent.CanWithdraw);
        Each(json, "accesses", consent.Accesses, Write);
        json.WriteNumber("access_count", consent.AccessCount);
        Each(json, "history", consent.History, Write);
        json.WriteNumber("history_count", consent.HistoryCount);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DashboardRecipient recipient)
    {
        json.WriteStartObject();
        Party(json, "recipient", recipient.Recipient);
        Each(json, "categories", recipient.Cells, static (writer, cell) =>
        {
            writer.WriteStartObject();
            writer.WriteString("scope", cell.Scope);
            Text(writer, "text", cell.Text);
            writer.WriteString("state", Word(cell.State.ToString()));
            Time(writer, "until", cell.Until);
            writer.WriteEndObject();
        });
        Each(json, "active_consents", recipient.ActiveConsents, static (writer, id) => writer.WriteStringValue(id));
        json.WriteNumber("consents", recipient.Consents);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DashboardStanding standing)
    {
        json.WriteStartObject();
        json.WriteString("id", standing.Id);
        json.WriteString("way", standing.Way);
        Text(json, "way_text", standing.WayText);
        json.WriteString("state", Word(standing.State.ToString()));
        Text(json, "state_text", standing.StateText);
        Each(json, "recipients", standing.Recipients, static (writer, party) => Party(writer, null, party));
        Optional(json, "trust_framework", standing.TrustFramework);
        Optional(json, "trust_framework_name", standing.TrustFrameworkName);
        Each(json, "categories", standing.Categories, Write);
        Each(json, "purposes", standing.Purposes, static (writer, purpose) => Text(writer, null, purpose));
        Time(json, "given_at", standing.GivenAt);
        Time(json, "valid_until", standing.ValidUntil);
        Time(json, "withdrawn_at", standing.WithdrawnAt);
        json.WriteNumber("uses", standing.Uses);
        if (standing.MaxUses is { } most)
        {
            json.WriteNumber("max_uses", most);
        }

        json.WriteBoolean("can_withdraw", standing.CanWithdraw);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DashboardCategory category)
    {
        json.WriteStartObject();
        json.WriteString("scope", category.Scope);
        Text(json, "text", category.Text);
        json.WriteBoolean("granted", category.Granted);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DashboardLine line)
    {
        json.WriteStartObject();
        Time(json, "at", line.At);
        json.WriteString("event", line.Kind);
        Text(json, "text", line.Text);
        Optional(json, "by", line.By);
        Optional(json, "by_name", line.ByName);
        json.WriteEndObject();
    }

    private static void Each<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }

    private static void Party(Utf8JsonWriter json, string? name, ConsentParty party)
    {
        Open(json, name);
        json.WriteString("client_id", party.ClientId);
        json.WriteString("name", party.Name);
        json.WriteEndObject();
    }

    /// <summary>Words with their language, which need not be the reader's.</summary>
    private static void Text(Utf8JsonWriter json, string? name, DashboardText text)
    {
        Open(json, name);
        json.WriteString("text", text.Text);
        Optional(json, "language", text.Language);
        json.WriteEndObject();
    }

    private static void Open(Utf8JsonWriter json, string? name)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartObject();
    }

    private static void Time(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            json.WriteString(name, ConsentNotice.FormatTime(at));
        }
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static string Word(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
