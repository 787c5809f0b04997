using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MedId.Cryptography;

/// <summary>Makes compact signed JWTs whose header carries <c>alg</c>, <c>kid</c> and <c>typ</c>, nothing else.</summary>
public static class JwtSigner
{
    // What headers and claims mostly need; more grows.
    private const int HeaderBytes = 256;
    private const int ClaimsBytes = 1024;

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

        var signingInput = WriteSigningInput(algorithm, key.KeyId, type, payloadJson.Span);
        return await SignAsync(key, signingInput, cancellationToken).ConfigureAwait(false);
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
        return SignAsync(key, type, WriteObject(ClaimsBytes, writeClaims), cancellationToken);
    }

    /// <summary>Makes a token whose claims the caller writes, by a secret that both sides have. Its header has no <c>kid</c>: a secret has no name outside.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="key">The secret, as long as the hash or longer.</param>
    /// <param name="type">The <c>typ</c>.</param>
    /// <param name="writeClaims">Writes the members; the object around them is begun and ended here.</param>
    /// <exception cref="ArgumentException">The secret is too short, or a claim was written twice.</exception>
    public static string Sign(HmacAlgorithm algorithm, ReadOnlySpan<byte> key, string type, Action<Utf8JsonWriter> writeClaims)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentNullException.ThrowIfNull(writeClaims);
        var payload = WriteObject(ClaimsBytes, writeClaims);
        if (StrictJson.ParseObject(payload, maxBytes: int.MaxValue) is { Succeeded: false, Error: { } error })
        {
            throw new ArgumentException($"The payload is not one JSON object: {error.Code}.", nameof(writeClaims));
        }

        var signingInput = WriteSigningInput(algorithm.Name, null, type, payload.Span);
        return Encoding.ASCII.GetString(signingInput) + "." + StrictBase64Url.Encode(algorithm.Compute(key, signingInput));
    }

    /// <summary>Signs claims with the public key in the header as <c>jwk</c>, for proofs of possession (RFC 9449 §4.2). Such a token proves who holds the key, not whose it is.</summary>
    /// <param name="key">The key; its algorithm has a JOSE name.</param>
    /// <param name="type">The <c>typ</c>, e.g. <c>dpop+jwt</c>.</param>
    /// <param name="writeClaims">Writes the members; the object around them is begun and ended here.</param>
    /// <param name="cancellationToken">Passed to the key.</param>
    /// <exception cref="ArgumentException">The key's algorithm has no JOSE name, or a claim was written twice.</exception>
    public static async ValueTask<string> SignWithEmbeddedKeyAsync(
        SigningKey key, string type, Action<Utf8JsonWriter> writeClaims, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentNullException.ThrowIfNull(writeClaims);
        var algorithm = key.Algorithm.JoseName ?? throw new ArgumentException($"{key.Algorithm} has no JOSE name.", nameof(key));
        var payload = WriteObject(ClaimsBytes, writeClaims);
        if (StrictJson.ParseObject(payload, maxBytes: int.MaxValue) is { Succeeded: false, Error: { } error })
        {
            throw new ArgumentException($"The payload is not one JSON object: {error.Code}.", nameof(writeClaims));
        }

        return await SignAsync(key, WriteSigningInput(algorithm, null, type, payload.Span, key.PublicKey), cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<string> SignAsync(SigningKey key, byte[] signingInput, CancellationToken cancellationToken)
    {
        var signature = await key.SignAsync(signingInput, cancellationToken).ConfigureAwait(false);
        return string.Create(signingInput.Length + 1 + Base64Url.GetEncodedLength(signature.Length), (signingInput, signature), static (token, parts) =>
        {
            var end = Encoding.ASCII.GetChars(parts.signingInput, token);
            token[end] = '.';
            Base64Url.EncodeToChars(parts.signature, token[(end + 1)..]);
        });
    }

    /// <summary>RFC 7515 §5.1 step 5: the two parts that are signed, and the dot between them.</summary>
    private static byte[] WriteSigningInput(string algorithm, string? keyId, string type, ReadOnlySpan<byte> payload, PublicKey? embedded = null)
    {
        var header = WriteObject(HeaderBytes, w =>
        {
            w.WriteString("alg"u8, algorithm);
            if (embedded is not null)
            {
                w.WriteStartObject("jwk"u8);
                embedded.WriteJwkMembers(w);
                w.WriteEndObject();
            }

            if (keyId is not null)
            {
                w.WriteString("kid"u8, keyId);
            }

            w.WriteString("typ"u8, type);
        }).Span;
        var dot = Base64Url.GetEncodedLength(header.Length);
        var signingInput = new byte[dot + 1 + Base64Url.GetEncodedLength(payload.Length)];
        Base64Url.EncodeToUtf8(header, signingInput);
        signingInput[dot] = (byte)'.';
        Base64Url.EncodeToUtf8(payload, signingInput.AsSpan(dot + 1));
        return signingInput;
    }

    private static ReadOnlyMemory<byte> WriteObject(int expectedBytes, Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>(expectedBytes);

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
