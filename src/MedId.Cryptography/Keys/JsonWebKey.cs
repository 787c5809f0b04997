using System.Formats.Asn1;
using System.Text.Json;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>A public key for signatures as others publish it (RFC 7517 §4): the key, its id, and the algorithm it is restricted to.</summary>
public sealed class JsonWebKey
{
    private const int MaxCertificates = 8;

    /// <summary>Names a key for publication; <c>use</c> is always <c>sig</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="keyId">The <c>kid</c>; null for none.</param>
    /// <param name="algorithm">The only algorithm to use the key with; null when the key's kind decides.</param>
    /// <exception cref="ArgumentException">The algorithm has no JOSE name or is for another kind of key, or the key is a DSA key.</exception>
    public JsonWebKey(PublicKey key, string? keyId = null, SignatureAlgorithm? algorithm = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Kind == KeyKind.Dsa || (algorithm is not null && (algorithm.JoseName is null || !key.Supports(algorithm))))
        {
            throw new ArgumentException("The algorithm has no JOSE name or does not fit the key, or it is a DSA key, for which JOSE has none.", nameof(algorithm));
        }

        Key = key;
        KeyId = keyId;
        Algorithm = algorithm;
    }

    /// <summary>The key.</summary>
    public PublicKey Key { get; }

    /// <summary>The <c>kid</c>; null when there is none.</summary>
    public string? KeyId { get; }

    /// <summary>The <c>alg</c>; null when there is none.</summary>
    public SignatureAlgorithm? Algorithm { get; }

    /// <summary>
    /// <c>x5c</c>: certificates in DER, that of this key first; empty when there are none. They are well-formed base64 of one DER SEQUENCE each and otherwise unread: whoever
    /// uses one compares its key with <see cref="Key"/> (RFC 7517 §4.7).
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; init; } = [];

    /// <summary>Reads one JWK. <c>use</c> other than <c>sig</c>, <c>key_ops</c> without <c>verify</c> and an unknown <c>alg</c> are <c>key.unsupported</c>.</summary>
    /// <param name="jwk">The key's object, read by <see cref="StrictJson"/>.</param>
    public static MedIdResult<JsonWebKey> Parse(JsonElement jwk)
    {
        var key = PublicKey.FromJwk(jwk);
        if (!key.Succeeded)
        {
            return key.Error;
        }

        if (!TryGetText(jwk, "kid", out var keyId) || !TryGetText(jwk, "use", out var use) || !TryGetText(jwk, "alg", out var name))
        {
            return new MedIdError(CryptographyErrorCodes.KeyMalformed, ErrorCategory.Malformed, "RFC 7517 §4", "kid, use and alg are strings");
        }

        if (!TryGetCertificates(jwk, out var certificates))
        {
            return new MedIdError(CryptographyErrorCodes.KeyMalformed, ErrorCategory.Malformed, "RFC 7517 §4.7", "x5c is an array of certificates in base64");
        }

        SignatureAlgorithm? algorithm = null;
        var usable = use is null or "sig"
            && (!jwk.TryGetProperty("key_ops", out var operations) || MayVerify(operations))
            && (name is null || (SignatureAlgorithm.TryFromJose(name, out algorithm) && key.Value.Supports(algorithm)));
        return usable
            ? new JsonWebKey(key.Value, keyId, algorithm) { Certificates = certificates }
            : new MedIdError(CryptographyErrorCodes.KeyUnsupported, ErrorCategory.Unsupported, "RFC 7517 §4.2–4.4", "not a key for a signature algorithm of the table");
    }

    /// <summary>Whether a signature with this header could be of this key.</summary>
    /// <param name="algorithm">The header's algorithm.</param>
    public bool Supports(SignatureAlgorithm algorithm) => Key.Supports(algorithm) && (Algorithm is null || Algorithm == algorithm);

    /// <summary>Writes the key as an object.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        Key.WriteJwkMembers(writer);
        writer.WriteString("use"u8, "sig"u8);
        if (Algorithm is not null)
        {
            writer.WriteString("alg"u8, Algorithm.JoseName);
        }

        if (KeyId is not null)
        {
            writer.WriteString("kid"u8, KeyId);
        }

        if (Certificates.Count > 0)
        {
            writer.WriteStartArray("x5c"u8);
            foreach (var certificate in Certificates)
            {
                writer.WriteBase64StringValue(certificate.Span);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{KeyId ?? "(no kid)"} {Key}";

    private static bool MayVerify(JsonElement operations) =>
        operations.ValueKind == JsonValueKind.Array && operations.EnumerateArray().Any(o => o.ValueKind == JsonValueKind.String && o.ValueEquals("verify"u8));

    private static bool TryGetCertificates(JsonElement jwk, out IReadOnlyList<ReadOnlyMemory<byte>> certificates)
    {
        certificates = [];
        if (!jwk.TryGetProperty("x5c", out var array))
        {
            return true;
        }

        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() is 0 or > MaxCertificates)
        {
            return false;
        }

        var read = new List<ReadOnlyMemory<byte>>(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !item.TryGetBytesFromBase64(out var der)
                || !AsnDecoder.TryReadEncodedValue(der, AsnEncodingRules.DER, out var tag, out _, out _, out var length) || tag != Asn1Tag.Sequence || length != der.Length)
            {
                return false;
            }

            read.Add(der);
        }

        certificates = read;
        return true;
    }

    private static bool TryGetText(JsonElement jwk, string name, out string? text)
    {
        text = null;
        if (jwk.TryGetProperty(name, out var value))
        {
            text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            return text is not null;
        }

        return true;
    }
}
