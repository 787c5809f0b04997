namespace MedId.Provider;

/// <summary>What became of an enrolment.</summary>
public enum EnrolmentOutcome
{
    /// <summary>Ticket consumed, device bound: exactly one caller per ticket.</summary>
    Enrolled,

    /// <summary>The ticket is unknown, used or expired by now.</summary>
    TicketNotOpen,

    /// <summary>The key or the handle is registered already, whoever holds it.</summary>
    KeyTaken,

    /// <summary>The account is unknown or not active.</summary>
    AccountNotActive,

    /// <summary>The person was checked less well than for a device that the account had before.</summary>
    ProofingTooWeak,
}
