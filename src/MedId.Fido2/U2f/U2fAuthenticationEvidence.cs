namespace MedId.Fido2;

/// <summary>A U2F authentication that verified. Made by <see cref="U2fVerifier"/> only.</summary>
public sealed record U2fAuthenticationEvidence
{
    internal U2fAuthenticationEvidence()
    {
    }

    /// <summary>The registration with the new counter. Store it only where the stored counter is still the old one, in one step.</summary>
    public required U2fRegistration Registration { get; init; }

    /// <summary>Whether somebody was present.</summary>
    public required bool UserPresent { get; init; }

    /// <summary>What the counter says.</summary>
    public required CounterVerdict Counter { get; init; }

    /// <summary>Whether the token may have been copied.</summary>
    public bool CloneSuspected => Counter == CounterVerdict.NotAdvanced;
}
