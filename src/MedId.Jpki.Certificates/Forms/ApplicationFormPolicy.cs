using MedId.Signatures;

namespace MedId.Jpki.Certificates;

/// <summary>What has to hold for an application form beside its signer's certificate.</summary>
public sealed record ApplicationFormPolicy
{
    /// <summary>The attributes that the form has to state; all four by default.</summary>
    public FormAttributes Required { get; init; } = FormAttributes.All;

    /// <summary>Which differences of writing count as the same.</summary>
    public ComparisonPolicy Comparison { get; init; } = new();

    /// <summary>The lowest level of CMS and XML signatures; plain by default, because software for the card does not name the certificate in what is signed.</summary>
    public SignatureLevel MinimumLevel { get; init; } = SignatureLevel.Plain;

    /// <summary>What an XML signature has to cover; the whole document by default.</summary>
    public XmlCoverage XmlCoverage { get; init; } = XmlCoverage.WholeDocument;

    /// <summary>What is taken of CMS signatures although it is forbidden; nothing by default. Some software for the card signs without signed attributes.</summary>
    public CmsLeniency CmsLeniency { get; init; }
}
