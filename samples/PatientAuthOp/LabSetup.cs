using System.Net;
using System.Net.Sockets;
using MedId.AspNetCore.Provider;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.Provider;
using MedId.Samples.Hosting;
using MedId.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.PatientAuthOp;

/// <summary>What <c>--lab</c> changes: a whole OP without files, steered by <c>/_lab</c>, for peers of other makes and for benchmarks.</summary>
internal static class LabSetup
{
    private const string ClientKeys = "lab-client-keys";

    /// <summary>An OP names its issuer before it listens: in a lab the free port is chosen before.</summary>
    public static string[] WithPort(string[] args)
    {
        if (!args.Contains("--lab", StringComparer.Ordinal))
        {
            return args;
        }

        var at = Array.IndexOf(args, "--urls");
        var scheme = args.Contains("--tls-cert", StringComparer.Ordinal) ? "https" : "http";
        if (at < 0)
        {
            return [.. args, "--urls", $"{scheme}://127.0.0.1:{FreePort()}"];
        }

        return at + 1 < args.Length && args[at + 1].EndsWith(":0", StringComparison.Ordinal)
            ? [.. args[..(at + 1)], args[at + 1][..^1] + FreePort(), .. args[(at + 2)..]]
            : args;
    }

    /// <summary>What is wrong with the flags together; null when nothing is.</summary>
    public static string? Mistake(HostArguments arguments) =>
        arguments.Has("--lab") && !arguments.ListensOnLoopbackOnly ? "--lab is for loopback addresses only"
        : arguments.Has("--tls-cert") != arguments.Has("--tls-key") ? "--tls-cert and --tls-key go together"
        : arguments.Has("--tsa") != arguments.Has("--tsa-root") ? "--tsa and --tsa-root go together: whose time-stamps are kept has to be said"
        : arguments.Has("--client-ca") && !arguments.Has("--tls-cert") ? "--client-ca needs --tls-cert: certificates are shown in TLS"
        : arguments["--profile"] is not (null or "core" or "fapi" or "fapi2" or "heart") ? "--profile is core, fapi, fapi2 or heart"
        : arguments["--profile"] is "fapi" or "fapi2" && !(arguments["--issuer"] ?? arguments.Urls).Split(';').All(url => url.StartsWith("https:", StringComparison.Ordinal)) ? "the profiles fapi and fapi2 are for https only"
        : null;

    /// <summary>The classes of the peers' scripts, by the level of the authenticator.</summary>
    public static AcrTable Classes(AcrTable sample) => new(
    [
        Class("urn:medid:ial3:aal3", AuthenticatorAssuranceLevel.Aal3),
        Class("urn:medid:ial2:aal2", AuthenticatorAssuranceLevel.Aal2),
        .. sample.Rows,
    ]);

    /// <summary>Keys of the algorithms that clients of other makes register for their ID tokens; HEART wants RS256 among them.</summary>
    public static IEnumerable<SigningKey> Keys(CibaProfile profile)
    {
        yield return LocalSigningKey.Generate(SignatureAlgorithm.PS256);
        yield return LabSigningKeys.CreateEd25519();
        if (profile.Rs256Until is not null)
        {
            yield return LocalSigningKey.Generate(SignatureAlgorithm.RS256);
        }
    }

    public static void Configure(ProviderOptions options)
    {
        options.Reuse = ConsentReuse.RefreshToken;
        options.RefreshNeedsOfflineAccess = true;
    }

    public static void Add(MedIdProviderBuilder provider, MedIdLab lab)
    {
        provider.Services.AddHttpClient(ClientKeys).RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(static () => GuardedHttpHandler.Create(new() { AllowHttpOnLoopback = true }));
        provider.AddRemoteKeys(static services => new JwksClient(
            new ProtocolHttpClient(services.GetRequiredService<IHttpClientFactory>().CreateClient(ClientKeys), new ProtocolHttpOptions { AllowHttpOnLoopback = true }), services.GetRequiredService<TimeProvider>()));
        provider.Services.AddMedIdLab(lab);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static AcrRequirement Class(string acr, AuthenticatorAssuranceLevel level) =>
        new() { Acr = acr, Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = level, Protocols = ["fido-uaf", "fido2"] };
}
