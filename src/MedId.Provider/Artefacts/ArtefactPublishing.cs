namespace MedId.Provider;

/// <summary>What the OP says in the artefacts that it gives to the two parties of a consent, beyond the record.</summary>
public sealed class ArtefactPublishing
{
    /// <summary>The jurisdiction that the OP works under, e.g. <c>JP</c>.</summary>
    public string Jurisdiction { get; set; } = string.Empty;

    /// <summary>Where the versions of the notice can be read (ISO/IEC 29184 §5.2.8).</summary>
    public Uri? NoticeUri { get; set; }

    /// <summary>The base of the OP's own FHIR extensions, for what R4 Consent has no place for; null: it is left out there.</summary>
    public Uri? FhirExtensionBase { get; set; }

    /// <summary>What is missing, in words that name the setting.</summary>
    internal IEnumerable<(bool Holds, string Message)> Rules()
    {
        yield return (Jurisdiction.Length > 0, "Artefacts.Jurisdiction is not set.");
        yield return (NoticeUri is { IsAbsoluteUri: true, Scheme: "https" or "http" }, "Artefacts.NoticeUri is not an absolute URL.");
        yield return (FhirExtensionBase is null or { IsAbsoluteUri: true }, "Artefacts.FhirExtensionBase is not an absolute URL.");
    }
}
