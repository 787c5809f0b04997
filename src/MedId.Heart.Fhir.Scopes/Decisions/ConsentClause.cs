namespace MedId.Heart.Fhir.Scopes;

/// <summary>The clauses of a consent that limit a token, in the order in which they are judged.</summary>
public enum ConsentClause
{
    /// <summary>The consent is not yet, or no longer, in force.</summary>
    Period,

    /// <summary>The data is asked for another purpose.</summary>
    Purpose,

    /// <summary>The consent does not speak of this kind of data.</summary>
    DataClass,

    /// <summary>The data is older or newer than agreed, or says no date.</summary>
    DateRange,

    /// <summary>The consent was given to somebody else.</summary>
    Recipient,
}
