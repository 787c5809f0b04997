namespace MedId.Consent;

/// <summary>What is chosen when artefacts are read and written.</summary>
public sealed record ArtefactOptions
{
    /// <summary>What applies where nothing else is given.</summary>
    public static ArtefactOptions Default { get; } = new();

    /// <summary>
    /// The base URL under which our own FHIR extensions stand, ending in a slash: scopes, frequency, retention and other members that R4 has no place for. Null: no extension is written,
    /// and these members are lost. Reader and writer have to use the same; there is no official one.
    /// </summary>
    public Uri? FhirExtensionBase { get; init; }

    /// <summary>Which of the two copies of an ABDM artefact is written.</summary>
    public AbdmCopy AbdmCopy { get; init; }

    /// <summary>The <c>requestId</c> of an ABDM message around the artefact, a UUID; null: the artefact alone is written, unless it was read with its message.</summary>
    public string? AbdmRequestId { get; init; }

    /// <summary>The time of that message; needed with <see cref="AbdmRequestId"/>.</summary>
    public DateTimeOffset? AbdmMessageTime { get; init; }
}
