namespace MedId.Hpki;

/// <summary>What an HPKI certificate is for: the U of its policy. One use is never taken for another.</summary>
public enum HpkiUse
{
    /// <summary>A person's signature over documents (U = 1).</summary>
    Signature = 1,

    /// <summary>A person's sign-in (U = 2).</summary>
    Authentication = 2,

    /// <summary>An organisation's authentication (U = 3). No certificate of this use was seen; its rows are not verified.</summary>
    Organisation = 3,
}
