namespace MedId.Fido.Metadata;

/// <summary>One way in which a model verifies its user: <c>VerificationMethodDescriptor</c>. FIDO metadata statement §3.5.</summary>
public sealed record VerificationMethod
{
    /// <summary><c>userVerification</c> of version 2 or <c>userVerificationMethod</c> of version 3; 0 for a name that this release does not know.</summary>
    public required UserVerificationMethods Method { get; init; }

    /// <summary>The name as it was written when it is not of the registry; null otherwise. Such a method counts for nothing.</summary>
    public string? UnknownName { get; init; }

    /// <summary><c>caDesc</c>: a passcode.</summary>
    public CodeAccuracy? Code { get; init; }

    /// <summary><c>baDesc</c>: a biometric.</summary>
    public BiometricAccuracy? Biometric { get; init; }

    /// <summary><c>paDesc</c>: a pattern.</summary>
    public PatternAccuracy? Pattern { get; init; }
}
