namespace MedId.Testing;

/// <summary>What a card answers to a PIN or password.</summary>
/// <param name="Accepted">Whether it was right.</param>
/// <param name="RemainingTries">How many wrong ones are left before the card blocks; as the card counts after this one.</param>
public readonly record struct CardPinResult(bool Accepted, int RemainingTries)
{
    /// <summary>Whether no more is tried: the office has to unblock the card.</summary>
    public bool IsBlocked => RemainingTries == 0;
}
