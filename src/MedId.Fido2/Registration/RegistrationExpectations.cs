namespace MedId.Fido2;

/// <summary>What a registration response is held against.</summary>
public sealed record RegistrationExpectations : CeremonyExpectations
{
    /// <summary>The COSE algorithms of pubKeyCredParams. Default: <see cref="CredentialParameters.Supported"/>.</summary>
    public IReadOnlyCollection<long> Algorithms { get; init; } = CredentialParameters.Supported;

    /// <summary>
    /// Which attestations are good enough. Default: <see cref="AttestationTrustPolicy.NotAsked"/>, which verifies every statement and judges no trust.
    /// </summary>
    public AttestationTrustPolicy Attestation { get; init; } = AttestationTrustPolicy.NotAsked;

    /// <summary>Whether the credential was made by conditional mediation, which needs no presence (WebAuthn L3 §7.1 step 15). Default: not.</summary>
    public bool ConditionalCreate { get; init; }

    /// <summary>The user handle that was sent in <c>user.id</c>; goes into the record. Null to leave it out.</summary>
    public ReadOnlyMemory<byte>? UserHandle { get; init; }

    /// <summary>Credential ids that are registered already, of any user. Default: none; see <see cref="IsRegistered"/>.</summary>
    public IReadOnlyCollection<ReadOnlyMemory<byte>> KnownCredentialIds { get; init; } = [];

    /// <summary>
    /// Whether a credential id is registered already, of any user, from what the caller gathered; asked beside <see cref="KnownCredentialIds"/>. Default: null.
    /// A unique key of the store has to hold it as well, because two registrations may run at once.
    /// </summary>
    public Func<ReadOnlyMemory<byte>, bool>? IsRegistered { get; init; }

    /// <summary>Whether the record keeps the attestation object and the client data, so that trust can be judged again later. Default: it does not.</summary>
    public bool KeepAttestation { get; init; }
}
