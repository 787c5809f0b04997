using System.Text.Json;

namespace MedId.Fido2;

/// <summary>One or two inputs of the pseudo-random function (WebAuthn L3 §10.1.4).</summary>
/// <param name="First">The first.</param>
/// <param name="Second">The second; null without.</param>
public sealed record PrfValues(ReadOnlyMemory<byte> First, ReadOnlyMemory<byte>? Second = null)
{
    /// <summary>Members that this library does not know, kept as they are.</summary>
    public IReadOnlyDictionary<string, JsonElement> Other { get; init; } = OtherMembers.None;

    /// <summary>Nothing of the values.</summary>
    public override string ToString() => nameof(PrfValues);
}
