namespace MedId.Consent;

/// <summary>One sharing to be decided: by the holder, or onwards by whoever received the data before. A member that is null is not known.</summary>
public sealed record DataSharing
{
    /// <summary>The kinds of the data; the strictest decides. Empty: not known.</summary>
    public required IReadOnlyCollection<DataKind> Kinds { get; init; }

    /// <summary>Whether it is handed on by a recipient.</summary>
    public bool? IsOnward { get; init; }

    /// <summary>Whether a consent of the person to the first sharing stands.</summary>
    public bool? ConsentStands { get; init; }

    /// <summary>Whether that consent names this recipient.</summary>
    public bool? RecipientNamed { get; init; }

    /// <summary>Whether it is for a purpose of that consent.</summary>
    public bool? WithinPurpose { get; init; }

    /// <summary>Whether the person consented to this handing on by itself.</summary>
    public bool? OnwardConsentStands { get; init; }
}
