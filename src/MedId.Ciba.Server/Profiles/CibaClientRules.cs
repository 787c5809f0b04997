using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>What CIBA and the profile ask of a registration, for whoever takes registrations: at start, by an administration, by a registration endpoint.</summary>
public static class CibaClientRules
{
    /// <summary>Why a registration is refused, each reason by the member's name; empty when it is not.</summary>
    /// <param name="client">The client or resource server.</param>
    /// <param name="ciba">CIBA's options.</param>
    /// <param name="server">The server's options.</param>
    public static IReadOnlyList<string> Refuse(ClientRegistration client, CibaOptions ciba, OAuthServerOptions server)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(ciba);
        ArgumentNullException.ThrowIfNull(server);
        var why = new List<string>();
        if (DeliveryModes.Parse(client.Metadata.BackchannelTokenDeliveryMode) is { } mode)
        {
            // CIBA Core §4, §5: one mode, and one that is offered.
            if (!ciba.DeliveryModes.Contains(mode))
            {
                why.Add($"backchannel_token_delivery_mode: {DeliveryModes.NameOf(mode)} is not offered");
            }

            // §4: an https URL; and one that leads out.
            if (mode != CibaDeliveryMode.Poll && !GuardedHttpHandler.Check(client.Metadata.BackchannelClientNotificationEndpoint, ciba.NotificationRules(server)).Succeeded)
            {
                why.Add("backchannel_client_notification_endpoint: not an https URL of a public address");
            }

            // A token that is pushed goes to whoever reads it: no key of the client is there to bind it to.
            if (mode == CibaDeliveryMode.Push && (server.RequireSenderConstrainedTokens || client.Metadata.TlsClientCertificateBoundAccessTokens || client.Metadata.DpopBoundAccessTokens))
            {
                why.Add("backchannel_token_delivery_mode: push cannot bind tokens to a key of the client");
            }
        }

        why.AddRange(ciba.Profile?.RefuseClient(client) ?? []);
        return why;
    }
}
