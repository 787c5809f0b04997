namespace MedId.Consent;

/// <summary>A group of a person's records at the provider (ABDM careContexts).</summary>
/// <param name="PatientReference">The person, as the provider knows them.</param>
/// <param name="CareContextReference">The group, as the provider knows it.</param>
public sealed record ArtefactCareContext(string PatientReference, string CareContextReference)
{
    /// <inheritdoc/>
    public override string ToString() => "care context";
}
