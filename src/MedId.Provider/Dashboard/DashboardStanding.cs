using MedId.Core;

namespace MedId.Provider;

/// <summary>A consent given beforehand, as its person reads it: from it a consent comes into being when a recipient asks.</summary>
public sealed record DashboardStanding
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>How it was given: <c>pre-registered</c>, <c>one-time-code</c>, <c>paper</c> or <c>oral</c>.</summary>
    public required string Way { get; init; }

    /// <summary>How it was given, in words.</summary>
    public required DashboardText WayText { get; init; }

    /// <summary>How it stands.</summary>
    public required DashboardConsentState State { get; init; }

    /// <summary>The state in words.</summary>
    public required DashboardText StateText { get; init; }

    /// <summary>Who may ask; empty for whoever is told the code, or whoever the trust framework admits. With the newest name that a consent has told, else the one that was shown when it was given.</summary>
    public required IReadOnlyList<ConsentParty> Recipients { get; init; }

    /// <summary>The trust framework whose members may ask; null when none may.</summary>
    public string? TrustFramework { get; init; }

    /// <summary>Its name, as it was shown when the consent was given; null without one.</summary>
    public string? TrustFrameworkName { get; init; }

    /// <summary>What may be read.</summary>
    public required IReadOnlyList<DashboardCategory> Categories { get; init; }

    /// <summary>What for.</summary>
    public required IReadOnlyList<DashboardText> Purposes { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>Its end.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>When it was taken back; null when it was not.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>How often it was used.</summary>
    public required int Uses { get; init; }

    /// <summary>How often it may be used; null: as often as asked until its end.</summary>
    public int? MaxUses { get; init; }

    /// <summary>Whether taking it back changes anything.</summary>
    public bool CanWithdraw => WithdrawnAt is null;
}
