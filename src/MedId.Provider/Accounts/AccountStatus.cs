namespace MedId.Provider;

/// <summary>The part of the identity life cycle (ISO/IEC 24760-1) that decides about access. Only <see cref="Active"/> opens anything; the numbers are stored and do not change.</summary>
public enum AccountStatus
{
    /// <summary>In use.</summary>
    Active = 0,

    /// <summary>Suspended: pending requests are cancelled and tokens are inactive at once.</summary>
    Suspended = 1,

    /// <summary>Known, and not in use yet or again.</summary>
    Established = 2,

    /// <summary>The person has left: every device is unbound; what the law asks for is kept.</summary>
    Archived = 3,
}
