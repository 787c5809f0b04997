namespace MedId.Jpki.Certificates;

/// <summary>How much of a birth date the register knows.</summary>
public enum BirthDatePrecision
{
    /// <summary>Nothing.</summary>
    Unknown = 0,

    /// <summary>The year only.</summary>
    Year = 1,

    /// <summary>Year and month.</summary>
    Month = 2,

    /// <summary>The day.</summary>
    Day = 3,
}
