using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <content>How often one act of consent serves (row A12).</content>
public sealed partial class ProviderOptions
{
    /// <summary>The longest time for which a consent to one access opens data: whoever needs longer chooses a variant of reuse, and the person is told so.</summary>
    public static readonly TimeSpan LongestSingleAccess = TimeSpan.FromHours(1);

    /// <summary>The longest life of an access token that is used again: it is never renewed, so a stolen one is good until then or until somebody takes the consent back.</summary>
    public static readonly TimeSpan LongestReusedToken = TimeSpan.FromHours(24);

    /// <summary>Whether one act serves one access or many, for clients that <see cref="ReuseByClient"/> does not name.</summary>
    /// <value><see cref="ConsentReuse.EachTime"/>.</value>
    public ConsentReuse Reuse { get; set; } = ConsentReuse.EachTime;

    /// <summary>Whether <see cref="ConsentReuse.RefreshToken"/> is for requests with the scope <c>offline_access</c> only (OIDC Core §11), and every other request is for one access.</summary>
    /// <value>False: the OP's choice holds for every request of a client.</value>
    public bool RefreshNeedsOfflineAccess { get; set; }

    /// <summary>Clients for which another choice was made, by client id.</summary>
    public IDictionary<string, ClientReuse> ReuseByClient { get; } = new Dictionary<string, ClientReuse>(StringComparer.Ordinal);

    /// <summary>The bound of <see cref="Access"/> for <see cref="ConsentReuse.AccessToken"/>: the token lives as long as its consent.</summary>
    /// <value>1 hour; at most <see cref="LongestReusedToken"/>.</value>
    public TimeSpan ReusedTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Reads of one resource server under one consent that are closer together stand as one line in the history; <see cref="TimeSpan.Zero"/> for a line of each.</summary>
    /// <value>1 minute; at most 1 hour.</value>
    public TimeSpan ReadsToldApart { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What in the choice about this client's reuse contradicts what it registered. The choice for all clients (<see cref="Reuse"/>) contradicts nothing: whoever registers for less than it is asked each time.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <returns>Empty when nothing does.</returns>
    public IReadOnlyList<string> ValidateFor(ClientRegistration client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return ReuseByClient.TryGetValue(client.ClientId, out var own) && own.Variant == ConsentReuse.RefreshToken && client.HasGrantType(GrantTypes.Ciba) && !client.HasGrantType(GrantTypes.RefreshToken)
            ? [$"ProviderOptions: {nameof(ReuseByClient)}: {client.ClientId} shall refresh and is not registered for {GrantTypes.RefreshToken}: register it, or choose another variant."]
            : [];
    }

    /// <summary>The variant in force for a client. Where its registration has lost what the variant needs, every access is asked for: never more than the choice.</summary>
    internal ClientReuse ReuseOf(ClientRegistration client, IReadOnlyList<string> scopes)
    {
        var chosen = ReuseByClient.TryGetValue(client.ClientId, out var own) ? own : new(Reuse, Access);
        return chosen.Variant == ConsentReuse.RefreshToken
            && (!client.HasGrantType(GrantTypes.RefreshToken) || (RefreshNeedsOfflineAccess && !scopes.Contains("offline_access", StringComparer.Ordinal)))
            ? new(ConsentReuse.EachTime, chosen.Access < LongestSingleAccess ? chosen.Access : LongestSingleAccess)
            : chosen;
    }

    private IEnumerable<(bool Holds, string Message)> ReuseRules()
    {
        yield return (ReusedTokenLifetime > TimeSpan.Zero && ReusedTokenLifetime <= LongestReusedToken, "ReusedTokenLifetime has to be more than zero and at most 24 hours; an unlimited token is refused.");
        yield return (ReadsToldApart >= TimeSpan.Zero && ReadsToldApart <= TimeSpan.FromHours(1), "ReadsToldApart has to be at most 1 hour.");
        foreach (var rule in Bounds(string.Empty, new(Reuse, Access)))
        {
            yield return rule;
        }

        foreach (var (client, reuse) in ReuseByClient)
        {
            yield return (client.Length > 0 && Enum.IsDefined(reuse.Variant), "ReuseByClient names clients and variants.");
            yield return (reuse.Access > TimeSpan.Zero && reuse.Access <= LongestAccess, $"ReuseByClient: Access of {client} has to be more than zero and at most 366 days; an unlimited consent is refused.");
            foreach (var rule in Bounds($"ReuseByClient, {client}: ", reuse))
            {
                yield return rule;
            }
        }
    }

    private IEnumerable<(bool Holds, string Message)> Bounds(string of, ClientReuse reuse)
    {
        yield return (reuse.Variant != ConsentReuse.EachTime || reuse.Access <= LongestSingleAccess, of + "Access has to be at most 1 hour where every access is asked for: choose a variant of reuse for longer.");
        yield return (
            reuse.Variant != ConsentReuse.AccessToken || reuse.Access <= ReusedTokenLifetime,
            of + "Access has to be at most ReusedTokenLifetime where one access token is used again: it lives as long as its consent. For longer, let the client refresh.");
    }
}
