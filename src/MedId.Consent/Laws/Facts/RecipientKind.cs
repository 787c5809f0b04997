namespace MedId.Consent;

/// <summary>What the recipient is, as far as laws ask.</summary>
public enum RecipientKind
{
    /// <summary>A hospital, clinic, pharmacy or care provider.</summary>
    MedicalInstitution,

    /// <summary>A doctor of another institution who gives an opinion.</summary>
    OutsideDoctor,

    /// <summary>Family of the person.</summary>
    Family,

    /// <summary>The employer.</summary>
    Employer,

    /// <summary>A school.</summary>
    School,

    /// <summary>A private insurer.</summary>
    PrivateInsurer,

    /// <summary>A business that advertises or sells.</summary>
    Marketing,

    /// <summary>A researcher or research institution.</summary>
    Researcher,

    /// <summary>A public body.</summary>
    PublicBody,

    /// <summary>Anybody else.</summary>
    Other,
}
