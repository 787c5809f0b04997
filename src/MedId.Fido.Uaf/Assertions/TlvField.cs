namespace MedId.Fido.Uaf;

/// <summary>One expected element of a level: where its value goes, whether it was there.</summary>
internal ref struct TlvField
{
    public ReadOnlySpan<byte> Value;
    public ReadOnlySpan<byte> Raw;
    public bool IsPresent;

    /// <summary>Takes the element; false when it was there before.</summary>
    public bool TryTake(ReadOnlySpan<byte> value, ReadOnlySpan<byte> raw)
    {
        if (IsPresent)
        {
            return false;
        }

        Value = value;
        Raw = raw;
        IsPresent = true;
        return true;
    }
}
