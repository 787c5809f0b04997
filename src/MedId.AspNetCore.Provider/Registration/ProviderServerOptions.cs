using MedId.OAuth.Server;

namespace MedId.AspNetCore.Provider;

/// <summary>Carries what <c>ConfigureServer</c> was told.</summary>
internal sealed class ProviderServerOptions
{
    public Action<OAuthServerOptions>? Configure { get; set; }
}
