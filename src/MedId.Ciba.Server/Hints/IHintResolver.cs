using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>Finds the account that a hint names (CIBA Core §7.2 step 4).</summary>
public interface IHintResolver
{
    /// <summary>Resolves a hint.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="client">The authenticated client.</param>
    /// <param name="hint">The hint; tokens among them are verified.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<HintResolution> ResolveAsync(TenantId tenant, ClientRegistration client, UserHint hint, CancellationToken cancellationToken = default);
}
