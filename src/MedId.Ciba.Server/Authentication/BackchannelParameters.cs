namespace MedId.Ciba.Server;

/// <summary>The parameters of an authentication request (CIBA Core §7.1), each read and judged by itself. Whom the hint names is not judged yet.</summary>
public sealed record BackchannelParameters
{
    /// <summary><c>scope</c>, in the client's order, <c>openid</c> included.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary><c>resource</c> (RFC 8707).</summary>
    public string? Resource { get; init; }

    /// <summary><c>acr_values</c>, in the client's order; empty when absent, or when none is known and <see cref="UnknownAcrPolicy.Ignore"/> holds.</summary>
    public IReadOnlyList<string> AcrValues { get; init; } = [];

    /// <summary><c>binding_message</c>; by the rule of <see cref="OAuth.BindingMessage"/>.</summary>
    public string? BindingMessage { get; init; }

    /// <summary><c>user_code</c>; a secret, not verified here.</summary>
    public string? UserCode { get; init; }

    /// <summary><c>requested_expiry</c>; not yet cut to the server's maximum.</summary>
    public TimeSpan? RequestedExpiry { get; init; }

    /// <summary>Which hint there is.</summary>
    public required HintKind HintKind { get; init; }

    /// <summary>The hint; personal, not verified here.</summary>
    public required string Hint { get; init; }

    /// <summary><c>actor_token</c>: the practitioner's evidence, from inside a signed request only; not verified here.</summary>
    public string? ActorToken { get; init; }

    /// <summary><c>authorization_details</c> (RFC 9396) as JSON text: an array of objects, each with a <c>type</c>; from inside a signed request only, its types not judged here.</summary>
    public string? AuthorizationDetails { get; init; }

    /// <summary><c>client_notification_token</c>; a secret. Null for a client that polls, where it is not looked at.</summary>
    public string? NotificationToken { get; init; }

    /// <summary><c>request_context</c> (FAPI-CIBA §5.2.2) as JSON text: an object of at most 4096 characters whose content is free, e.g. where the consumption device is. Personal; for the OP's own rules, not kept.</summary>
    public string? RequestContext { get; init; }

    /// <summary>The signed request as it came, evidence of what the client asked; null for a plain request.</summary>
    public string? SignedRequest { get; init; }

    /// <summary>Which parameters there are; no value that is personal or secret.</summary>
    public override string ToString() => $"{Scopes.Count} scopes, {HintKind}{(SignedRequest is null ? string.Empty : ", signed")}";
}
