namespace MedId.Consent;

/// <summary>How special-care data came in.</summary>
public enum AcquisitionRoute
{
    /// <summary>Handed in by the patient at the reception: form and insurance card.</summary>
    Reception,

    /// <summary>From the person in another way.</summary>
    FromPerson,

    /// <summary>From somebody else.</summary>
    FromThirdParty,
}
