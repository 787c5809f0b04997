using MedId.Core;
using MedId.OAuth;

namespace MedId.OAuth.Server;

/// <summary>Fetches the document at a <c>sector_identifier_uri</c> when a client is registered, and has it judged (OIDC Core §8.1, CIBA Core §4).</summary>
/// <remarks>The URL is the client's choice: the transport is one over <see cref="GuardedHttpHandler"/>, so that nothing beside this server is reached by it. Nothing is kept.</remarks>
public sealed class SectorDocuments
{
    private const string Section = "OIDC Core §8.1";
    private readonly ProtocolHttpClient _http;

    /// <summary>Takes the transport.</summary>
    /// <param name="http">Its limits of time and size are those of the document.</param>
    public SectorDocuments(ProtocolHttpClient http)
    {
        ArgumentNullException.ThrowIfNull(http);
        _http = http;
    }

    /// <summary>Whether the document of a client's sector names the client.</summary>
    /// <param name="client">The registration; one without <c>sector_identifier_uri</c> passes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Refused with <c>oauth_server.sector_identifier_*</c>: also when nobody answers, or with anything but 200, because what could not be looked at is not believed.</returns>
    public async ValueTask<MedIdResult<Unit>> VerifyAsync(ClientRegistration client, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (client.Metadata.SectorIdentifierUri is not { } url)
        {
            return Unit.Value;
        }

        try
        {
            var answer = await _http.GetAsync("sector", url, cancellationToken).ConfigureAwait(false);
            return !answer.Succeeded ? Unavailable(answer.Error.Code)
                : !answer.Value.IsOk ? Unavailable($"HTTP {(int)answer.Value.Status}")
                : SectorIdentifier.Judge(client, answer.Value.Body);
        }
        catch (HttpRequestException e) when (e.InnerException is AddressRefusedException)
        {
            return Unavailable(OAuthErrorCodes.AddressNotPublic);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException)
        {
            return Unavailable("nobody answers");
        }
    }

    private static MedIdError Unavailable(string why) =>
        new(OAuthServerErrorCodes.SectorIdentifierUnavailable, ErrorCategory.State, Section, $"sector_identifier_uri: put the document where it can be fetched ({why})");
}
