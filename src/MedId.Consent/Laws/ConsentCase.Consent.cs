namespace MedId.Consent;

/// <content>The consent and its act.</content>
public sealed partial record ConsentCase
{
    /// <summary>Whether a consent of this person is on record, on whatever basis.</summary>
    public bool? ConsentExists { get; init; }

    /// <summary>Whether it stands at the transfer: neither withdrawn nor at its end.</summary>
    public bool? ConsentActive { get; init; }

    /// <summary>When it was given.</summary>
    public DateTimeOffset? ConsentGivenAt { get; init; }

    /// <summary>On what it rests.</summary>
    public ConsentBasis? Basis { get; init; }

    /// <summary>The case of APPI 27(1).</summary>
    public AppiException? Exception { get; init; }

    /// <summary>Whether consent is hard to get (27(1) ii, iii).</summary>
    public bool? ConsentHardToGet { get; init; }

    /// <summary>The act.</summary>
    public ConsentActKind? ConsentAct { get; init; }

    /// <summary>Whether a choice was made for the person beforehand.</summary>
    public bool? BoxPreticked { get; init; }

    /// <summary>Whether the record's acr is there and at or above the level that the operator set.</summary>
    public bool? AcrMeetsPolicy { get; init; }

    /// <summary>Whether the record proves who.</summary>
    public bool? RecordShowsPerson { get; init; }

    /// <summary>Whether it proves when.</summary>
    public bool? RecordShowsTime { get; init; }

    /// <summary>Whether it proves what was shown.</summary>
    public bool? RecordShowsNotice { get; init; }

    /// <summary>Whether it proves how.</summary>
    public bool? RecordShowsAct { get; init; }

    /// <summary>Whether the person got a receipt.</summary>
    public bool? ReceiptGiven { get; init; }

    /// <summary>Whether purposes changed after the act.</summary>
    public bool? PurposesChanged { get; init; }

    /// <summary>Whether consent was asked for again after the change.</summary>
    public bool? ConsentRenewed { get; init; }

    /// <summary>Whether the notice was shown again after the change.</summary>
    public bool? NoticeRenewed { get; init; }

    /// <summary>Whether anything that the notice states changed after the act.</summary>
    public bool? ConditionsChanged { get; init; }

    /// <summary>Whether the person was asked more often than needed, in the operator's own measure.</summary>
    public bool? AskedTooOften { get; init; }

    /// <summary>Whether it was found that consent is the right basis.</summary>
    public bool? ConsentRightBasis { get; init; }

    /// <summary>Whether the person could see which account is in use.</summary>
    public bool? AccountShown { get; init; }

    /// <summary>Whether it is independent of other consents.</summary>
    public bool? IndependentOfOtherConsent { get; init; }

    /// <summary>Whether needed and optional items are apart.</summary>
    public bool? OptionalApart { get; init; }

    /// <summary>Whether it was asked for at the time it was needed.</summary>
    public bool? ConsentTimely { get; init; }
}
