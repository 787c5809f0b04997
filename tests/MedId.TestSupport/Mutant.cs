namespace MedId.TestSupport;

/// <summary>One changed message.</summary>
/// <param name="How">What was done to the original, enough to do it again by hand.</param>
/// <param name="Bytes">The changed message; never equal to the original.</param>
public sealed record Mutant(string How, byte[] Bytes)
{
    /// <summary>The changed message as text, one character a byte that is ASCII, UTF-8 otherwise.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    /// <inheritdoc/>
    public override string ToString() => How;
}
