namespace MedId.Fido.Metadata;

/// <summary>Sections that refusals name.</summary>
internal static class MetadataSections
{
    public const string Statement = "FIDO metadata statement §4";

    public const string Entry = "FIDO MDS 3.0 §3.1.1";

    public const string Status = "FIDO MDS 3.0 §3.1.3";

    public const string Payload = "FIDO MDS 3.0 §3.1.6";

    public const string Jws = "FIDO MDS 3.0 §3.1.7";

    public const string Processing = "FIDO MDS 3.0 §3.2";
}
