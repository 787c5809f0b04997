using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>Asks the kill switch, and how a client is registered by now, wherever something is about to be opened.</summary>
internal sealed class StopGuard(KillSwitches switches, IClientStore clients, RegisteredClients registry, IScopePolicy scopes, IConsentStore consents, ProviderOptions options) : ITokenIssueGate
{
    private const string Section = "MedId walk, administration: kill switch";
    private const string Clients = "MedId walk, administration: clients";

    /// <summary>Why a new request is not taken; null when it is.</summary>
    public async ValueTask<MedIdError?> RefuseRequestAsync(ValidatedBackchannelRequest request, CancellationToken cancellationToken) =>
        await switches.IsStoppedAsync(KillSwitchTarget.Requests, cancellationToken).ConfigureAwait(false)
            || await IsServerOfStoppedAsync(request.Parameters.Resource, cancellationToken).ConfigureAwait(false)
            ? new MedIdError(ProviderErrorCodes.RequestsStopped, ErrorCategory.Policy, Section, "an operator stopped it; ask again later")
            : null;

    /// <inheritdoc/>
    public async ValueTask<MedIdError?> RefuseAsync(TokenIssue issue, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(issue);
        return await switches.IsStoppedAsync(KillSwitchTarget.Tokens, cancellationToken).ConfigureAwait(false)
            || await IsServerOfStoppedAsync(issue.Grant.Resource, cancellationToken).ConfigureAwait(false)
            ? new MedIdError(OAuthServerErrorCodes.IssueStopped, ErrorCategory.Policy, Section, "an operator stopped it; ask again later")
            : Stands(issue) ? null
            : new MedIdError(OAuthServerErrorCodes.GrantInactive, ErrorCategory.Policy, Clients, "the client is not registered for it any more");
    }

    /// <summary>Whether nothing may happen by a grant that stands: its client or its authenticator's model is stopped, or what was issued is.</summary>
    public async ValueTask<bool> IsStoppedAsync(GrantQuestion question, CancellationToken cancellationToken)
    {
        if (question.Use is GrantUse.Introspect or GrantUse.UserInfo && await switches.AreIssuedTokensStoppedAsync(cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        // Stopped, suspended and removed clients are unknown.
        if (await clients.FindClientAsync(question.Tenant, question.ClientId, cancellationToken).ConfigureAwait(false) is null)
        {
            return true;
        }

        // An id that was registered again may be somebody else's: what was given before its removal does not come back.
        var again = await registry.AgainSinceAsync(question.ClientId, cancellationToken).ConfigureAwait(false);
        if (again is null && !await switches.IsAnyModelStoppedAsync(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        return await consents.FindConsentAsync(question.Tenant, question.GrantId, cancellationToken).ConfigureAwait(false) is { } consent
            && (consent.GivenAt < again || await switches.IsStoppedAsync(KillSwitchTarget.Model(consent.Act.Authenticator), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Whether every token is inactive to a resource server.</summary>
    public ValueTask<bool> IsReaderStoppedAsync(string resourceServer, CancellationToken cancellationToken) =>
        switches.IsStoppedAsync(KillSwitchTarget.ResourceServer(resourceServer), cancellationToken);

    /// <summary>Why an authenticator of a model neither enrols nor acts; null when it may.</summary>
    public async ValueTask<MedIdError?> RefuseModelAsync(string model, CancellationToken cancellationToken) =>
        await switches.IsStoppedAsync(KillSwitchTarget.Model(model), cancellationToken).ConfigureAwait(false)
            ? new MedIdError(ProviderErrorCodes.ModelStopped, ErrorCategory.Policy, Section, "an operator stopped the authenticator's model")
            : null;

    /// <summary>Whether the client is registered for what its grant says: a registration may have been narrowed since.</summary>
    private bool Stands(TokenIssue issue)
    {
        var (client, resource) = (issue.Client, issue.Grant.Resource);
        return (resource is null || resource == client.DefaultResource || client.Resources.Contains(resource, StringComparer.Ordinal))
            && (issue.Scopes ?? issue.Grant.Scopes).All(scope => scopes.IsAllowed(client, scope, resource));
    }

    private async ValueTask<bool> IsServerOfStoppedAsync(string? resource, CancellationToken cancellationToken)
    {
        if (resource is null)
        {
            return false;
        }

        foreach (var line in await switches.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            // A server that is also suspended, or stopped as a client, is unknown; what it serves is stopped all the same.
            if (line is { Engaged: true, Target: { Kind: KillSwitchKind.ResourceServer, Id: { } server } }
                && ((await clients.FindClientAsync(options.Tenant, server, cancellationToken).ConfigureAwait(false))?.ServedResources
                    ?? await registry.ServedByAsync(server, cancellationToken).ConfigureAwait(false)).Contains(resource, StringComparer.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
