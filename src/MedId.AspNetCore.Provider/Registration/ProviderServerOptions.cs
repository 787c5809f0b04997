using MedId.OAuth.Server;

namespace MedId.AspNetCore.Provider;

/// <summary>Carries what <c>ConfigureServer</c> and <c>AddClients</c> were told.</summary>
internal sealed class ProviderServerOptions
{
    public Action<OAuthServerOptions>? Configure { get; set; }

    /// <summary>The configured clients.</summary>
    public List<ClientRegistration> Registered { get; } = [];
}
