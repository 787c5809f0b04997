using MedId.Core;

namespace MedId.Provider;

internal sealed partial class TenantMemory
{
    /// <summary>Under this name the attempts of all clients are counted; no client has it.</summary>
    public const string EveryClient = "";

    public Dictionary<string, StandingConsent> Standing { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> StandingByCode { get; } = new(StringComparer.Ordinal);

    /// <summary>The ids of each person, in the order of writing.</summary>
    public Dictionary<string, List<string>> StandingBySubject { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, (DateTimeOffset Start, int Attempts)> CodeAttempts { get; } = new(StringComparer.Ordinal);

    /// <summary>Writes what changed, and forgets a code that is not in the record any more.</summary>
    public void Keep(StandingConsent changed)
    {
        if (changed.CodeDigest is null && Standing[changed.Id].CodeDigest is { } gone)
        {
            StandingByCode.Remove(gone);
        }

        Standing[changed.Id] = changed;
    }

    /// <summary>Whether the device that gave it, if one did, has not fallen since.</summary>
    public bool DeviceStands(StandingConsent standing) =>
        standing.DeviceId is null || (DeviceOf(standing.DeviceId) is { } device && DeviceTransitions.ConsentsStand(device.State));

    /// <summary>Whether the consent given beforehand that a consent was made from, if any, is not withdrawn.</summary>
    public bool StandingStands(ConsentRecord consent) =>
        consent.Ground?.StandingConsentId is not { } id || (Standing.TryGetValue(id, out var standing) && standing.Status == ConsentStatus.Given);

    public string? StandingDevice(ConsentRecord consent) => consent.Ground?.StandingConsentId is { } id ? Standing[id].DeviceId : null;

    public bool MayUse(string standingId, Approval approval)
    {
        if (!Standing.TryGetValue(standingId, out var standing))
        {
            return false;
        }

        StandingRules.CheckUse(standing, approval);
        return standing.MayBeUsed(approval.At) && DeviceStands(standing);
    }

    /// <summary>Uses what a consent was made from, and gives the attempt with a code back.</summary>
    public void Use(ConsentRecord consent, string clientId)
    {
        if (consent.Ground?.StandingConsentId is not { } id)
        {
            return;
        }

        Keep(StandingRules.Use(Standing[id]));
        foreach (var client in consent.Ground.Kind == ConsentGroundKind.OneTimeCode ? (string[])[clientId, EveryClient] : [])
        {
            if (CodeAttempts.TryGetValue(client, out var counted) && counted.Attempts > 0)
            {
                CodeAttempts[client] = counted with { Attempts = counted.Attempts - 1 };
            }
        }
    }

    /// <summary>Ends all of a person who has left.</summary>
    public void EndStanding(string subject, DateTimeOffset at)
    {
        foreach (var standing in StandingOf(subject).Where(standing => standing.Status == ConsentStatus.Given).ToList())
        {
            Keep(StandingRules.Withdraw(standing, at));
            Audit(AuditLines.StandingWithdrawn(standing, at) with { Agents = [AuditAgent.Op] });
        }
    }

    public IEnumerable<StandingConsent> StandingOf(string subject) => (StandingBySubject.GetValueOrDefault(subject) ?? []).Select(id => Standing[id]);
}
