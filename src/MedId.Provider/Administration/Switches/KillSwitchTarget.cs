namespace MedId.Provider;

/// <summary>What a kill switch stops.</summary>
/// <param name="Kind">Which kind of thing.</param>
/// <param name="Id">Which one: a client id, or an authenticator model (AAID, AAGUID, kind of certificate); null where the kind is the whole OP.</param>
public sealed record KillSwitchTarget(KillSwitchKind Kind, string? Id = null)
{
    /// <summary>The longest id.</summary>
    public const int MaxId = 200;

    private const string ClientPrefix = "client:";
    private const string ResourceServerPrefix = "resource-server:";
    private const string ModelPrefix = "model:";

    /// <summary>All new requests.</summary>
    public static KillSwitchTarget Requests { get; } = new(KillSwitchKind.Requests);

    /// <summary>All issue of tokens.</summary>
    public static KillSwitchTarget Tokens { get; } = new(KillSwitchKind.Tokens);

    /// <summary>One client.</summary>
    /// <param name="clientId">Its id.</param>
    public static KillSwitchTarget Client(string clientId) => new(KillSwitchKind.Client, clientId);

    /// <summary>One resource server.</summary>
    /// <param name="clientId">Its client id.</param>
    public static KillSwitchTarget ResourceServer(string clientId) => new(KillSwitchKind.ResourceServer, clientId);

    /// <summary>One authenticator model.</summary>
    /// <param name="model">The model.</param>
    public static KillSwitchTarget Model(string model) => new(KillSwitchKind.Model, model);

    /// <summary>Reads the form of <see cref="ToString"/>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Null when it is none.</returns>
    public static KillSwitchTarget? Parse(string? text) => text switch
    {
        null => null,
        "requests" => Requests,
        "tokens" => Tokens,
        _ when Named(text, ClientPrefix) is { } client => Client(client),
        _ when Named(text, ResourceServerPrefix) is { } server => ResourceServer(server),
        _ when Named(text, ModelPrefix) is { } model => Model(model),
        _ => null,
    };

    /// <summary><c>requests</c>, <c>tokens</c>, <c>client:…</c>, <c>resource-server:…</c> or <c>model:…</c>.</summary>
    public override string ToString() => Kind switch
    {
        KillSwitchKind.Requests => "requests",
        KillSwitchKind.Tokens => "tokens",
        KillSwitchKind.Client => ClientPrefix + Id,
        KillSwitchKind.ResourceServer => ResourceServerPrefix + Id,
        _ => ModelPrefix + Id,
    };

    private static string? Named(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length && text.Length <= prefix.Length + MaxId ? text[prefix.Length..] : null;
}
