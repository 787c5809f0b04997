namespace MedId.Fido2;

/// <summary>What an authentication response is held against.</summary>
public sealed record AuthenticationExpectations : CeremonyExpectations
{
    /// <summary>The record that the caller found by the response's credential id, in the account that it identified.</summary>
    public required CredentialRecord Credential { get; init; }

    /// <summary>
    /// Whether the account was known before the ceremony (§7.2 step 6). If not, the response has to name the user by its handle, and the caller finds the account by
    /// it. Default: it was known.
    /// </summary>
    public bool UserIdentified { get; init; } = true;

    /// <summary>The user handle of the account; null for that of <see cref="Credential"/>.</summary>
    public ReadOnlyMemory<byte>? UserHandle { get; init; }

    /// <summary>The credential ids of allowCredentials. Default: none, which allows every one.</summary>
    public IReadOnlyCollection<ReadOnlyMemory<byte>> AllowCredentials { get; init; } = [];

    /// <summary>What becomes of a counter that did not advance. Default: reported.</summary>
    public CounterPolicy Counter { get; init; } = CounterPolicy.Report;
}
