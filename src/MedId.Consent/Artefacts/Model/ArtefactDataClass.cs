namespace MedId.Consent;

/// <summary>A class of data. At least one of <see cref="Code"/> and <see cref="Text"/> is there.</summary>
public sealed record ArtefactDataClass
{
    /// <summary>The code: a FHIR resource type, a type of a health-information or finance exchange, a category of a receipt.</summary>
    public string? Code { get; init; }

    /// <summary>The code system; null: the format's own.</summary>
    public string? System { get; init; }

    /// <summary>In words.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the person could leave it out.</summary>
    public bool? Optional { get; init; }

    /// <summary>Whether it is sensitive.</summary>
    public bool? Sensitive { get; init; }

    /// <summary>Whether it is special-care-required (APPI), of special category (GDPR article 9).</summary>
    public bool? Special { get; init; }
}
