namespace MedId.Testing;

/// <summary>What a single response says (RFC 6960 §4.2.1 CertStatus).</summary>
public enum TestOcspStatus
{
    /// <summary>good.</summary>
    Good,

    /// <summary>revoked.</summary>
    Revoked,

    /// <summary>unknown.</summary>
    Unknown,
}
