using System.Text;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>A patient's id with the bytes to compare, made once per token.</summary>
internal sealed class PatientKey
{
    private PatientKey(string id)
    {
        Id = id;
        Utf8Id = Encoding.UTF8.GetBytes(id);
        Utf8Reference = Encoding.UTF8.GetBytes("Patient/" + id);
    }

    public string Id { get; }

    public byte[] Utf8Id { get; }

    public byte[] Utf8Reference { get; }

    /// <summary>Null when the text is no FHIR id: such a context names no patient.</summary>
    public static PatientKey? Of(string? id) => id is not null && FhirId.IsValid(id) ? new(id) : null;
}
