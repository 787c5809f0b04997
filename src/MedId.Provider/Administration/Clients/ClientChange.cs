namespace MedId.Provider;

/// <summary>What became of a client.</summary>
/// <param name="Client">The client as it is now.</param>
/// <param name="Secret">Its new secret, given out this once; null when none was made.</param>
public sealed record ClientChange(RegisteredClient Client, string? Secret)
{
    /// <summary>The client only.</summary>
    public override string ToString() => Client.ToString();
}
