namespace MedId.Fido.Uaf;

/// <summary>What a registration response is held against.</summary>
public sealed record UafRegistrationExpectations : UafExpectations
{
    /// <summary>The user for whom the key is registered, as the server names accounts; not the <c>username</c> of the request.</summary>
    public required string User { get; init; }

    /// <summary>The registrations, of any user, that have a key of <see cref="RegistrationResponse.GetKeys"/>. Default: none.</summary>
    public IReadOnlyCollection<UafRegistration> Existing { get; init; } = [];

    /// <summary>The highest registration counter that is not exceedingly high. Default 100,000, a limit of ours.</summary>
    public uint MaximumRegistrationCounter { get; init; } = 100_000;

    /// <summary>
    /// The time at which the path of an attestation certificate is judged, instead of <see cref="UafExpectations.Now"/>: authenticators live longer than their
    /// certificates. Null by default. A certificate that the metadata itself holds is asked for no dates.
    /// </summary>
    public DateTimeOffset? DangerouslyJudgeAttestationAt { get; init; }

    /// <summary>
    /// Whether attestation certificates and anchors of X.509 version 1 are taken, which cannot say whether they may issue others. SHA-1 signatures are a matter of
    /// <see cref="UafExpectations.Algorithms"/> (<see cref="MedId.Cryptography.AlgorithmPolicy.DangerouslyAllowSha1"/> for certificates). Default: refused.
    /// </summary>
    public bool DangerouslyAcceptOldAttestationCertificates { get; init; }
}
