using System.Buffers;
using System.Text.Json;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>What is posted to a client's notification endpoint (CIBA Core §10.2, §10.3.1, §12).</summary>
public static class NotificationBody
{
    /// <summary>A ping: the <c>auth_req_id</c> and nothing else (§10.2).</summary>
    /// <param name="authReqId">The request.</param>
    public static byte[] Ping(string authReqId) => Write(authReqId, static _ => { });

    /// <summary>A push of tokens (§10.3.1): the members of a token answer beside the <c>auth_req_id</c>.</summary>
    /// <param name="authReqId">The request; the ID token names it too.</param>
    /// <param name="tokens">The tokens.</param>
    public static byte[] Push(string authReqId, IssuedTokens tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return Write(authReqId, tokens.WriteMembers);
    }

    /// <summary>A push of an error (§12).</summary>
    /// <param name="authReqId">The request.</param>
    /// <param name="error"><see cref="OAuthErrorNames.AccessDenied"/>, <see cref="OAuthErrorNames.ExpiredToken"/> or <see cref="OAuthErrorNames.TransactionFailed"/>.</param>
    /// <param name="description">Our code, for the client's log; null for none.</param>
    /// <exception cref="ArgumentException">Another error.</exception>
    public static byte[] PushError(string authReqId, string error, string? description = null) =>
        error is OAuthErrorNames.AccessDenied or OAuthErrorNames.ExpiredToken or OAuthErrorNames.TransactionFailed
            ? Write(authReqId, writer =>
            {
                writer.WriteString("error"u8, error);
                if (description is not null)
                {
                    writer.WriteString("error_description"u8, description);
                }
            })
            : throw new ArgumentException("CIBA Core §12 knows three errors.", nameof(error));

    private static byte[] Write(string authReqId, Action<Utf8JsonWriter> members)
    {
        ArgumentException.ThrowIfNullOrEmpty(authReqId);
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("auth_req_id"u8, authReqId);
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
