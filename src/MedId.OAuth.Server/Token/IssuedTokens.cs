using System.Buffers;
using System.Text.Json;

namespace MedId.OAuth.Server;

/// <summary>One set of tokens, made but not yet given to anybody.</summary>
public sealed record IssuedTokens
{
    /// <summary>The access token.</summary>
    public required string AccessToken { get; init; }

    /// <summary><c>token_type</c>: <c>DPoP</c> where the access token is bound to a DPoP key (RFC 9449 §5).</summary>
    public string TokenType { get; init; } = TokenTypes.Bearer;

    /// <summary>How long it lives, in whole seconds.</summary>
    public required TimeSpan ExpiresIn { get; init; }

    /// <summary>The ID token; null when the scopes do not hold <c>openid</c>.</summary>
    public string? IdToken { get; init; }

    /// <summary>The scopes of the access token.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The FHIR Patient id at the resource.</summary>
    public string? Patient { get; init; }

    /// <summary>The <c>authorization_details</c> as granted (RFC 9396 §7), a JSON array; null when there are none.</summary>
    public string? AuthorizationDetails { get; init; }

    /// <summary>The refresh token; null when none is given.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>What the store keeps of <see cref="RefreshToken"/>; null with it.</summary>
    public RefreshTokenRecord? RefreshRecord { get; init; }

    /// <summary>The answer of the token endpoint (RFC 6749 §5.1, OIDC Core §3.1.3.3). The scope is always told.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteMembers(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The members of a token answer, for an answer or notification that holds them beside others (CIBA Core §10.3.1).</summary>
    /// <param name="writer">Inside an object.</param>
    public void WriteMembers(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString("access_token"u8, AccessToken);
        writer.WriteString("token_type"u8, TokenType);
        writer.WriteNumber("expires_in"u8, (long)ExpiresIn.TotalSeconds);
        if (IdToken is not null)
        {
            writer.WriteString("id_token"u8, IdToken);
        }

        writer.WriteString("scope"u8, string.Join(' ', Scopes));
        if (Patient is not null)
        {
            writer.WriteString("patient"u8, Patient);
        }

        if (AuthorizationDetails is not null)
        {
            writer.WritePropertyName("authorization_details"u8);
            writer.WriteRawValue(AuthorizationDetails);
        }

        if (RefreshToken is not null)
        {
            writer.WriteString("refresh_token"u8, RefreshToken);
        }
    }

    /// <summary>Which tokens there are; never a token.</summary>
    public override string ToString() => $"access token for {ExpiresIn}{(IdToken is null ? string.Empty : ", ID token")}{(RefreshToken is null ? string.Empty : ", refresh token")}";
}
