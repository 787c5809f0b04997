using System.Text.Json;

namespace MedId.OAuth.Server;

/// <summary>An access token of this server whose signature, issuer and time were verified. Whether its grant still stands is another question.</summary>
public sealed class AccessToken
{
    internal AccessToken(JsonElement claims, string id, string subject, string audience, string clientId, string grantId, IReadOnlyList<string> scopes, DateTimeOffset expiresAt, TokenConfirmation? confirmation)
    {
        Claims = claims;
        Id = id;
        Subject = subject;
        Audience = audience;
        ClientId = clientId;
        GrantId = grantId;
        Scopes = scopes;
        ExpiresAt = expiresAt;
        Confirmation = confirmation;
    }

    /// <summary>All claims.</summary>
    public JsonElement Claims { get; }

    /// <summary><c>jti</c>.</summary>
    public string Id { get; }

    /// <summary>The account that <c>sub</c> stands for.</summary>
    public string Subject { get; }

    /// <summary><c>aud</c>.</summary>
    public string Audience { get; }

    /// <summary><c>client_id</c>.</summary>
    public string ClientId { get; }

    /// <summary>The grant it was made of.</summary>
    public string GrantId { get; }

    /// <summary><c>scope</c>.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary><c>exp</c>.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary><c>cnf</c>: the key that it is bound to; null: whoever bears it may use it.</summary>
    public TokenConfirmation? Confirmation { get; }

    /// <summary><c>token_type</c>: <c>DPoP</c> where it is bound to a DPoP key (RFC 9449 §5); a token bound to a certificate is <c>Bearer</c> (RFC 8705 §3).</summary>
    public string TokenType => Confirmation?.KeyThumbprint is null ? TokenTypes.Bearer : TokenTypes.DPoP;

    /// <summary>The client; nothing personal.</summary>
    public override string ToString() => $"access token of {ClientId}";
}
