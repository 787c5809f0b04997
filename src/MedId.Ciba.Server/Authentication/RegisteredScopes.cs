using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>The scopes that stand, octet by octet, in the client's registration; <c>openid</c> always.</summary>
public sealed class RegisteredScopes : IScopePolicy
{
    /// <inheritdoc/>
    public bool IsAllowed(ClientRegistration client, string scope, string? resource)
    {
        ArgumentNullException.ThrowIfNull(client);
        return scope == "openid" || (client.Metadata.Scope ?? string.Empty).Split(' ').Contains(scope, StringComparer.Ordinal);
    }
}
