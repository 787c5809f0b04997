namespace MedId.Hpki;

/// <summary>Short names of the roles whose rows are verified in the data that ships, and of those that most rules name. All 32 stand in the trust data.</summary>
public static class RoleIds
{
    /// <summary>医師.</summary>
    public const string Physician = "physician";

    /// <summary>歯科医師; the row is not verified.</summary>
    public const string Dentist = "dentist";

    /// <summary>薬剤師.</summary>
    public const string Pharmacist = "pharmacist";

    /// <summary>看護師; the row is not verified.</summary>
    public const string Nurse = "nurse";
}
