using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Uaf;

namespace MedId.Provider;

/// <summary>The choices of a patient's OP. Validated together when the host starts.</summary>
public sealed partial class ProviderOptions
{
    /// <summary>The longest time that one consent may open data; an unlimited lifetime is refused (row A12).</summary>
    public static readonly TimeSpan LongestAccess = TimeSpan.FromDays(366);

    /// <summary>The issuer identifier of this OP.</summary>
    public string Issuer { get; set; } = string.Empty;

    /// <summary>The tenant.</summary>
    public TenantId Tenant { get; set; } = TenantId.Single;

    /// <summary>The UAF appID: the URL of the facet list, or null for <c>{Issuer}/uaf/facets</c>.</summary>
    public string? AppId { get; set; }

    /// <summary>The facet ids of the apps that may act for patients; exact, no wildcards.</summary>
    public IList<string> Facets { get; } = [];

    /// <summary>The authenticator models that may be enrolled, with their attestation anchors.</summary>
    public UafMetadataSet? Metadata { get; set; }

    /// <summary>The policy sent with registration and authentication requests.</summary>
    public UafPolicy? Policy { get; set; }

    /// <summary>Passkeys (FIDO2), beside UAF or instead of it; null when the OP does not know them.</summary>
    public PasskeyOptions? Passkeys { get; set; }

    /// <summary>The authentication context classes of this OP.</summary>
    public AcrTable? AcrTable { get; set; }

    /// <summary>The signature algorithms by use.</summary>
    public AlgorithmPolicy Algorithms { get; set; } = AlgorithmPolicy.Default;

