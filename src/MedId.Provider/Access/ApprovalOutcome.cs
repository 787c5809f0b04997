namespace MedId.Provider;

/// <summary>What became of an approval.</summary>
public enum ApprovalOutcome
{
    /// <summary>Consent recorded and request approved: exactly one caller per request.</summary>
    Approved,

    /// <summary>No such request, or decided already.</summary>
    NotPending,

    /// <summary>The request's end has passed.</summary>
    Expired,

    /// <summary>The account is not active.</summary>
    AccountNotActive,

    /// <summary>The device is gone or its counter moved meanwhile.</summary>
    CounterMoved,

    /// <summary>The device may not act: suspended, lost, at its end, or unbound meanwhile.</summary>
    DeviceNotActive,

    /// <summary>The consent given beforehand was withdrawn, has ended, or was used as often as it may be.</summary>
    StandingConsentNotActive,

    /// <summary>The relation by which the proxy acts has ended, or was ended.</summary>
    RelationNotActive,
}
