namespace MedId.Provider;

/// <summary>What an OP accepts where a consent given beforehand takes the place of asking (row A13).</summary>
public sealed class PreRegisteredOptions
{
    /// <summary>What is accepted of a statement that the person is there.</summary>
    public FaceToFaceRules FaceToFace { get; set; } = new();

    /// <summary>Whether the device may be skipped.</summary>
    /// <value>A <see cref="PreConsentPolicy"/> without frameworks, which lets nothing pass.</value>
    public IPreConsentPolicy Policy { get; set; } = new PreConsentPolicy();

    /// <summary>What is missing or contradictory.</summary>
    /// <param name="frameworks">The configured frameworks.</param>
    /// <returns>Empty when all is well.</returns>
    public IReadOnlyList<string> Validate(IReadOnlyCollection<TrustFramework> frameworks)
    {
        ArgumentNullException.ThrowIfNull(frameworks);
        var wrong = new List<string>();
        Require(FaceToFace.Methods.Count > 0 && FaceToFace.Methods.All(Texts.IsShort), "FaceToFace.Methods is empty: name the ways of checking that count.");
        Require(FaceToFace.LongestAge > TimeSpan.Zero && FaceToFace.LongestAge <= FaceToFaceRules.MostAge, "FaceToFace.LongestAge has to be more than zero and at most one hour.");
        if (Policy is PreConsentPolicy policy)
        {
            Require(policy.Frameworks.Count > 0, "Policy.Frameworks is empty: name the frameworks that count.");
            Require(
                policy.Frameworks.All(id => frameworks.Any(one => string.Equals(one.Id, id, StringComparison.Ordinal))), "Policy.Frameworks names a framework that is not configured.");
            Require(policy.LongestAge > TimeSpan.Zero && policy.LongestAge <= ProviderOptions.LongestAccess, "Policy.LongestAge has to be more than zero and at most 366 days.");
        }

        return wrong;

        void Require(bool holds, string message)
        {
            if (!holds)
            {
                wrong.Add("PreRegisteredOptions: " + message);
            }
        }
    }
}
