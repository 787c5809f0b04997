using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>From a verified hint to an account of this OP. Suspended accounts are refused before anything is shown.</summary>
/// <param name="store">The store.</param>
/// <param name="digests">The digests of identifiers.</param>
/// <param name="options">The OP's choices.</param>
/// <param name="codes">One-time codes; null when the OP gives none.</param>
public sealed class AccountHintResolver(IProviderStore store, AccountDigests digests, ProviderOptions options, OneTimeCodes? codes = null) : IHintResolver
{
    /// <inheritdoc/>
    public async ValueTask<HintResolution> ResolveAsync(TenantId tenant, ClientRegistration client, UserHint hint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hint);
        if (codes is not null && hint.Kind == HintKind.LoginHint && OneTimeCodes.IsHint(hint.Value))
        {
            return await codes.ResolveAsync(client, hint.Value, cancellationToken).ConfigureAwait(false);
        }

        var account = hint.Kind switch
        {
            // An ID token of this OP names the subject itself.
            HintKind.IdTokenHint => await store.FindAccountAsync(tenant, hint.Value, cancellationToken).ConfigureAwait(false),
            HintKind.LoginHintToken when hint.Identifier is { Format: SubjectIdentifier.IssuerAndSubject } own && string.Equals(own.Issuer, options.Issuer, StringComparison.Ordinal) =>
                await store.FindAccountAsync(tenant, own.Value, cancellationToken).ConfigureAwait(false),
            HintKind.LoginHintToken when hint.Identifier is { Format: SubjectIdentifier.Opaque } opaque =>
                await store.FindAccountByHintAsync(tenant, digests.OfHint(tenant, opaque.Value), cancellationToken).ConfigureAwait(false),
            HintKind.LoginHint => await store.FindAccountByHintAsync(tenant, digests.OfHint(tenant, hint.Value), cancellationToken).ConfigureAwait(false),
            _ => null,
        };
        return account switch
        {
            null => HintResolution.Unknown,
            { Status: AccountStatus.Active } => HintResolution.Account(account.Id),
            _ => HintResolution.Refused,
        };
    }
}
