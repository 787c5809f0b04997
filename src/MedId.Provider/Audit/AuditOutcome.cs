namespace MedId.Provider;

/// <summary>How it went.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Success,

    /// <summary>It was refused; the error code says why.</summary>
    Refused,

    /// <summary>It could not be done.</summary>
    Failed,
}
