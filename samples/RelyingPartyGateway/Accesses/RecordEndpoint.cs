using System.Buffers;
using System.Net.Http.Headers;
using MedId.OAuth;
using Microsoft.AspNetCore.Http;

namespace MedId.Samples.RelyingPartyGateway;

/// <summary>Reads of the record with the tokens of an access: the API's answer as it is, status and body. Reads only, below the FHIR base only.</summary>
internal sealed class RecordEndpoint(IHttpClientFactory clients, AccessFinder finder, GatewaySetup setup, TimeProvider time)
{
    /// <summary>The most that is read of an answer.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    // Types, ids, operations and _history of FHIR need no other.
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._$/");

    private readonly DpopProofs? _proofs = setup.DpopKey is { } key ? new(key, time) : null;

    public async Task<IResult> ReadAsync(string access, HttpContext http, string? path = null)
    {
        if (await finder.FindAsync(access, http.RequestAborted) is not { } found)
        {
            return GatewayAnswers.Refused(GatewayErrorCodes.AccessUnknown, StatusCodes.Status404NotFound);
        }

        if (found.Tokens is not { } tokens)
        {
            return GatewayAnswers.Refused(GatewayErrorCodes.AccessNotGranted, StatusCodes.Status409Conflict);
        }

        // Where the tokens go is not the caller's to say: no other server, nothing beside the base, and nothing that a proxy on the way could read as such.
        if (path.AsSpan().ContainsAnyExcept(PathCharacters) || !Uri.TryCreate(setup.Api, (path ?? string.Empty) + http.Request.QueryString, out var target) || !setup.Api.IsBaseOf(target) || target.UserInfo.Length > 0)
        {
            return GatewayAnswers.Refused(GatewayErrorCodes.RequestMalformed, StatusCodes.Status400BadRequest);
        }

        using var answer = await SendAsync(target, tokens.AccessToken, http);
        var body = await answer.Content.ReadAsByteArrayAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return new RecordAnswer((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), body);
    }

    private async Task<HttpResponseMessage> SendAsync(Uri target, string token, HttpContext http)
    {
        var client = clients.CreateClient(GatewayHost.RecordClient);
        var answer = await OnceAsync();

        // RFC 9449 §9: the API may ask for a nonce; then once more with it.
        if (_proofs is not null && answer.StatusCode == System.Net.HttpStatusCode.Unauthorized && _proofs.Remember(answer))
        {
            answer.Dispose();
            answer = await OnceAsync();
        }

        return answer;

        async Task<HttpResponseMessage> OnceAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, target);
            request.Headers.Accept.Add(new("application/fhir+json"));
            if (_proofs is null)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue(TokenTypes.Bearer, token);
            }
            else
            {
                await _proofs.AuthorizeAsync(request, token, http.RequestAborted);
            }

            return await client.SendAsync(request, http.RequestAborted);
        }
    }
}
