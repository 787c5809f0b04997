namespace MedId.Jpki.Certificates;

/// <summary>Which of the two hierarchies a certificate belongs to.</summary>
public enum JpkiHierarchy
{
    /// <summary>People's certificates.</summary>
    Production,

    /// <summary>Test cards. Refused unless asked for by a loud option.</summary>
    Test,
}
