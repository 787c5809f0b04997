using System.Text;
using System.Text.Json;

namespace MedId.Provider;

/// <summary>Writes the <c>act</c> claim (RFC 8693 §4.1) in the claim names of IHE ITI IUA, the same for every kind of evidence.</summary>
internal static class PractitionerActor
{
    public static string Write(
        string issuer, string subject, string name, string organization, string organizationId, CodedValue role, CodedValue purpose, Action<Utf8JsonWriter>? writeExtensions = null)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss", issuer);
            json.WriteString("sub", subject);
            json.WriteStartObject("extensions");
            json.WriteStartObject("ihe_iua");
            json.WriteString("subject_name", name);
            json.WriteString("subject_organization", organization);
            json.WriteString("subject_organization_id", organizationId);
            WriteCoded(json, "subject_role", role);
            WriteCoded(json, "purpose_of_use", purpose);
            json.WriteEndObject();
            writeExtensions?.Invoke(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteCoded(Utf8JsonWriter json, string name, CodedValue value)
    {
        json.WriteStartArray(name);
        json.WriteStartObject();
        json.WriteString("system", value.System);
        json.WriteString("code", value.Code);
        json.WriteString("display", value.Display);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
