namespace MedId.Provider;

/// <content>Artefacts for the two parties of a consent.</content>
public static partial class ProviderErrorCodes
{
    /// <summary>The caller is neither the recipient nor the resource server of a consent of this id, or there is none.</summary>
    public const string ArtefactUnknown = "provider.artefact_unknown";

    /// <summary>The consent cannot be said in the format that was asked for, or the format has no signed JSON form here.</summary>
    public const string ArtefactFormatRefused = "provider.artefact_format_refused";
}
