
namespace MedId.OAuth.Server;

/// <summary>Client id and secret of HTTP Basic, both form-encoded inside (RFC 6749 §2.3.1).</summary>
internal sealed class BasicCredential
{
    private const string Scheme = "Basic ";
    private const int MaxLength = 4096;

    private BasicCredential(string clientId, string secret)
    {
        ClientId = clientId;
        Secret = secret;
    }

    public string ClientId { get; }

    public string Secret { get; }

    public static BasicCredential? Parse(string? authorization)
    {
        if (authorization is null || authorization.Length > MaxLength || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var encoded = authorization.AsSpan(Scheme.Length).Trim(' ');
        var bytes = new byte[encoded.Length];
        if (encoded.ContainsAny(" \t\r\n") || !Convert.TryFromBase64Chars(encoded, bytes, out var length))
        {
            return null;
        }

        // RFC 7617 §2: the first colon divides.
        var pair = bytes.AsSpan(0, length);
        var colon = pair.IndexOf((byte)':');
        return colon > 0 && OAuthForm.TryDecode(pair[..colon], out var clientId) && OAuthForm.TryDecode(pair[(colon + 1)..], out var secret)
            ? new(clientId, secret)
            : null;
    }

    public override string ToString() => nameof(BasicCredential);
}
