using MedId.Ciba.Server;
using MedId.Heart.Fhir.Scopes;
using MedId.OAuth.Server;

namespace MedId.Testing;

/// <summary>A client that registered no scope may ask for everything that this OP has words for; one that did, for that.</summary>
internal sealed class LabScopePolicy : IScopePolicy
{
    private readonly RegisteredScopes _registered = new();

    /// <inheritdoc/>
    public bool IsAllowed(ClientRegistration client, string scope, string? resource)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.Metadata.Scope is not null
            ? _registered.IsAllowed(client, scope, resource)
            : scope is "openid" or "profile" or "offline_access" || FhirScope.Parse(scope) is { Succeeded: true, Value.Kind: not FhirScopeKind.Other };
    }
}
