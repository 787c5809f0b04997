namespace MedId.Consent;

/// <content>Signatures of artefacts.</content>
public static partial class ConsentErrorCodes
{
    /// <summary>A signature by somebody whom no rule names.</summary>
    public const string SignerUnknown = "consent.signer_unknown";

    /// <summary>Somebody who has to sign did not.</summary>
    public const string SignerMissing = "consent.signer_missing";

    /// <summary>A signature over something other than the whole artefact, once.</summary>
    public const string Coverage = "consent.coverage";

    /// <summary>Two signatures over artefacts that say different things.</summary>
    public const string SignersDisagree = "consent.signers_disagree";

    /// <summary>A JWS that says to be something else than an artefact.</summary>
    public const string TypeWrong = "consent.type_wrong";
}
