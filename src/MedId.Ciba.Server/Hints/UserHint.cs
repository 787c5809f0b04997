namespace MedId.Ciba.Server;

/// <summary>A hint as far as it can be believed: tokens are verified, a <c>login_hint</c> is what the client wrote.</summary>
public sealed record UserHint
{
    /// <summary>Which of the three.</summary>
    public required HintKind Kind { get; init; }

    /// <summary>The <c>login_hint</c> as it came, the <c>sub</c> of the ID token, or <see cref="SubjectIdentifier.Value"/>. Personal.</summary>
    public required string Value { get; init; }

    /// <summary>Who named the person: the issuer of the <c>login_hint_token</c>; null for the other kinds.</summary>
    public string? TokenIssuer { get; init; }

    /// <summary>How the <c>login_hint_token</c> names the person; null for the other kinds.</summary>
    public SubjectIdentifier? Identifier { get; init; }

    /// <summary>The kind; never the person.</summary>
    public override string ToString() => Kind.ToString();
}
