namespace MedId.Jpki.Certificates;

/// <summary>What is odd about attributes that are nevertheless readable. None of it refuses anything by itself; each makes later checks more careful.</summary>
[Flags]
public enum AttributeWarnings
{
    /// <summary>Nothing is odd.</summary>
    None = 0,

    /// <summary>The era's digit does not fit the Gregorian date. The Gregorian date counts.</summary>
    EraMismatch = 1,

    /// <summary>The birth date names a month or day that no calendar has. What stands before it counts.</summary>
    BirthDateImpossible = 2,

    /// <summary>The flags of substituted characters are not as many as the name has characters, however characters are counted.</summary>
    NameFlagsMismatch = 4,

    /// <summary>The flags of substituted characters are not as many as the address has characters, however characters are counted.</summary>
    AddressFlagsMismatch = 8,

    /// <summary>The gender is neither 1 nor 2.</summary>
    GenderNotMapped = 16,
}
