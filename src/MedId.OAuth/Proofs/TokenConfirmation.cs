using System.Text.Json;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>The key that a token is bound to (<c>cnf</c>, RFC 7800 §3.1): exactly one of the two.</summary>
public sealed record TokenConfirmation
{
    private const string CertificateMember = "x5t#S256";
    private const string KeyMember = "jkt";
    private const int ThumbprintBytes = 32;

    /// <summary><c>x5t#S256</c>: the thumbprint of the client's certificate (RFC 8705 §3.1); null when the token is bound to a DPoP key.</summary>
    public string? CertificateThumbprint { get; init; }

    /// <summary><c>jkt</c>: the thumbprint of the client's DPoP key (RFC 9449 §6.1); null when the token is bound to a certificate.</summary>
    public string? KeyThumbprint { get; init; }

    /// <summary>Reads the <c>cnf</c> of a token's claims, or of an introspection answer.</summary>
    /// <param name="claims">An object of <see cref="StrictJson"/>.</param>
    /// <param name="confirmation">The key; null for a token that is not bound.</param>
    /// <returns>
    /// False for a <c>cnf</c> that names no key known here, more than one, or none: a token that is bound to something must not be treated as if it were not.
    /// </returns>
    public static bool TryRead(JsonElement claims, out TokenConfirmation? confirmation)
    {
        confirmation = null;
        if (!claims.TryGetProperty(OAuthClaims.Confirmation, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() != 1)
        {
            return false;
        }

        var member = value.EnumerateObject().First();
        var thumbprint = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;
        confirmation = StrictBase64Url.Decode(thumbprint, ThumbprintBytes) is not { Succeeded: true, Value.Length: ThumbprintBytes } ? null
            : member.NameEquals(CertificateMember) ? new() { CertificateThumbprint = thumbprint }
            : member.NameEquals(KeyMember) ? new() { KeyThumbprint = thumbprint }
            : null;
        return confirmation is not null;
    }

    /// <summary>Writes the member <c>cnf</c> of an object.</summary>
    /// <param name="writer">Where to.</param>
    /// <exception cref="InvalidOperationException">Not exactly one key.</exception>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (CertificateThumbprint is null == KeyThumbprint is null)
        {
            throw new InvalidOperationException("A token is bound to exactly one key.");
        }

        writer.WriteStartObject(OAuthClaims.Confirmation);
        writer.WriteString(KeyThumbprint is null ? CertificateMember : KeyMember, KeyThumbprint ?? CertificateThumbprint);
        writer.WriteEndObject();
    }

    /// <summary>The thumbprint.</summary>
    public override string ToString() => KeyThumbprint is null ? $"{CertificateMember} {CertificateThumbprint}" : $"{KeyMember} {KeyThumbprint}";
}
