using System.Text.Json;

namespace MedId.Fido2;

/// <summary>The input of <c>largeBlob</c> (WebAuthn L3 §10.1.5).</summary>
public sealed record LargeBlobInput
{
    /// <summary>Registration: <c>required</c> or <c>preferred</c>; null without.</summary>
    public string? Support { get; init; }

    /// <summary>Authentication: whether to read it; null without. Not together with <see cref="Write"/>.</summary>
    public bool? Read { get; init; }

    /// <summary>Authentication: what to write; null without. Needs exactly one credential in allowCredentials.</summary>
    public ReadOnlyMemory<byte>? Write { get; init; }

    /// <summary>Members that this library does not know, kept as they are.</summary>
    public IReadOnlyDictionary<string, JsonElement> Other { get; init; } = OtherMembers.None;

    /// <summary>Nothing of the blob.</summary>
    public override string ToString() => nameof(LargeBlobInput);
}
