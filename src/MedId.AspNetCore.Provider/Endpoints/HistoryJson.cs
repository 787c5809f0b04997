using System.Text.Json;
using MedId.Core;
using MedId.Provider;

namespace MedId.AspNetCore.Provider;

/// <summary>The consent history as the patient's device reads it.</summary>
internal static class HistoryJson
{
    /// <summary>The consents about the person, and where there are any those that the person gave for others.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ConsentHistoryEntry> entries, IReadOnlyList<ConsentHistoryEntry> forOthers, DateTimeOffset now)
    {
        json.WriteStartObject();
        Write(json, "consents", entries, now);
        if (forOthers.Count > 0)
        {
            Write(json, "given_for_others", forOthers, now);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<ConsentHistoryEntry> entries, DateTimeOffset now)
    {
        json.WriteStartArray(name);
        foreach (var entry in entries)
        {
            var (consent, events) = entry;
            json.WriteStartObject();
            json.WriteString("id", consent.Id);
            json.WriteString("status", StatusOf(consent, now));
            json.WriteString("recipient", consent.Recipient.Name);
            if (consent.Practitioner is { } doctor)
            {
                json.WriteStartObject("practitioner");
                json.WriteString("name", doctor.Name);
                json.WriteString("role", doctor.Role);
                json.WriteString("organization", doctor.Organization);
                json.WriteEndObject();
            }

            WriteCategories(json, consent);
            json.WriteString("purpose", consent.Purpose.Text);
            json.WriteString("digest", consent.Notice.Digest);
            json.WriteString("signed", consent.Act.SignedContent);
            json.WriteString("assurance", consent.Act.Assurance);
            if (consent.Ground is { } ground)
            {
                ToldJson.WriteGround(json, ground);
            }

            json.WriteString("given_at", ConsentNotice.FormatTime(consent.GivenAt));
            json.WriteString("access_until", ConsentNotice.FormatTime(consent.AccessUntil));
            json.WriteString("reuse", NoticeReuse.WordOf(consent.Reuse ?? ConsentReuse.EachTime));
            WriteChanges(json, entry);
            WriteLaws(json, consent.Laws);
            if (consent.WithdrawnAt is { } withdrawn)
            {
                json.WriteString("withdrawn_at", ConsentNotice.FormatTime(withdrawn));
            }

            if (consent.Proxy is { } proxy)
            {
                json.WriteStartObject("proxy");
                json.WriteString("name", proxy.Name);
                json.WriteString("patient_name", proxy.PatientName);
                json.WriteString("relationship", ProxyJson.Word(proxy.Relationship.ToString()));
                json.WriteString("legal_basis", proxy.LegalBasis);
                json.WriteEndObject();
            }

            json.WriteStartArray("events");
            foreach (var line in events)
            {
                json.WriteStartObject();
                json.WriteString("at", ConsentNotice.FormatTime(line.At));
                json.WriteString("event", line.Kind);
                if (line.By is not null)
                {
                    // The proxy's account is nothing that the person's device has to know.
                    json.WriteString("by", line.By == consent.Proxy?.Subject ? "proxy" : line.By);
                }

                if (line.Entry is { } place)
                {
                    json.WriteNumber("entry", place);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What was said about the recipient then, and what of it changed since.</summary>
    private static void WriteChanges(Utf8JsonWriter json, ConsentHistoryEntry entry)
    {
        if (entry.Consent.Notice.RecipientVersion is { } version)
        {
            json.WriteNumber("notice_version", version);
        }

        if (entry.Changes.Count > 0)
        {
            json.WriteStartArray("notice_changes");
            foreach (var change in entry.Changes)
            {
                json.WriteStartObject();
                json.WriteString("field", change.Field);
                json.WriteBoolean("material", change.Material);
                json.WriteString("text", change.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    /// <summary>The state in one word.</summary>
    public static string StatusOf(ConsentRecord consent, DateTimeOffset now) => consent.Status == ConsentStatus.Withdrawn ? "withdrawn" : consent.IsActive(now) ? "given" : "expired";

    /// <summary>What was found when the consent was held against the laws.</summary>
    private static void WriteLaws(Utf8JsonWriter json, ConsentLawCheck? found)
    {
        if (found is null)
        {
            return;
        }

        json.WriteStartObject("laws");
        json.WriteString("verdict", found.Verdict);
        WriteList(json, "checked", found.Laws);
        WriteList(json, "not_met", found.NotMet);
        WriteList(json, "undecided", found.Undecided);
        json.WriteString("digest", found.Digest);
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>The words that were shown, from the recorded notice: not today's wording.</summary>
    private static void WriteCategories(Utf8JsonWriter json, ConsentRecord consent)
    {
        using var notice = JsonDocument.Parse(consent.Notice.Notice);
        json.WriteStartArray("categories");
        foreach (var category in notice.RootElement.GetProperty("categories").EnumerateArray())
        {
            var scope = category.GetProperty("scope").GetString()!;
            json.WriteStartObject();
            json.WriteString("scope", scope);
            json.WriteString("text", category.GetProperty("text").GetString());
            json.WriteBoolean("granted", consent.ScopesGranted.Contains(scope, StringComparer.Ordinal));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
