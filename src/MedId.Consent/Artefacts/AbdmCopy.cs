namespace MedId.Consent;

/// <summary>The two copies that an ABDM consent manager hands out, each signed for itself.</summary>
public enum AbdmCopy
{
    /// <summary>The provider's when the artefact names no recipient, else the recipient's.</summary>
    ByContent = 0,

    /// <summary>The provider's (HIP): without recipient and requester.</summary>
    Provider = 1,

    /// <summary>The recipient's (HIU): whole.</summary>
    Recipient = 2,
}
