using System.Net;
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

    /// <summary>The profile that these options keep; null for none. Set by <see cref="CibaProfile.ApplyTo(CibaOptions)"/>, and held against all options at start.</summary>
    public CibaProfile? Profile { get; set; }

    /// <summary>How clients may get their tokens (CIBA Core §5).</summary>
    /// <value>Poll and ping. Push hands tokens to a URL instead of an authenticated client, and is offered where it is asked for.</value>
    public IReadOnlyCollection<CibaDeliveryMode> DeliveryModes { get; set; } = [CibaDeliveryMode.Poll, CibaDeliveryMode.Ping];

    /// <summary>How long a poll may be held until there is an answer (CIBA Core §10.1); zero for long polling off.</summary>
    /// <value>Zero; at most 30 seconds. Whoever sets it has proxies before the server that wait longer.</value>
    public TimeSpan LongPollHold { get; set; }

    /// <summary>How many polls of one client are held at a time in this process; those beyond are answered at once.</summary>
    /// <value>20.</value>
    public int MaxHeldPollsOfClient { get; set; } = 20;

    /// <summary>Whether every request has to carry <c>authorization_details</c> or a binding message: what makes it unique to the person (FAPI-CIBA §5.2.2).</summary>
    public bool RequireTransactionContext { get; set; }

    /// <summary>The types of <c>authorization_details</c> that are taken (RFC 9396 §10), published in discovery. Empty: every type goes to the OP's own rules, and none is published.</summary>
    public IReadOnlyCollection<string> AuthorizationDetailsTypes { get; set; } = [];

    /// <summary>The kinds of <c>login_hint_token</c> that are taken, in the words of the ecosystem, published in discovery (FAPI-CIBA draft 03). Empty: nothing is published.</summary>
    public IReadOnlyCollection<string> LoginHintTokenTypes { get; set; } = [];

    /// <summary>How long one attempt to notify a client may take.</summary>
    /// <value>5 seconds; at most 30.</value>
    public TimeSpan NotificationTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Networks whose notification endpoints are called although they are private: the hospital's own. Https only.</summary>
    /// <value>None.</value>
    public IReadOnlyList<IPNetwork> NotificationNetworks { get; set; } = [];

    /// <summary>Whether notification endpoints on loopback are called, also by plain http; null: as <see cref="OAuthServerOptions.AllowHttpOnLoopback"/>. For development and tests on one machine.</summary>
    public bool? AllowLoopbackNotifications { get; set; }

    /// <summary>Which addresses are called to notify clients.</summary>
    /// <param name="server">The options of the server around it.</param>
    public GuardedHttpOptions NotificationRules(OAuthServerOptions server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return new()
        {
            AllowHttpOnLoopback = AllowLoopbackNotifications ?? server.AllowHttpOnLoopback,
            AllowedNetworks = NotificationNetworks,
            ConnectTimeout = NotificationTimeout,
        };
    }

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

        Bound(wrong, nameof(LongPollHold), LongPollHold, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Bound(wrong, nameof(NotificationTimeout), NotificationTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        if (DeliveryModes.Count == 0)
        {
            wrong.Add($"{nameof(CibaOptions)}.{nameof(DeliveryModes)} is empty; CIBA Core §4 asks for one mode at least.");
        }

        if (MaxHeldPollsOfClient < 1)
        {
            wrong.Add($"{nameof(CibaOptions)}.{nameof(MaxHeldPollsOfClient)} is {MaxHeldPollsOfClient}; to hold no poll set {nameof(LongPollHold)} to zero.");
        }

        wrong.AddRange(Profile?.Contradictions(this, server) ?? []);
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
