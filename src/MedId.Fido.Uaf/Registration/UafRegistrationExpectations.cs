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
}
