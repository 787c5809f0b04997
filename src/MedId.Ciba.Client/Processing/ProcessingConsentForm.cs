namespace MedId.Ciba.Client;

/// <summary>How a consent to process was taken.</summary>
public enum ProcessingConsentForm
{
    /// <summary>On paper: a form that was signed, kept and scanned.</summary>
    Paper,

    /// <summary>On a screen of the relying party, by an act of the person: after their own sign-in, or in front of staff.</summary>
    Electronic,
}
