namespace MedId.Ciba.Server;

/// <summary>Is told of refused requests of authenticated clients, before the client is.</summary>
public interface IBackchannelAudit
{
    /// <summary>Records a refusal. When recording fails the exception passes and there is no answer.</summary>
    /// <param name="refused">What was refused, as far as it had been read.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask RefusedAsync(BackchannelRefusal refused, CancellationToken cancellationToken = default);
}
