using System.Net.Security;
using MedId.AspNetCore.RelyingParty;
using MedId.Ciba.Client;
using MedId.OAuth;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a relying party of CIBA.</summary>
public static class CibaServiceCollectionExtensions
{
    /// <summary>Registers <see cref="CibaService"/> for one OP. The options are validated when the host starts.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Issuer, credential, signing key.</param>
    /// <returns>The HTTP client that talks to the OP, to add handlers, resilience or a proxy; a client certificate of the options is shown by it already. Keep its handler from following redirects.</returns>
    public static IHttpClientBuilder AddMedIdCibaClient(this IServiceCollection services, Action<CibaClientOptions> configure)
    {
        var client = AddMedIdCibaClient(services, Options.Options.DefaultName, configure);
        services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<CibaService>(Options.Options.DefaultName));
        return client;
    }

    /// <summary>Registers a <see cref="CibaService"/> under a key, for relying parties of several OPs. The options are validated when the host starts.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key of the service and the name of its options.</param>
    /// <param name="configure">Issuer, credential, signing key.</param>
    /// <returns>The HTTP client that talks to this OP.</returns>
    public static IHttpClientBuilder AddMedIdCibaClient(this IServiceCollection services, string name, Action<CibaClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<CibaClientOptions>(name).Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CibaClientOptions>, CibaClientOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new CibaClientName(name));
        services.TryAddKeyedSingleton(name, static (provider, key) => new CibaService(
            new CibaClient(
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName((string)key!)),
                provider.GetRequiredService<IOptionsMonitor<CibaClientOptions>>().Get((string)key!),
                provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<ILogger<CibaService>>()));

        // One client lives as long as the host: connections are renewed instead of handlers. Its requests carry credentials, so nothing of them is logged.
        return services.AddHttpClient(HttpClientName(name))
            .UseSocketsHttpHandler((handler, provider) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
                ShowCertificate(handler, provider.GetRequiredService<IOptionsMonitor<CibaClientOptions>>().Get(name));
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
    }

    /// <summary>RFC 8705: the connection shows the certificate by which the client authenticates, or to which its tokens are bound.</summary>
    private static void ShowCertificate(SocketsHttpHandler handler, CibaClientOptions options)
    {
        if (options.Credential is TlsClientCredential credential)
        {
            credential.Configure(handler);
        }
        else if (options.Certificate is { } certificate)
        {
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        }
    }

    private static string HttpClientName(string name) => "MedId.Ciba.Client:" + name;
}
