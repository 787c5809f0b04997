using MedId.AspNetCore.Provider;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Clients that prove themselves by certificate (RFC 8705).</summary>
public static class MedIdProviderBuilderClientsExtensions
{
    /// <summary>
    /// Takes certificates of clients: for <c>tls_client_auth</c>, <c>self_signed_tls_client_auth</c> and tokens bound to a certificate. They come from the connection, for which the
    /// server has to ask (<see cref="AskForClientCertificates"/>), or from a proxy that is named here.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Who verifies chains, and which proxies are believed.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddClientCertificates(this MedIdProviderBuilder builder, Action<ClientCertificateOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new ClientCertificateOptions();
        configure?.Invoke(options);
        builder.Services.TryAddSingleton(options);
        builder.Services.TryAddSingleton<IClientCertificateSource>(s => new ClientCertificateSource(options, s.GetRequiredService<ProviderOptions>().Algorithms, s.GetRequiredService<TimeProvider>()));
        return Take(builder, options.MtlsBaseUrl);
    }

    /// <summary>Takes certificates of clients from a source of the host's own, which also says whether chains are verified.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">Makes the source.</param>
    /// <param name="mtlsBaseUrl">As <see cref="ClientCertificateOptions.MtlsBaseUrl"/>.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddClientCertificates(this MedIdProviderBuilder builder, Func<IServiceProvider, IClientCertificateSource> source, string? mtlsBaseUrl = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        builder.Services.TryAddSingleton(source);
        return Take(builder, mtlsBaseUrl);
    }

    /// <summary>
    /// Lets Kestrel ask for a certificate and take whichever comes: that the client has its key is proven by the handshake, and whose it is is decided for each request. A client
    /// without any connects too, because others prove themselves otherwise.
    /// </summary>
    /// <param name="https">The options of the listener.</param>
    /// <returns>The options.</returns>
    public static HttpsConnectionAdapterOptions AskForClientCertificates(this HttpsConnectionAdapterOptions https)
    {
        ArgumentNullException.ThrowIfNull(https);
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.AllowAnyClientCertificate();
        return https;
    }

    private static MedIdProviderBuilder Take(MedIdProviderBuilder builder, string? mtlsBaseUrl)
    {
        builder.Services.Configure<ProviderServerOptions>(options => options.Configure += server =>
        {
            server.TakesClientCertificates = true;
            server.MtlsBaseUrl ??= mtlsBaseUrl;
        });
        return builder;
    }
}
