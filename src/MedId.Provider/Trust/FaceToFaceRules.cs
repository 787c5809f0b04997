namespace MedId.Provider;

/// <summary>What an OP accepts of a service's statement that a person is there.</summary>
public sealed record FaceToFaceRules
{
    /// <summary>The longest time since the check that may be configured.</summary>
    public static readonly TimeSpan MostAge = TimeSpan.FromHours(1);

    /// <summary>The ways of checking that count, as codes of the OP; any other is refused.</summary>
    /// <value>Insurance card, My Number card, patient registration card.</value>
    public IReadOnlyList<string> Methods { get; init; } = [FaceToFaceMethods.InsuranceCard, FaceToFaceMethods.MyNumberCard, FaceToFaceMethods.PatientRegistrationCard];

    /// <summary>How long ago the person may have been checked.</summary>
    /// <value>10 minutes.</value>
    public TimeSpan LongestAge { get; init; } = TimeSpan.FromMinutes(10);
}
