using System.Text.Json;
using MedId.Provider;

namespace MedId.AspNetCore.Provider;

/// <summary>Relations on the wire.</summary>
internal static class ProxyJson
{
    /// <summary>The relation as its two see it. The clerk's identifier and the evidence's digests stay with the OP.</summary>
    public static void WriteMembers(Utf8JsonWriter json, ProxyRelation relation, DateTimeOffset now)
    {
        json.WriteString("id", relation.Id);
        json.WriteString("state", Word(relation.StateAt(now).ToString()));
        json.WriteString("relationship", Word(relation.Relationship.ToString()));
        json.WriteString("patient_name", relation.PatientName);
        json.WriteString("proxy_name", relation.ProxyName);
        json.WriteString("legal_basis", relation.LegalBasis);
        json.WriteStartArray("evidence");
        foreach (var evidence in relation.Evidence)
        {
            json.WriteStartObject();
            json.WriteString("kind", evidence.Kind);
            json.WriteString("issuer", evidence.Issuer);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteList(json, "scopes", relation.Scopes);
        WriteList(json, "purposes", relation.Purposes);
        json.WriteString("valid_from", ConsentNotice.FormatTime(relation.ValidFrom));
        json.WriteString("valid_until", ConsentNotice.FormatTime(relation.EndsAt));
        json.WriteString("registered_at", ConsentNotice.FormatTime(relation.RegisteredAt));
        json.WriteString("registered_by", relation.RegisteredBy.InstitutionId);
        json.WriteBoolean("appointed", relation.Appointment is not null);
    }

    public static string Word(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
