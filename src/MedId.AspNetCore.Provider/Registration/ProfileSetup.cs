using MedId.Ciba.Server;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider;

/// <summary>Applies a profile before the host's own settings.</summary>
internal sealed class ProfileSetup(CibaProfile profile) : IConfigureOptions<CibaOptions>, IPostConfigureOptions<ProviderServerOptions>
{
    public void Configure(CibaOptions options) => profile.ApplyTo(options);

    // The one action of the server's options runs its parts in order: the profile's is put before those of the host.
    public void PostConfigure(string? name, ProviderServerOptions options)
    {
        var host = options.Configure;
        options.Configure = server =>
        {
            profile.ApplyTo(server);
            host?.Invoke(server);
        };
    }
}