    /// <summary>How long data may be read after the patient agreed; bounded by <see cref="Reuse"/>.</summary>
    /// <value>10 minutes.</value>
    public TimeSpan Access { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an enrolment ticket is valid.</summary>
    /// <value>24 hours.</value>
    public TimeSpan TicketLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long an enrolled device may act before it has to be enrolled anew.</summary>
    /// <value>Null: no end.</value>
    public TimeSpan? DeviceLifetime { get; set; }

    /// <summary>
    /// Whether a device whose signature counter did not move on under a good signature is suspended, because there may be a copy of its key. The act is refused in any case.
    /// </summary>
    /// <value>True.</value>
    public bool SuspendsSuspectedClones { get; set; } = true;

    /// <summary>How long the OP waits for an act.</summary>
    /// <value>2 minutes.</value>
    public TimeSpan CeremonyLifetime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a device that proved its key may read a notice or the history.</summary>
    /// <value>10 minutes.</value>
    public TimeSpan DeviceTokenLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The page on which people look at their consents in a browser: <c>POST /device/dashboard/sessions</c> links to it. Absolute, https (http to loopback only), without query and fragment.
    /// </summary>
    /// <value>Null: the OP has no such page.</value>
    public Uri? DashboardPage { get; set; }

    /// <summary>Schemes of push addresses that are accepted, e.g. <c>fcm</c>. Plain http to loopback is for laboratories and has to be named here.</summary>
    public IList<string> PushAddressSchemes { get; } = [];

    /// <summary>LABORATORIES ONLY: who is assumed to be the doctor where a request for health data carries no evidence.</summary>
    /// <value>Null: such a request is refused (row A15).</value>
    public DangerouslyAssumedPractitioner? DangerouslyAssumedPractitioner { get; set; }

    /// <summary>The terminals at which people act with their card (row A18); none by default.</summary>
    public IList<ClinicTerminal> Terminals { get; } = [];

    /// <summary>The artefacts that the two parties of a consent may ask for; null when the OP gives none.</summary>
    public ArtefactPublishing? Artefacts { get; set; }

    /// <summary>Whether devices may be enrolled by UAF: always where there are no passkeys, and where any of its settings is there.</summary>
    internal bool UsesUaf => Passkeys is null || Facets.Count > 0 || Metadata is not null || Policy is not null;

    /// <summary>The appID in force.</summary>
    internal string EffectiveAppId => AppId ?? Issuer + "/uaf/facets";

    /// <summary>What is missing or contradictory, in words that name the setting.</summary>
    /// <returns>Empty when all is well.</returns>
    public IReadOnlyList<string> Validate()
    {
        var wrong = new List<string>();
        Require(Issuer.Length > 0, "Issuer is not set.");
        if (UsesUaf)
        {
            // Without passkeys an OP knows UAF; with them it may, and then wholly.
            Require(Facets.Count > 0, "Facets is empty: name the app that acts for patients.");
            Require(Facets.All(facet => !facet.Contains('*', StringComparison.Ordinal)), "Facets may not hold wildcards.");
            Require(Metadata is not null, "Metadata is not set: call AddUaf with the authenticator models that may be enrolled.");
            Require(Policy is not null, "Policy is not set: call AddUaf with a policy.");
            Require(PushAddressSchemes.Count > 0, "PushAddressSchemes is empty: name the push channel.");
        }

        foreach (var (holds, message) in (Passkeys?.Rules() ?? []).Concat(Artefacts?.Rules() ?? []).Concat(StandingRules()).Concat(Proxies?.Rules() ?? []).Concat(ReuseRules()).Concat(NoticeRules()).Concat(LawMistakes()).Concat(Outbox.Rules()).Concat(Limits.Rules()))
        {
            Require(holds, message);
        }

        Require(AcrTable is not null, "AcrTable is not set: an OP publishes at least one authentication context class.");
        Require(Access > TimeSpan.Zero && Access <= LongestAccess, "Access has to be more than zero and at most 366 days; an unlimited consent is refused.");
        Require(TicketLifetime > TimeSpan.Zero && TicketLifetime <= TimeSpan.FromDays(31), "TicketLifetime has to be at most 31 days.");
        Require(CeremonyLifetime > TimeSpan.Zero && CeremonyLifetime <= TimeSpan.FromMinutes(10), "CeremonyLifetime has to be at most 10 minutes.");
        Require(DeviceLifetime is null || DeviceLifetime > TimeSpan.Zero, "DeviceLifetime has to be more than zero, or null for no end.");
        Require(Terminals.Count == 0 || CeremonyLifetime >= TimeSpan.FromSeconds(10), "CeremonyLifetime has to be at least 10 seconds where there are terminals.");
        Require(DeviceTokenLifetime > TimeSpan.Zero && DeviceTokenLifetime <= TimeSpan.FromMinutes(30), "DeviceTokenLifetime has to be at most 30 minutes.");
        Require(Terminals.All(terminal => terminal is { ClientId.Length: > 0, InstitutionId.Length: > 0, Institution.Length: > 0, Serves.Count: > 0 }), "Terminals: a terminal has a client id, an institution with its name, and the clients that it serves.");
        Require(Terminals.Select(terminal => terminal.ClientId).Distinct(StringComparer.Ordinal).Count() == Terminals.Count, "Terminals: a client id stands once.");
        Require(
            DashboardPage is null || (DashboardPage is { IsAbsoluteUri: true, Query.Length: 0, Fragment.Length: 0 } page && (page.Scheme == Uri.UriSchemeHttps || (page.Scheme == Uri.UriSchemeHttp && page.IsLoopback))),
            "DashboardPage has to be an absolute https address without query and fragment.");
        return wrong;

        void Require(bool holds, string message)
        {
            if (!holds)
            {
                wrong.Add("ProviderOptions: " + message);
            }
        }
    }

    /// <summary>Throws when something is missing.</summary>
    /// <exception cref="InvalidOperationException">What <see cref="Validate"/> found.</exception>
    internal void ThrowIfWrong()
    {
        if (Validate() is { Count: > 0 } wrong)
        {
            throw new InvalidOperationException(string.Join(" ", wrong));
        }
    }
}
