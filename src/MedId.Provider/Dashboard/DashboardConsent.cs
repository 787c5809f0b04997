using MedId.Core;

namespace MedId.Provider;

/// <summary>One consent as its person reads it.</summary>
public sealed record DashboardConsent
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>How it stands.</summary>
    public required DashboardConsentState State { get; init; }

    /// <summary>The state in words.</summary>
    public required DashboardText StateText { get; init; }

    /// <summary>Who receives.</summary>
    public required ConsentParty Recipient { get; init; }

    /// <summary>Who reads: the doctor with role and institution; null where the person signed in to the service only.</summary>
    public ConsentPractitioner? Practitioner { get; init; }

    /// <summary>What for.</summary>
    public required DashboardText Purpose { get; init; }

    /// <summary>What was shown, granted or refused, in the order of the notice.</summary>
    public required IReadOnlyList<DashboardCategory> Categories { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>The end of the access.</summary>
    public required DateTimeOffset AccessUntil { get; init; }

    /// <summary>How often it serves until then: <c>each-time</c>, <c>access-token</c> or <c>refresh-token</c> (row A12).</summary>
    public required string Reuse { get; init; }

    /// <summary>How often it serves, in words.</summary>
    public required DashboardText ReuseText { get; init; }

    /// <summary>When it was taken back; null when it was not.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>How it was given: <c>device</c>, <c>card</c>, <c>pre-registered</c>, <c>one-time-code</c>, <c>paper</c>, <c>oral</c> or <c>break-glass</c>.</summary>
    public required string Way { get; init; }

    /// <summary>How it was given, in words.</summary>
    public required DashboardText WayText { get; init; }

    /// <summary>The reason that was stated where no device signed, e.g. of an emergency; null where there is none.</summary>
    public string? Reason { get; init; }

    /// <summary>The consent given beforehand from which it was made; null where there is none.</summary>
    public string? StandingConsent { get; init; }

    /// <summary>Who consented in the person's stead; null when it was the person.</summary>
    public DashboardProxy? Proxy { get; init; }

    /// <summary>The digest over notice and choice, base64url: with it a receipt is found again.</summary>
    public required string Digest { get; init; }

    /// <summary>Who was given access and who read, newest first; at most as many as were asked for.</summary>
    public required IReadOnlyList<DashboardLine> Accesses { get; init; }

    /// <summary>How many lines of access there are.</summary>
    public required int AccessCount { get; init; }

    /// <summary>All other lines of the history, newest first; at most as many as were asked for.</summary>
    public required IReadOnlyList<DashboardLine> History { get; init; }

    /// <summary>How many other lines there are.</summary>
    public required int HistoryCount { get; init; }

    /// <summary>Whether taking it back changes anything.</summary>
    public bool CanWithdraw => State is DashboardConsentState.Given or DashboardConsentState.Narrowed or DashboardConsentState.Stopped;
}
