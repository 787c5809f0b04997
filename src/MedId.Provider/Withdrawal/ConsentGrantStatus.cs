using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>
/// A grant of this OP stands as long as its consent stands, its person is active, and nothing material was changed in the notice that it was given under. A change ends
/// refreshing, and the use again of one access token; what was given for one access lives out its minutes.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="options">The OP's choices.</param>
public sealed class ConsentGrantStatus(IProviderStore store, ProviderOptions options) : IGrantStatus
{
    private readonly NoticeRegister _notices = options.NoticeRegister;

    /// <inheritdoc/>
    public async ValueTask<GrantStanding> JudgeAsync(GrantQuestion question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (!await store.IsConsentActiveAsync(question.Tenant, question.GrantId, question.Subject, question.At, cancellationToken).ConfigureAwait(false))
        {
            return GrantStanding.Inactive;
        }

        if (options.StopGuard is { } guard && await guard.IsStoppedAsync(question, cancellationToken).ConfigureAwait(false))
        {
            return GrantStanding.Inactive;
        }

        if (!_notices.HasVersions(question.ClientId))
        {
            return GrantStanding.Active;
        }

        var mark = await store.FindConsentMarkAsync(question.Tenant, question.GrantId, cancellationToken).ConfigureAwait(false);
        return mark is null ? GrantStanding.Inactive
            : (question.Use == GrantUse.Refresh || mark.Reuse == ConsentReuse.AccessToken) && !_notices.Stands(question.ClientId, mark.RecipientVersion, question.At) ? GrantStanding.Outdated
            : GrantStanding.Active;
    }
}
