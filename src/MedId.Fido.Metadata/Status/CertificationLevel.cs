namespace MedId.Fido.Metadata;

/// <summary>FIDO certification, ordered. FIDO MDS 3.0 §3.1.4.</summary>
public enum CertificationLevel
{
    /// <summary>None is reported.</summary>
    None = 0,

    /// <summary>Functional only (<c>FIDO_CERTIFIED</c>).</summary>
    Functional,

    /// <summary>Level 1.</summary>
    L1,

    /// <summary>Level 1+.</summary>
    L1Plus,

    /// <summary>Level 2.</summary>
    L2,

    /// <summary>Level 2+.</summary>
    L2Plus,

    /// <summary>Level 3.</summary>
    L3,

    /// <summary>Level 3+.</summary>
    L3Plus,
}
