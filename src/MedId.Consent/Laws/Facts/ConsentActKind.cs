namespace MedId.Consent;

/// <summary>The act by which agreement was expressed, or what was taken for one.</summary>
public enum ConsentActKind
{
    /// <summary>Said.</summary>
    Oral,

    /// <summary>Written.</summary>
    Written,

    /// <summary>By mail.</summary>
    Mail,

    /// <summary>A box ticked by the person.</summary>
    Box,

    /// <summary>A button pressed.</summary>
    Button,

    /// <summary>Voice to a machine.</summary>
    Voice,

    /// <summary>A touch.</summary>
    Touch,

    /// <summary>Two acts, one after the other.</summary>
    TwoStage,

    /// <summary>A one-time code told to the recipient.</summary>
    CodeTold,

    /// <summary>A signature, by hand or by key.</summary>
    Signature,

    /// <summary>Nothing was done.</summary>
    Silence,

    /// <summary>Scrolling or continuing to use.</summary>
    Scrolling,

    /// <summary>Acceptance of general terms.</summary>
    GeneralTerms,

    /// <summary>Hovering over, muting, pausing or closing something.</summary>
    Closing,
}
