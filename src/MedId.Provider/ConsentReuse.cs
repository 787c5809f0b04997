namespace MedId.Provider;

/// <summary>How long one act of consent serves (row A12).</summary>
public enum ConsentReuse
{
    /// <summary>Ask at every access: one access token, no refresh token. The default, and what the trial did.</summary>
    EachTime,

    /// <summary>A refresh token without asking again, until the consent's end.</summary>
    UntilConsentEnds,
}
