using MedId.Ciba.Client;
using MedId.Core;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.RelyingParty;

/// <summary>
/// A <see cref="CibaClient"/> as a service that logs the codes of refusals. Not an authentication scheme: the patient does not sign in here, the doctor's
/// session at the relying party stays what it is.
/// </summary>
public sealed class CibaService : IDisposable
{
    private readonly CibaClient _client;
    private readonly ILogger<CibaService> _logger;

    /// <summary>A service over a client.</summary>
    /// <param name="client">Disposed with the service.</param>
    /// <param name="logger">Gets codes, never values.</param>
    public CibaService(CibaClient client, ILogger<CibaService> logger)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(logger);
        _client = client;
        _logger = logger;
    }

    internal CibaClient Client => _client;

    /// <inheritdoc cref="CibaClient.StartAsync"/>
    public async Task<MedIdResult<BackchannelAuthentication>> StartAsync(BackchannelRequest request, ProcessingProof proof, CancellationToken cancellationToken = default) =>
        Noted("backchannel request", await _client.StartAsync(request, proof, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc cref="CibaClient.WaitAsync"/>
    public async Task<MedIdResult<CibaTokens>> WaitAsync(BackchannelAuthentication authentication, CancellationToken cancellationToken = default) =>
        Noted("wait", await _client.WaitAsync(authentication, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc cref="CibaClient.PollAsync"/>
    public async Task<MedIdResult<CibaPoll>> PollAsync(BackchannelAuthentication authentication, CancellationToken cancellationToken = default) =>
        Noted("poll", await _client.PollAsync(authentication, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc cref="CibaClient.RefreshAsync"/>
    public async Task<MedIdResult<CibaTokens>> RefreshAsync(CibaTokens tokens, CancellationToken cancellationToken = default) =>
        Noted("refresh", await _client.RefreshAsync(tokens, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc cref="CibaClient.RevokeAsync"/>
    public async Task<MedIdResult<Unit>> RevokeAsync(CibaTokens tokens, CancellationToken cancellationToken = default) =>
        Noted("revocation", await _client.RevokeAsync(tokens, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private MedIdResult<T> Noted<T>(string step, MedIdResult<T> result)
        where T : notnull
    {
        if (result.Succeeded)
        {
            Log.Done(_logger, step);
        }
        else
        {
            Log.Refused(_logger, step, result.Error.Code, result.Error.Detail);
        }

        return result;
    }
}
