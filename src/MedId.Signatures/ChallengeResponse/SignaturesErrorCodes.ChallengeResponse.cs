namespace MedId.Signatures;

/// <content>Sign-in by challenge and response.</content>
public static partial class SignaturesErrorCodes
{
    /// <summary>The challenge is not of the form that is issued here.</summary>
    public const string ChallengeMalformed = "challenge.malformed";

    /// <summary>The challenge was issued by another service.</summary>
    public const string ChallengeForeign = "challenge.foreign";

    /// <summary>The challenge is from the future.</summary>
    public const string ChallengeNotYetValid = "challenge.not_yet_valid";

    /// <summary>The challenge is past its end.</summary>
    public const string ChallengeExpired = "challenge.expired";

    /// <summary>The key did not sign this challenge with an allowed algorithm.</summary>
    public const string ChallengeSignature = "challenge.signature";
}
