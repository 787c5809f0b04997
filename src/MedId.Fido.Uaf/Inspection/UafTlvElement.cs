namespace MedId.Fido.Uaf;

/// <summary>One element of an assertion, as it stands in the bytes. UAF 1.1 authnr-cmds §3.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Name">The registry's name of the tag; null for an unknown one.</param>
/// <param name="Value">Its value.</param>
/// <param name="Children">What the value of a composite element holds; empty for a leaf.</param>
public sealed record UafTlvElement(ushort Tag, string? Name, ReadOnlyMemory<byte> Value, IReadOnlyList<UafTlvElement> Children)
{
    /// <summary>Tag and name.</summary>
    public override string ToString() => Name ?? "unknown element";
}
