namespace MedId.Consent;

/// <summary>The notice that was shown. At least one member is there.</summary>
/// <param name="Uri">Where it can be found again.</param>
/// <param name="Version">Its version.</param>
/// <param name="Language">BCP 47 language in which it was shown.</param>
public sealed record ArtefactNotice(string? Uri, string? Version = null, string? Language = null);
