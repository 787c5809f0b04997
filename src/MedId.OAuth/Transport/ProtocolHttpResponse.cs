using System.Net;
using MedId.Core;

namespace MedId.OAuth;

/// <summary>A whole answer, within the limits.</summary>
/// <param name="Status">The status code; never a redirect.</param>
/// <param name="MediaType">The media type in lower case without parameters; null when the server named none.</param>
/// <param name="Body">The bytes of the body.</param>
/// <param name="RetryAfter">What <c>Retry-After</c> asks for, counted from the answer; null when absent.</param>
public sealed record ProtocolHttpResponse(HttpStatusCode Status, string? MediaType, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter)
{
    /// <summary><c>DPoP-Nonce</c>: the nonce that the server wants in the next proof (RFC 9449 §8); null when absent.</summary>
    public string? DpopNonce { get; init; }

    /// <summary>Whether the status is 200.</summary>
    public bool IsOk => Status == HttpStatusCode.OK;

    /// <summary>The refusal that a status other than 200 stands for: the OAuth error of the body, else a code for the status.</summary>
    /// <param name="section">Standard and section of the request.</param>
    public MedIdError ToError(string section)
    {
        if (OAuthError.Parse(Body) is { Succeeded: true, Value: var error })
        {
            return error.ToMedIdError(section);
        }

        var code = Status switch
        {
            HttpStatusCode.ServiceUnavailable => OAuthErrorCodes.TemporarilyUnavailable,
            >= HttpStatusCode.InternalServerError => OAuthErrorCodes.ServerError,
            HttpStatusCode.Unauthorized => OAuthErrorCodes.InvalidClient,
            _ => OAuthErrorCodes.ErrorResponseMalformed,
        };
        return new MedIdError(code, ErrorCategory.Protocol, section, $"HTTP {(int)Status}");
    }

    /// <inheritdoc/>
    public override string ToString() => $"HTTP {(int)Status}, {Body.Length} bytes";
}
