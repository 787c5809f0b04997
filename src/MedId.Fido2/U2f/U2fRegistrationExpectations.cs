namespace MedId.Fido2;

/// <summary>What a U2F registration is held against.</summary>
public sealed record U2fRegistrationExpectations : U2fExpectations
{
    /// <summary>By what its attestation is judged; metadata name a U2F model by the key of its certificate.</summary>
    public required AttestationRules Attestation { get; init; }
}
