using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.Testing;

/// <summary>Every hint but <c>nobody</c> and <c>unknown…</c> names somebody: those whom the OP knows, and else a synthetic person who is made now.</summary>
internal sealed class LabHintResolver(IHintResolver inner, LabUsers users, IProviderStore store) : IHintResolver
{
    /// <inheritdoc/>
    public async ValueTask<HintResolution> ResolveAsync(TenantId tenant, ClientRegistration client, UserHint hint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hint);
        var known = await inner.ResolveAsync(tenant, client, hint, cancellationToken).ConfigureAwait(false);
        if (known.AccountId is not null || known.Refusal?.Code != CibaErrorCodes.UserUnknown || hint.Kind == HintKind.IdTokenHint || LabUsers.IdOf(hint.Identifier?.Value ?? hint.Value) is not { } id)
        {
            return known;
        }

        await users.EnsureAsync(id, cancellationToken).ConfigureAwait(false);
        return await store.FindAccountAsync(tenant, id, cancellationToken).ConfigureAwait(false) is { Status: AccountStatus.Active } ? HintResolution.Account(id) : HintResolution.Refused;
    }
}
