namespace MedId.Fido.Metadata;

/// <summary>Whether the ways in which a model verifies its user verify anybody. FIDO registry §3.1; SP 800-63B-4 §3.2.3.</summary>
internal readonly record struct VerificationStrength(bool AnyAlternative, bool EveryAlternative)
{
    // Presence and place say nothing about who it is; voice is not admitted as a biometric.
    private const UserVerificationMethods Verifying = UserVerificationMethods.Fingerprint | UserVerificationMethods.Passcode | UserVerificationMethods.Faceprint
        | UserVerificationMethods.Eyeprint | UserVerificationMethods.Pattern | UserVerificationMethods.Handprint | UserVerificationMethods.PasscodeExternal
        | UserVerificationMethods.PatternExternal;

    public static VerificationStrength Of(MetadataStatement statement)
    {
        var alternatives = statement.UserVerification;
        return new(alternatives.Any(Verifies), alternatives.Count > 0 && alternatives.All(Verifies));
    }

    // The methods of one alternative are used together: one that verifies is enough.
    private static bool Verifies(IReadOnlyList<VerificationMethod> alternative) => alternative.Any(method => (method.Method & Verifying) != default);
}
