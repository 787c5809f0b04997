using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>Who may administer this OP, and how. Nothing has a default that lets anybody in.</summary>
public sealed class AdministrationOptions
{
    /// <summary>The administration clients; each is a configured client too.</summary>
    public IList<AdministrationClient> Clients { get; } = [];

    /// <summary>Roles that verbs ask for, where they differ from <see cref="AdministrationVerbs.Defaults"/>.</summary>
    public IDictionary<string, AdministrationRole> Roles { get; } = new Dictionary<string, AdministrationRole>(StringComparer.Ordinal);

    /// <summary>Whether releasing the kill switch and revoking a key need two different operators.</summary>
    /// <value>False.</value>
    public bool FourEyes { get; set; }

    /// <summary>How long the first operator's order waits for the second one.</summary>
    /// <value>15 minutes; at most 24 hours.</value>
    public TimeSpan FourEyesWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a node may use a setting without looking again, where no signal reached it. How late the kill switch may be on another node whose signals are lost.</summary>
    /// <value>1 second; at most <see cref="SettingCache.LongestMaxAge"/>.</value>
    public TimeSpan SettingsMaxAge { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether the API is mapped with the public endpoints; otherwise the host maps it where operators alone reach it (<c>MapMedIdAdministration</c>).</summary>
    /// <value>False.</value>
    public bool OnPublicPaths { get; set; }

    /// <summary>The role that a verb asks for.</summary>
    /// <param name="verb">One of <see cref="AdministrationVerbs"/>.</param>
    internal AdministrationRole RoleOf(string verb) => Roles.TryGetValue(verb, out var role) ? role : AdministrationVerbs.Defaults[verb];

    /// <summary>What is missing or contradictory, in words that name the setting.</summary>
    /// <param name="configured">The configured clients.</param>
    /// <returns>Empty when all is well.</returns>
    public IReadOnlyList<string> Validate(IReadOnlyCollection<ClientRegistration> configured)
    {
        ArgumentNullException.ThrowIfNull(configured);
        var wrong = new List<string>();
        Require(Clients.Count > 0, "Clients is empty: nobody could call the API.");
        Require(Clients.Select(static one => one.ClientId).Distinct(StringComparer.Ordinal).Count() == Clients.Count, "Clients: a client id stands once.");
        foreach (var client in Clients)
        {
            var registered = configured.FirstOrDefault(one => string.Equals(one.ClientId, client.ClientId, StringComparison.Ordinal));
            Require(registered is not null, $"{client.ClientId} is not a configured client: call AddClients.");
            Require(registered is null || IsStrong(registered.Metadata.TokenEndpointAuthMethod), $"{client.ClientId} authenticates by a secret: an administration client has a key or a certificate.");
            Require(registered is null || (!registered.IsResourceServer && registered.Metadata.GrantTypes.Count == 0), $"{client.ClientId} is registered for grants or serves resources: an administration client does nothing else.");
            Require(client.Operators.Count > 0 && client.Operators.All(static one => AdministrationOperator.IsId(one.Id) && one.Roles.Count > 0), $"{client.ClientId}: an operator has an identifier of visible ASCII characters, and roles.");
            Require(client.Operators.Select(static one => one.Id).Distinct(StringComparer.Ordinal).Count() == client.Operators.Count, $"{client.ClientId}: an operator stands once.");
        }

        Require(
            !FourEyes || Clients.SelectMany(static one => one.Operators).Where(static one => one.Roles.Contains(AdministrationRole.Security)).Select(static one => one.Id).Distinct(StringComparer.Ordinal).Count() >= 2,
            "FourEyes is on and fewer than two operators have the role Security.");
        Require(Roles.Keys.All(AdministrationVerbs.Defaults.ContainsKey), "Roles names a verb that is not there.");
        Require(FourEyesWindow > TimeSpan.Zero && FourEyesWindow <= TimeSpan.FromHours(24), "FourEyesWindow is more than zero and at most 24 hours.");
        Require(SettingsMaxAge >= TimeSpan.Zero && SettingsMaxAge <= SettingCache.LongestMaxAge, "SettingsMaxAge is at most 10 seconds.");
        return wrong;

        void Require(bool holds, string message)
        {
            if (!holds)
            {
                wrong.Add("AdministrationOptions: " + message);
            }
        }
    }

    private static bool IsStrong(ClientAuthenticationMethod method) =>
        method == ClientAuthenticationMethod.PrivateKeyJwt || ClientAuthenticationMethods.ToName(method).EndsWith("tls_client_auth", StringComparison.Ordinal);
}
