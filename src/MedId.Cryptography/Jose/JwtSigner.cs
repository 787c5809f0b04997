using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text;
using System.Text.Json;

namespace MedId.Cryptography;

/// <summary>Makes compact signed JWTs whose header carries <c>alg</c>, <c>kid</c> and <c>typ</c>, nothing else.</summary>
public static class JwtSigner
{
    /// <summary>Signs claims that the caller has as JSON.</summary>
    /// <param name="key">The key; its algorithm has a JOSE name.</param>
    /// <param name="type">The <c>typ</c>, e.g. <c>at+jwt</c>; say what the token is (RFC 8725 §3.11).</param>
    /// <param name="payloadJson">A JSON object in UTF-8.</param>
    /// <param name="cancellationToken">Passed to the key.</param>
    /// <exception cref="ArgumentException">The key's algorithm has no JOSE name, or the payload is not a JSON object.</exception>
    public static async ValueTask<string> SignAsync(SigningKey key, string type, ReadOnlyMemory<byte> payloadJson, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentException.ThrowIfNullOrEmpty(type);
        var algorithm = key.Algorithm.JoseName ?? throw new ArgumentException($"{key.Algorithm} has no JOSE name.", nameof(key));
        var payload = StrictJson.ParseObject(payloadJson, maxBytes: int.MaxValue);
        if (!payload.Succeeded)
        {
            throw new ArgumentException($"The payload is not one JSON object: {payload.Error.Code}.", nameof(payloadJson));
        }

        var header = WriteObject(w =>
        {
            w.WriteString("alg"u8, algorithm);
            w.WriteString("kid"u8, key.KeyId);
            w.WriteString("typ"u8, type);
        });
        var signingInput = Encoding.ASCII.GetBytes($"{Base64Url.EncodeToString(header.Span)}.{Base64Url.EncodeToString(payloadJson.Span)}");
        var signature = await key.SignAsync(signingInput, cancellationToken).ConfigureAwait(false);
        return $"{Encoding.ASCII.GetString(signingInput)}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Signs claims that the caller writes.</summary>
    /// <param name="key">The key; its algorithm has a JOSE name.</param>
    /// <param name="type">The <c>typ</c>, e.g. <c>at+jwt</c>.</param>
    /// <param name="writeClaims">Writes the members; the object around them is begun and ended here.</param>
    /// <param name="cancellationToken">Passed to the key.</param>
    /// <exception cref="ArgumentException">The key's algorithm has no JOSE name, or a claim was written twice.</exception>
    public static ValueTask<string> SignAsync(SigningKey key, string type, Action<Utf8JsonWriter> writeClaims, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writeClaims);
        return SignAsync(key, type, WriteObject(writeClaims), cancellationToken);
    }

    private static ReadOnlyMemory<byte> WriteObject(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();

        // Base64url follows, so nothing needs escaping beyond what JSON asks for; Japanese text stays a third of its escaped size.
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
