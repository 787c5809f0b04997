namespace MedId.Jpki.Certificates;

/// <summary>A question that is charged.</summary>
public enum JpkiQuery
{
    /// <summary>One OCSP request.</summary>
    Ocsp,

    /// <summary>One download of a CRL.</summary>
    Crl,
}
