using System.Security.Cryptography.X509Certificates;
using MedId.AspNetCore.Provider;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.PatientAuthOp;

/// <summary>
/// What <c>--tls-cert</c>, <c>--tls-key</c> and <c>--client-ca</c> change. A connection is asked for a certificate and may come without one: whose it is, and whether it is needed, is
/// decided for each request (RFC 8705), because clients with other ways of proving themselves use the same port.
/// </summary>
internal static class TlsSetup
{
    public static void Configure(WebApplicationBuilder builder, HostArguments arguments)
    {
        if (arguments["--tls-cert"] is not { } file)
        {
            return;
        }

        var certificate = X509Certificate2.CreateFromPemFile(file, arguments.Needed("--tls-key"));
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(file);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server => server.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificate = certificate;
            https.ServerCertificateChain = chain;
            https.AskForClientCertificates();
        }));
    }

    /// <summary>Certificates of clients come from the connection. Who is named by an authority of <c>--client-ca</c> is verified by this library's own path validation.</summary>
    public static void Add(MedIdProviderBuilder provider, HostArguments arguments)
    {
        if (arguments.Has("--tls-cert"))
        {
            provider.AddClientCertificates(certificates =>
            {
                foreach (var authority in arguments["--client-ca"] is { } file ? PemAnchors.Read("--client-ca", file) : [])
                {
                    certificates.Authorities.Add(authority);
                }
            });
        }
    }
}
