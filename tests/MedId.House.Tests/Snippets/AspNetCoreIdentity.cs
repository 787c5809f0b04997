using MedId.Fido.Metadata;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.House.Tests.Snippets;

internal static class AspNetCoreIdentity
{
    public static void Add(IServiceCollection services, IMetadataSource metadata)
    {
        #region AspNetCoreIdentity_Use
        services.Configure<IdentityPasskeyOptions>(options => options.AttestationConveyancePreference = "direct");
        services.AddMedIdPasskeyAttestation(options => options.Policy = new() { Metadata = metadata });
        #endregion
    }
}
