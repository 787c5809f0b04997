using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider;

/// <summary>Whether somebody is one of those who were asked about a request, and may still decide it.</summary>
internal sealed class AskedRequests(IProviderStore store, ProviderOptions options)
{
    /// <summary>The accounts whose devices were asked, the person's first.</summary>
    public static IReadOnlyList<string> Accounts(CibaRequest request)
    {
        var context = AccessContext.FromJson(request.Context!);
        List<string> accounts = context.AsksPerson ? [request.Subject] : [];
        accounts.AddRange(context.Proxies.Select(view => view.Proxy!.Subject));
        return accounts;
    }

    /// <summary>The request as an account sees it; null when it was not asked.</summary>
    public static AskedView? Find(CibaRequest request, string accountId)
    {
        if (request.Context is null)
        {
            return null;
        }

        var context = AccessContext.FromJson(request.Context);
        return string.Equals(request.Subject, accountId, StringComparison.Ordinal)
            ? context.AsksPerson ? new(context, Proxy: null) : null
            : context.Proxies.FirstOrDefault(view => string.Equals(view.Proxy!.Subject, accountId, StringComparison.Ordinal));
    }

    /// <summary>Why an account may not decide now; null when it may.</summary>
    public async ValueTask<MedIdError?> RefuseAsync(AskedView view, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (view.Proxy is not { } proxy)
        {
            return null;
        }

        return options.Proxies is not null
            && (await store.FindProxyRelationAsync(options.Tenant, proxy.RelationId, cancellationToken).ConfigureAwait(false))?.IsActive(at) == true
            ? null
            : NotActive();
    }

    /// <summary>What waits for an account: its own requests, and those of the people whose proxy it is.</summary>
    public async ValueTask<IReadOnlyList<CibaRequest>> ListWaitingAsync(string accountId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        List<string> subjects = [accountId];
        if (options.Proxies is not null)
        {
            subjects.AddRange((await store.ListProxyRelationsAsync(options.Tenant, accountId, cancellationToken).ConfigureAwait(false))
                .Where(relation => string.Equals(relation.Proxy, accountId, StringComparison.Ordinal) && relation.IsActive(at)).Select(relation => relation.Patient));
        }

        List<CibaRequest> waiting = [];
        foreach (var subject in subjects)
        {
            foreach (var request in await store.ListPendingRequestsAsync(options.Tenant, subject, at, cancellationToken).ConfigureAwait(false))
            {
                if (Find(request, accountId) is { } view && await RefuseAsync(view, at, cancellationToken).ConfigureAwait(false) is null)
                {
                    waiting.Add(request);
                }
            }
        }

        return waiting;
    }

    public static MedIdError NotActive() => new(ProviderErrorCodes.ProxyNotActive, ErrorCategory.State, ProxyTransitions.Section, "the relation does not stand now");
}
