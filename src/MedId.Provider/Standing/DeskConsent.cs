namespace MedId.Provider;

/// <summary>What a reception desk says that a person agreed to. As it came from the desk: nothing of it is judged.</summary>
public sealed record DeskConsent
{
    /// <summary>The method of a form that the person signed.</summary>
    public const string Paper = "paper";

    /// <summary>The method of words before two witnesses.</summary>
    public const string Oral = "oral";

    /// <summary>The person, named as in a <c>login_hint</c>. Personal.</summary>
    public required string Person { get; init; }

    /// <summary><see cref="Paper"/> or <see cref="Oral"/>.</summary>
    public required string Method { get; init; }

    /// <summary>The resource whose data it shall open.</summary>
    public required string Resource { get; init; }

    /// <summary>The client ids that may use it; those that the desk serves.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>The resource scopes that it shall open.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The purposes, codes of HL7 v3 ActReason.</summary>
    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary>Its end, in whole seconds.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>How long one use shall open data, in whole seconds.</summary>
    public required TimeSpan Access { get; init; }

    /// <summary>The version of the form that was signed or read aloud, at most 128 characters.</summary>
    public required string FormVersion { get; init; }

    /// <summary>When the person agreed, in whole seconds.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>The clerk who took it, by an identifier of their own, at most 128 characters. Personal.</summary>
    public required string ClerkId { get; init; }

    /// <summary>Paper: base64url of the SHA-256 of the scan, which stays at the institution. Null for words.</summary>
    public string? ScanDigest { get; init; }

    /// <summary>A second person who was there and is not the clerk; mandatory for words. Personal.</summary>
    public string? WitnessId { get; init; }

    /// <summary>The method only.</summary>
    public override string ToString() => Method;
}
