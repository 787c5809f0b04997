namespace MedId.Jpki.Certificates;

/// <summary>How an item may be kept.</summary>
public enum RetentionHandling
{
    /// <summary>Not at all.</summary>
    Refused = 0,

    /// <summary>Encrypted only.</summary>
    Encrypted = 1,

    /// <summary>As it is.</summary>
    Plain = 2,
}
