namespace MedId.Provider;

/// <summary>The part of the identity life cycle (ISO/IEC 24760) that decides about access.</summary>
public enum AccountStatus
{
    /// <summary>In use.</summary>
    Active,

    /// <summary>Suspended: pending requests are cancelled and tokens are inactive at once.</summary>
    Suspended,
}
