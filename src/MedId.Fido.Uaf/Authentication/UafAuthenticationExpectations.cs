namespace MedId.Fido.Uaf;

/// <summary>What an authentication response is held against.</summary>
public sealed record UafAuthenticationExpectations : UafExpectations
{
    /// <summary>
    /// The user that has to answer, as the server names accounts. Null only where nobody is known yet and the key is to say who it is: then any registered key
    /// is accepted.
    /// </summary>
    public required string? User { get; init; }

    /// <summary>The registrations, of any user, that have a key of <see cref="AuthenticationResponse.GetKeys"/>.</summary>
    public required IReadOnlyCollection<UafRegistration> Registrations { get; init; }

    /// <summary>The renderings of the transaction that were sent, with their exact bytes; empty where there was nothing to confirm.</summary>
    public IReadOnlyList<UafTransaction> Transactions { get; init; } = [];

    /// <summary>What becomes of an assertion whose counter did not advance. Default: refused.</summary>
    public UafCounterPolicy CounterPolicy { get; init; }
}
