namespace MedId.Provider;

/// <summary>Words of this project for how a person was checked face to face. An OP may list words of its own beside or instead of them.</summary>
public static class FaceToFaceMethods
{
    /// <summary>A health insurance card.</summary>
    public const string InsuranceCard = "insurance-card";

    /// <summary>A My Number card.</summary>
    public const string MyNumberCard = "my-number-card";

    /// <summary>The institution's own patient registration card.</summary>
    public const string PatientRegistrationCard = "patient-registration-card";

    /// <summary>Somebody who knows the person; counts only where the OP lists it.</summary>
    public const string KnownPerson = "known-person";
}
