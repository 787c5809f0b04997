namespace MedId.Ciba.Client;

/// <summary>
/// A person's consent that this relying party processes what it will receive (row A16). It is another one than the consent to provide, which the OP keeps: here it is written down
/// who agreed, to which notice, how, and until when.
/// </summary>
public sealed record ProcessingConsent
{
    /// <summary>Its identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The client that asks in this relying party's name.</summary>
    public required string ClientId { get; init; }

    /// <summary>The person, by the relying party's own identifier.</summary>
    public required string Patient { get; init; }

    /// <summary>The purpose, e.g. a code of v3-ActReason.</summary>
    public required string Purpose { get; init; }

    /// <summary>How it was taken.</summary>
    public required ProcessingConsentForm Form { get; init; }

    /// <summary>The version of the relying party's own notice.</summary>
    public required string NoticeVersion { get; init; }

    /// <summary>base64url of SHA-256 of that notice as it was shown or printed.</summary>
    public required string NoticeDigest { get; init; }

    /// <summary>When the person agreed.</summary>
    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>The end; never unlimited.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>Electronic: the act, e.g. <c>oidc-sign-in</c> or <c>screen</c>. Null on paper.</summary>
    public string? Act { get; init; }

    /// <summary>Electronic: base64url of SHA-256 of what proves the act, e.g. of the ID token of the person's own sign-in. Null where nothing does, and on paper.</summary>
    public string? ActEvidence { get; init; }

    /// <summary>Paper: the form's number. Null otherwise.</summary>
    public string? FormId { get; init; }

    /// <summary>Paper: base64url of SHA-256 of the scan. Null otherwise.</summary>
    public string? ScanDigest { get; init; }

    /// <summary>Who of the staff took it. Needed on paper.</summary>
    public string? ClerkId { get; init; }

    /// <summary>When the person took it back; null while it stands.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Whether data may be processed under it.</summary>
    /// <param name="at">The moment.</param>
    /// <returns>False before it was given, from its end and from its withdrawal on.</returns>
    public bool IsActive(DateTimeOffset at) => WithdrawnAt is null && GivenAt <= at && at < ValidUntil;

    /// <summary>The id and the form; not the person.</summary>
    public override string ToString() => $"consent to process {Id} ({Form}) until {ValidUntil:O}";

    /// <summary>What is missing in a record; null when it is whole.</summary>
    internal string? FindMistake() =>
        Id.Length == 0 || ClientId.Length == 0 || Patient.Length == 0 || Purpose.Length == 0 || NoticeVersion.Length == 0 ? "id, client, patient, purpose and notice version are named"
        : !IsDigest(NoticeDigest) ? "the notice's digest is base64url of 32 bytes"
        : ValidUntil <= GivenAt || ValidUntil - GivenAt > ProcessingConsents.Longest ? "it ends after it was given, and after at most ten years"
        : Form == ProcessingConsentForm.Paper && (string.IsNullOrEmpty(FormId) || string.IsNullOrEmpty(ClerkId) || ScanDigest is null || !IsDigest(ScanDigest)) ? "paper has a form's number, a clerk and the digest of its scan"
        : Form == ProcessingConsentForm.Electronic && (string.IsNullOrEmpty(Act) || (ActEvidence is not null && !IsDigest(ActEvidence))) ? "an electronic one names its act"
        : null;

    private static bool IsDigest(string text) => MedId.Cryptography.StrictBase64Url.Decode(text, 43) is { Succeeded: true, Value.Length: 32 };
}
