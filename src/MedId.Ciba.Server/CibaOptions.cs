using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>What a server decides about CIBA. Checked together at start by <see cref="Validate"/>.</summary>
public sealed class CibaOptions
{
    /// <summary>The backchannel authentication endpoint; null for <c>{issuer}/bc-authorize</c>.</summary>
    public string? BackchannelAuthenticationEndpoint { get; set; }

    /// <summary>How long a request lives when the client asks for nothing else.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan DefaultExpiry { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest life of a request; <c>requested_expiry</c> is cut to it.</summary>
    /// <value>10 minutes; at most 30.</value>
    public TimeSpan MaximumExpiry { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The polling interval at first.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many open requests a person may have: prompts that nobody asked for are bounded.</summary>
    /// <value>3.</value>
    public int MaxPendingOfSubject { get; set; } = 3;

    /// <summary>Whether every request has to be signed (FAPI-CIBA ID1 §5.2.2). Clients that registered an algorithm have to sign in any case.</summary>
    public bool RequireSignedRequests { get; set; }

    /// <summary>How long a signed request may be good for, from <c>nbf</c> to <c>exp</c>.</summary>
    /// <value>60 minutes, which is also the most (FAPI-CIBA ID1 §5.2.2).</value>
    public TimeSpan MaxSignedRequestLifetime { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>Whether every request has to carry a binding message (FAPI-CIBA §5.2.2, where nothing else makes the transaction unique).</summary>
    public bool RequireBindingMessage { get; set; }

    /// <summary>What becomes of <c>acr_values</c> of which none is known.</summary>
    /// <value><see cref="UnknownAcrPolicy.Refuse"/>.</value>
    public UnknownAcrPolicy UnknownAcr { get; set; }

    /// <summary>The kinds of hints that need a user code: those that anybody can know or guess.</summary>
    /// <value><see cref="HintKind.LoginHint"/>.</value>
    public IReadOnlyCollection<HintKind> UserCodeRequiredFor { get; set; } = [HintKind.LoginHint];

    /// <summary>How long after its issue an ID token is a hint; null for ever. Its own <c>exp</c> does not count (CIBA Core §7.1).</summary>
    public TimeSpan? IdTokenHintMaxAge { get; set; }

    /// <summary>The backchannel authentication endpoint's URL.</summary>
    /// <param name="server">The issuer.</param>
    public string EndpointOf(OAuthServerOptions server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return BackchannelAuthenticationEndpoint ?? server.Issuer + "/bc-authorize";
    }

    /// <summary>Everything that is wrong, in words that say which option to set; empty when the options stand.</summary>
    /// <param name="server">The options of the server around it.</param>
    public IReadOnlyList<string> Validate(OAuthServerOptions server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var wrong = new List<string>();
        if (!EndpointUrl.Parse(EndpointOf(server), server.AllowHttpOnLoopback).Succeeded)
        {
            wrong.Add($"{nameof(CibaOptions)}.{nameof(BackchannelAuthenticationEndpoint)} is not an https URL.");
        }

        Bound(wrong, nameof(MaximumExpiry), MaximumExpiry, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(30));
        Bound(wrong, nameof(DefaultExpiry), DefaultExpiry, TimeSpan.FromSeconds(1), MaximumExpiry);
        Bound(wrong, nameof(Interval), Interval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Bound(wrong, nameof(MaxSignedRequestLifetime), MaxSignedRequestLifetime, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(60));
        if (IdTokenHintMaxAge is { } age)
        {
            Bound(wrong, nameof(IdTokenHintMaxAge), age, TimeSpan.FromSeconds(1), TimeSpan.MaxValue);
        }

        if (MaxPendingOfSubject < 1)
        {
            wrong.Add($"{nameof(CibaOptions)}.{nameof(MaxPendingOfSubject)} is {MaxPendingOfSubject}; a person has to be able to have one open request.");
        }

        return wrong;
    }

    internal static void ThrowIfWrong(CibaOptions options, OAuthServerOptions server)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate(server) is { Count: > 0 } wrong)
        {
            throw new ArgumentException(string.Join(' ', wrong), nameof(options));
        }
    }

    private static void Bound(List<string> wrong, string name, TimeSpan value, TimeSpan min, TimeSpan max)
    {
        if (value < min || value > max || value.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            wrong.Add($"{nameof(CibaOptions)}.{name} is {value}; it has to be whole seconds between {min} and {max}.");
        }
    }
}
