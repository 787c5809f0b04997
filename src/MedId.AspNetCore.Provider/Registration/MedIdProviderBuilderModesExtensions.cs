using MedId.AspNetCore.Provider;
using MedId.Ciba.Server;
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
}
