namespace MedId.Jpki.Certificates;

/// <summary>How well a row of dated data is known. Tables say from where on a row counts.</summary>
public enum DataCertainty
{
    /// <summary>Nobody outside the authority has published it: it has to be configured.</summary>
    Unknown = 0,

    /// <summary>Recalled from documents that could not be reached; never counts by itself.</summary>
    Recalled = 1,

    /// <summary>One source says so, a test card or one project.</summary>
    SingleSource = 2,

    /// <summary>Sources that do not depend on each other agree.</summary>
    Corroborated = 3,

    /// <summary>Checked against real certificates or read in the published text itself.</summary>
    Verified = 4,

    /// <summary>The integrator put the row in and answers for it.</summary>
    Configured = 5,
}
