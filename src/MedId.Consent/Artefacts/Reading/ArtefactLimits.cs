namespace MedId.Consent;

/// <summary>How much of a hostile artefact is looked at. A consent that people can read is far below.</summary>
internal static class ArtefactLimits
{
    public const int MaxBytes = 1024 * 1024;
    public const int MaxDepth = 24;
    public const int MaxList = 256;
    public const int MaxText = 8 * 1024;
    public const int MaxAside = 256;
    public const int MaxNodes = 16 * 1024;
}
