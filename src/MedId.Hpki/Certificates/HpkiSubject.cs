using MedId.Pki;

namespace MedId.Hpki;

/// <summary>Whom a certificate names, for display only. None of it identifies a person: the serial number's meaning is not published, and names repeat.</summary>
public sealed record HpkiSubject
{
    private const string CommonName = "2.5.4.3";
    private const string SerialNumberAttribute = "2.5.4.5";
    private const string OrganizationName = "2.5.4.10";
    private const string OrganizationalUnitName = "2.5.4.11";

    /// <summary>The name in romaji (subject CN); null when absent.</summary>
    public string? RomajiName { get; init; }

    /// <summary>The name in Japanese (CN of a directoryName in subjectAltName, which some CAs write); null when absent.</summary>
    public string? JapaneseName { get; init; }

    /// <summary>The institution in romaji or English (subject O); null when absent.</summary>
    public string? Organization { get; init; }

    /// <summary>The institution in Japanese (O of that directoryName); null when absent.</summary>
    public string? JapaneseOrganization { get; init; }

    /// <summary>Subject OU; "Director" in administrators' certificates; null when absent.</summary>
    public string? OrganizationalUnit { get; init; }

    /// <summary>The serialNumber attribute of the subject: free text, not a registration number; null when absent.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>The name to show: Japanese where there is one.</summary>
    public string? DisplayName => JapaneseName ?? RomajiName;

    /// <summary>The institution to show: Japanese where there is one.</summary>
    public string? DisplayOrganization => JapaneseOrganization ?? Organization;

    /// <summary>No personal value.</summary>
    public override string ToString() => "HPKI subject";

    internal static HpkiSubject Of(Certificate certificate)
    {
        var names = certificate.Extensions.SubjectAlternativeName?.OfType<GeneralName.DirectoryName>().ToList();
        var japanese = names is [var only] ? only.Name : null;
        return new()
        {
            RomajiName = certificate.Subject.Find(CommonName),
            Organization = certificate.Subject.Find(OrganizationName),
            OrganizationalUnit = certificate.Subject.Find(OrganizationalUnitName),
            SerialNumber = certificate.Subject.Find(SerialNumberAttribute),
            JapaneseName = japanese?.Find(CommonName),
            JapaneseOrganization = japanese?.Find(OrganizationName),
        };
    }
}
