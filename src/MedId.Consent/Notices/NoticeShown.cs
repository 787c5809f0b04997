namespace MedId.Consent;

/// <summary>What was shown to the person, kept with the consent.</summary>
public sealed record NoticeShown
{
    /// <summary>The notice.</summary>
    public required string NoticeId { get; init; }

    /// <summary>The version.</summary>
    public required int Version { get; init; }

    /// <summary>The BCP 47 language in which it was shown.</summary>
    public required string Language { get; init; }

    /// <summary>base64url of the SHA-256 of the wording in that language.</summary>
    public required string WordingDigest { get; init; }

    /// <summary>When it was shown.</summary>
    public required DateTimeOffset ShownAt { get; init; }

    /// <summary>When the person answered; null: not yet.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>base64url of the SHA-256 of the binding message that was shown with it.</summary>
    public string? BindingMessageDigest { get; init; }

    /// <summary>base64url of the SHA-256 of the authentication request's id.</summary>
    public string? AuthReqIdDigest { get; init; }

    /// <summary>The authentication context class of the answer.</summary>
    public string? Acr { get; init; }

    /// <summary>The methods of the answer (RFC 8176).</summary>
    public IReadOnlyList<string> Amr { get; init; } = [];
}
