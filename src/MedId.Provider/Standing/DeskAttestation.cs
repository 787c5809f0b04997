using System.Text.Json;

namespace MedId.Provider;

/// <summary>What a reception desk attested, as the person reads it; the clerk's and the witness's identifiers stay with the OP.</summary>
/// <param name="InstitutionId">The institution.</param>
/// <param name="Institution">Its name.</param>
/// <param name="FormVersion">The version of the form that was signed or read aloud.</param>
/// <param name="EvidenceDigest">base64url of the SHA-256 of the scan; null for words.</param>
/// <param name="At">When it was taken.</param>
public sealed record DeskAttestation(string InstitutionId, string Institution, string FormVersion, string? EvidenceDigest, DateTimeOffset At)
{
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("attested");
        json.WriteString("institution_id", InstitutionId);
        json.WriteString("institution", Institution);
        json.WriteString("form_version", FormVersion);
        if (EvidenceDigest is not null)
        {
            json.WriteString("evidence", EvidenceDigest);
        }

        json.WriteString("at", ConsentNotice.FormatTime(At));
        json.WriteEndObject();
    }
}
