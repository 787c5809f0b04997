namespace MedId.Provider;

/// <summary>What a phone gets for a good act.</summary>
/// <param name="Kind">The act.</param>
/// <param name="Token">The account handle after an enrolment, a device token after open and sign-in, the one-time code after the act that gave one, null after every other last act.</param>
public sealed record ActOutcome(CeremonyKind Kind, string? Token)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind}";
}
