namespace MedId.Testing;

/// <summary>What an HPKI-shaped certificate is for; the number stands in its policy's OID.</summary>
public enum HpkiUse
{
    /// <summary>Signing, by a person.</summary>
    Signature = 1,

    /// <summary>Authentication of a person.</summary>
    Authentication = 2,

    /// <summary>Authentication of an organisation.</summary>
    Organisation = 3,
}
