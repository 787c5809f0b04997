using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <summary>Tokens of an approved request, the ID token verified. Its text form shows no token.</summary>
public sealed record CibaTokens
{
    /// <summary>The access token; opaque to the client, sent to the resource in <c>Authorization</c> with <see cref="TokenType"/> as scheme.</summary>
    public required string AccessToken { get; init; }

    /// <summary><c>token_type</c> as sent: <c>Bearer</c>, or <c>DPoP</c> for a client that proves a key; whoever uses the token then proves the same key to the resource.</summary>
    public string TokenType { get; init; } = TokenTypes.Bearer;

    /// <summary>When the access token ends, as far as the OP said.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What was granted; may be less than what was asked for.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The FHIR id of the patient at the resource (SMART launch context); null when the OP gave none. Personal data.</summary>
    public string? Patient { get; init; }

    /// <summary>The refresh token, where the consent allows one.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Who decided, and how they were authenticated.</summary>
    public required IdToken IdToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"tokens for {string.Join(' ', Scopes)} until {ExpiresAt:O}, acr {IdToken.Acr}";
}
