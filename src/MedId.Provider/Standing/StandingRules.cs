using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Provider;

/// <summary>What every store decides alike about consents given beforehand.</summary>
internal static class StandingRules
{
    /// <summary>How many attempts with codes all clients together have, as a multiple of what one has.</summary>
    public const int ClientsInLimit = 10;

    /// <summary>Why a code ended that nobody used.</summary>
    public const string NewerCode = "newer-code";

    /// <summary>A consent that contradicts itself is a defect of its maker.</summary>
    public static void Check(StandingConsent consent)
    {
        ArgumentNullException.ThrowIfNull(consent);
        var isCode = consent.Kind == StandingConsentKind.OneTimeCode;
        if (isCode != consent.CodeDigest is not null || (isCode && consent.MaxUses != 1))
        {
            throw new ArgumentException("A one-time code has the digest of its code and one use; nothing else has a code.", nameof(consent));
        }

        if (!isCode && consent.Recipients.Count == 0 && consent.TrustFramework is null)
        {
            throw new ArgumentException("A consent given beforehand names its recipients, or a trust framework.", nameof(consent));
        }

        if (consent.Scopes.Count == 0 || consent.Purposes.Count == 0 || consent.Access <= TimeSpan.Zero || consent.ValidUntil <= consent.GivenAt)
        {
            throw new ArgumentException("A consent given beforehand has scopes, purposes, a time of access and an end.", nameof(consent));
        }

        if (consent is not { Status: ConsentStatus.Given, WithdrawnAt: null, Uses: 0 })
        {
            throw new ArgumentException("A new consent was neither used nor withdrawn.", nameof(consent));
        }
    }

    /// <summary>The device and the consent are of one act.</summary>
    public static void CheckDevice(StandingConsent consent, DeviceUse device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (!string.Equals(consent.DeviceId, Device.IdOf(device.Model, device.KeyId), StringComparison.Ordinal) || !string.Equals(consent.Subject, device.AccountId, StringComparison.Ordinal))
        {
            throw new ArgumentException("The consent names another device than the one that acted.", nameof(device));
        }
    }

    /// <summary>An approval made from a consent given beforehand stays inside it, whoever made it.</summary>
    public static void CheckUse(StandingConsent standing, Approval approval)
    {
        var (consent, grant) = (approval.Consent, approval.Grant);
        if (standing.Subject != consent.Subject || standing.Resource != consent.Resource || GroundOf(standing.Kind) != consent.Ground!.Kind)
        {
            throw new ArgumentException("The consent given beforehand is of another person, resource or kind.", nameof(approval));
        }

        if (standing.Recipients.Count > 0 && !standing.Recipients.Contains(grant.ClientId, StringComparer.Ordinal))
        {
            throw new ArgumentException("The consent given beforehand is for other recipients.", nameof(approval));
        }

        if (!standing.Purposes.Contains(consent.Purpose.Code, StringComparer.Ordinal))
        {
            throw new ArgumentException("The consent given beforehand is for other purposes.", nameof(approval));
        }

        // The end of a code is the end of telling it; what it opens may be read for its own time.
        if (standing.Kind != StandingConsentKind.OneTimeCode && consent.AccessUntil > standing.ValidUntil)
        {
            throw new ArgumentException("The access outlasts the consent given beforehand.", nameof(approval));
        }

        if (!Covers(standing.Scopes, consent.ScopesGranted))
        {
            throw new ArgumentException("The consent given beforehand opens less than what is granted.", nameof(approval));
        }
    }

    /// <summary>Whether scopes open everything that others open; a scope that cannot be read opens nothing and is not opened.</summary>
    public static bool Covers(IReadOnlyList<string> wide, IReadOnlyList<string> narrow)
    {
        var (mine, theirs) = (ScopeSet.Parse(string.Join(' ', wide)), ScopeSet.Parse(string.Join(' ', narrow)));
        return mine.Succeeded && theirs.Succeeded && theirs.Value.IsNarrowingOf(mine.Value);
    }

    public static ConsentGroundKind GroundOf(StandingConsentKind kind) => kind switch
    {
        StandingConsentKind.PreRegistered => ConsentGroundKind.PreRegistered,
        StandingConsentKind.OneTimeCode => ConsentGroundKind.OneTimeCode,
        StandingConsentKind.Paper => ConsentGroundKind.Paper,
        StandingConsentKind.Oral => ConsentGroundKind.Oral,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Used once more; a code that has no use left is forgotten.</summary>
    public static StandingConsent Use(StandingConsent standing)
    {
        var uses = standing.Uses + 1;
        return standing with { Uses = uses, CodeDigest = uses >= standing.MaxUses ? null : standing.CodeDigest };
    }

    /// <summary>Taken back; a code is forgotten.</summary>
    public static StandingConsent Withdraw(StandingConsent standing, DateTimeOffset at) =>
        standing with { Status = ConsentStatus.Withdrawn, WithdrawnAt = at, CodeDigest = null };

    /// <summary>The attempts of the window in which an instant is. A clock that went back a little stays inside it; one that is far away begins another.</summary>
    public static (DateTimeOffset Start, int Attempts) Window(DateTimeOffset start, int attempts, DateTimeOffset at, TimeSpan window) =>
        (at - start).Duration() >= window ? (at, 0) : (start, attempts);
}
