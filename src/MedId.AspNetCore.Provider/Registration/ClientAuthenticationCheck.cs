using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.AspNetCore.Provider;

/// <summary>Whether the clients that are configured can authenticate at all, asked when the host starts.</summary>
internal static class ClientAuthenticationCheck
{
    /// <summary>What is missing, in words that name the call.</summary>
    /// <param name="registered">The configured clients.</param>
    /// <param name="server">The server's options.</param>
    /// <param name="certificates">Where certificates come from; null where a source of the host's own says so, or nobody.</param>
    public static IEnumerable<string> Wrong(IReadOnlyList<ClientRegistration> registered, OAuthServerOptions server, ClientCertificateOptions? certificates)
    {
        foreach (var group in registered.GroupBy(client => client.Metadata.TokenEndpointAuthMethod))
        {
            var name = ClientAuthenticationMethods.ToName(group.Key);
            var byCertificate = group.Key is ClientAuthenticationMethod.TlsClientAuth or ClientAuthenticationMethod.SelfSignedTlsClientAuth;
            if (!server.AuthenticationMethods.Contains(group.Key))
            {
                yield return $"AddMedIdProvider: the client {group.First().ClientId} is registered for {name}, which OAuthServerOptions.AuthenticationMethods leaves out.";
            }
            else if (byCertificate && !server.TakesClientCertificates)
            {
                yield return $"AddMedIdProvider: the client {group.First().ClientId} is registered for {name} and nobody takes certificates: call AddClientCertificates.";
            }
            else if (group.Key == ClientAuthenticationMethod.TlsClientAuth && certificates is { VerifiesChains: false })
            {
                yield return $"AddClientCertificates: the client {group.First().ClientId} is registered for {name} and nobody verifies chains: "
                    + "name Authorities, or say by TlsLayerVerifiesChains, ProxyVerifiesChains or ProxyVerdictHeader who does.";
            }
        }

        foreach (var wrong in certificates?.Validate() ?? [])
        {
            yield return wrong;
        }
    }
}
