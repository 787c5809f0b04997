using MedId.AspNetCore.Provider;
using MedId.Ciba.Server;
using MedId.OAuth.Server;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>How a patient's OP answers its clients.</summary>
public static class MedIdProviderBuilderModesExtensions
{
    /// <summary>Keeps a named profile: it is applied before the host's own settings, whatever contradicts it stops the start, and registrations that it forbids are refused.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="profile">One of <see cref="CibaProfile.All"/>; of two calls the last counts.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder UseProfile(this MedIdProviderBuilder builder, CibaProfile profile)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(profile);
        foreach (var former in builder.Services.Where(service => service.ImplementationInstance is ProfileSetup).ToList())
        {
            builder.Services.Remove(former);
        }

        // First in the list is first applied, wherever the call stands.
        var setup = new ProfileSetup(profile);
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<CibaOptions>>(setup));
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IPostConfigureOptions<ProviderServerOptions>>(setup));
        return builder;
    }

    private sealed class ProfileSetup(CibaProfile profile) : IConfigureOptions<CibaOptions>, IPostConfigureOptions<ProviderServerOptions>
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
}
