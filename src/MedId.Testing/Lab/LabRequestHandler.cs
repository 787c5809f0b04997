using MedId.Ciba.Server;

namespace MedId.Testing;

/// <summary>The OP's own rules, with the parameters of what they accept remembered for <c>GET /_lab/requests</c>.</summary>
internal sealed class LabRequestHandler(IBackchannelRequestHandler inner, LabOpenings openings) : IBackchannelRequestHandler
{
    /// <inheritdoc/>
    public async ValueTask<BackchannelDecision> OpenAsync(ValidatedBackchannelRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var decision = await inner.OpenAsync(request, cancellationToken).ConfigureAwait(false);
        if (decision.Refusal is null)
        {
            openings.Put(request.Id, request.Parameters);
        }

        return decision;
    }

    /// <inheritdoc/>
    public ValueTask NotifyAsync(CibaRequest request, CancellationToken cancellationToken = default) => inner.NotifyAsync(request, cancellationToken);
}
