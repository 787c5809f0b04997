namespace MedId.Testing;

/// <summary>What becomes of new requests by themselves.</summary>
internal enum LabMode
{
    /// <summary>They wait for the hook.</summary>
    Pending,

    /// <summary>They are approved.</summary>
    Approve,

    /// <summary>They are denied.</summary>
    Deny,
}
