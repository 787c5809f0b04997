using MedId.AspNetCore.Provider;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.House.Tests.Snippets;

internal static class Administration
{
    public static void Add(MedIdProviderBuilder provider)
    {
        #region AspNetCoreProvider_Administration
        provider.AddAdministration(administration =>
        {
            // A configured client with a key or a certificate, and the people who act through it.
            administration.Clients.Add(new(
                "admin-console",
                new AdministrationOperator("desk-01", AdministrationRole.Read, AdministrationRole.Operate),
                new AdministrationOperator("officer-01", AdministrationRole.Security),
                new AdministrationOperator("officer-02", AdministrationRole.Security)));
            administration.FourEyes = true;
        });

        // In the place of AddSigningKeys: one ring for all nodes, rotated by itself.
        provider.AddStoredSigningKeys(keys => keys.Age = TimeSpan.FromDays(90));
        provider.AddProviderHealthChecks();
        #endregion
    }

    public static void Map(WebApplication app)
    {
        #region AspNetCoreProvider_MapAdministration
        app.MapMedIdProvider();

        // Where operators alone come in: another port, another network.
        app.MapMedIdAdministration().RequireHost("*:5443");
        app.MapMedIdHealth().RequireHost("*:5443");
        #endregion
    }
}
