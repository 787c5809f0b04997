using System.Text.Json.Serialization;
using MedId.Core;

namespace MedId.Provider;

/// <summary>That somebody may consent for somebody else: who for whom, by what right, shown by which evidence, how far and how long (row A14). Everything but its state is fixed at registration.</summary>
public sealed record ProxyRelation
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The identifier: 128 random bits or more, base64url.</summary>
    public required string Id { get; init; }

    /// <summary>The person's account.</summary>
    public required string Patient { get; init; }

    /// <summary>The proxy's own account.</summary>
    public required string Proxy { get; init; }

    /// <summary>The relation.</summary>
    public required ProxyRelationship Relationship { get; init; }

    /// <summary>The person's name as notices show it. Personal: stores encrypt it.</summary>
    public required string PatientName { get; init; }

    /// <summary>The proxy's name as notices show it. Personal: stores encrypt it.</summary>
    public required string ProxyName { get; init; }

    /// <summary>What was shown at the desk; the kinds are the OP's configuration.</summary>
    public required IReadOnlyList<ConsentEvidence> Evidence { get; init; }

    /// <summary>The legal basis, by a code of the OP's configuration.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>The FHIR scopes that the proxy may open; a scope is covered when these together open all that it opens.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The purposes (v3-ActReason codes) for which.</summary>
    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary>From when.</summary>
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>Until when; never unlimited.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>For a minor: from when their own device is asked; null for others. Personal: stores encrypt it.</summary>
    public DateTimeOffset? ConsentsAloneAt { get; init; }

    /// <summary>For a minor: when they come of age, which ends the relation; null for others. Personal: stores encrypt it.</summary>
    public DateTimeOffset? ComesOfAgeAt { get; init; }

    /// <summary>The clerk who registered it, with the institution.</summary>
    public required LifeCycleActor RegisteredBy { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>The person's own consent to an agent, signed by their device; null where it was given on paper, whose scan is in the evidence, or is not needed. Stores keep it beside the record.</summary>
    public ProxyAppointment? Appointment { get; init; }

    /// <summary>How it stands. Stores keep it beside the record and change it by <see cref="IProxyStore"/> only.</summary>
    public ProxyState State { get; init; }

    /// <summary>The instant from which nothing is opened by it: the end of its term, or that the person comes of age.</summary>
    [JsonIgnore]
    public DateTimeOffset EndsAt => ComesOfAgeAt is { } age && age < ValidUntil ? age : ValidUntil;

    /// <summary>How it stands at an instant: its end counts whether or not it was swept.</summary>
    /// <param name="at">The instant.</param>
    /// <returns>The state.</returns>
    public ProxyState StateAt(DateTimeOffset at) => at >= EndsAt ? ProxyState.Ended : State;

    /// <summary>Whether the proxy may act by it at an instant.</summary>
    /// <param name="at">The instant.</param>
    /// <returns>True when it is active, its term has begun and its end has not come.</returns>
    public bool IsActive(DateTimeOffset at) => StateAt(at) == ProxyState.Active && at >= ValidFrom;

    /// <summary>Id and relation; no name.</summary>
    public override string ToString() => $"{Relationship} {Id} {State}";
}
