namespace MedId.Testing;

/// <summary>A synthetic holder of an HPKI certificate. The people and institutions of this class do not exist.</summary>
public sealed record HpkiHolder
{
    /// <summary>A doctor.</summary>
    public static HpkiHolder Doctor { get; } = new() { Name = "LAB Ichiro Sato", KanjiName = "試験　一郎", SerialNumber = "LAB000001", Role = "Medical Doctor" };

    /// <summary>A pharmacist.</summary>
    public static HpkiHolder Pharmacist { get; } = new() { Name = "LAB Hanako Suzuki", KanjiName = "試験　花子", SerialNumber = "LAB000002", Role = "Pharmacist" };

    /// <summary>Somebody without a qualification: hcRole is left out.</summary>
    public static HpkiHolder WithoutRole { get; } = new() { Name = "LAB Jiro Tanaka", KanjiName = "試験　次郎", SerialNumber = "LAB000003" };

    /// <summary>The director of a hospital: an administrator, which is no qualification.</summary>
    public static HpkiHolder Director { get; } = new()
    {
        Name = "LAB Saburo Ito",
        KanjiName = "試験　三郎",
        SerialNumber = "LAB000004",
        Role = "Director of Hospital",
        Organisation = "LAB Hospital",
        OrganisationalUnit = "Director",
    };

    /// <summary>An organisation.</summary>
    public static HpkiHolder Hospital { get; } = new() { Name = "LAB Hospital", SerialNumber = "LAB000005", Organisation = "LAB Hospital" };

    /// <summary>Common name, romanised.</summary>
    public required string Name { get; init; }

    /// <summary>The name in the subjectAltName; the extension is left out when null.</summary>
    public string? KanjiName { get; init; }

    /// <summary>serialNumber of the subject; left out when null.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>codeDataFreeText of hcRole; the extension is left out when null.</summary>
    public string? Role { get; init; }

    /// <summary>organizationName of the subject.</summary>
    public string? Organisation { get; init; }

    /// <summary>organizationalUnitName of the subject.</summary>
    public string? OrganisationalUnit { get; init; }
}
