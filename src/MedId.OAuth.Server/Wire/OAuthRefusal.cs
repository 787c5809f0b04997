using System.Buffers;
using System.Text.Json;
using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>A refusal and how the protocol says it.</summary>
/// <param name="Error">Our code, for logs and for <c>error_description</c>.</param>
/// <param name="WireError">The protocol's <c>error</c>, one of <see cref="OAuthErrorNames"/>.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Challenge">The <c>WWW-Authenticate</c> header; null for none.</param>
public sealed record OAuthRefusal(MedIdError Error, string WireError, int Status = 400, string? Challenge = null)
{
    /// <summary>When asking again may help (<c>Retry-After</c>, RFC 9110 §10.2.3), in whole seconds; null: nothing is said about that, but for a 503, which always says something: one minute.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The body (RFC 6749 §5.2).</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("error"u8, WireError);
            writer.WriteString("error_description"u8, Error.Code);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
