namespace MedId.Provider;

/// <summary>What became of a withdrawal.</summary>
public enum WithdrawalOutcome
{
    /// <summary>Withdrawn now.</summary>
    Withdrawn,

    /// <summary>Withdrawn before; nothing changed, and the person is told the same.</summary>
    AlreadyWithdrawn,

    /// <summary>No such consent of this person.</summary>
    Unknown,
}
