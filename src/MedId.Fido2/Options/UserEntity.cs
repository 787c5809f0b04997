using System.Text.Json;

namespace MedId.Fido2;

/// <summary><c>user</c> of creation options (WebAuthn L3 §5.4.3).</summary>
public sealed record UserEntity
{
    /// <summary>The most bytes of a user handle.</summary>
    public const int MaximumIdBytes = 64;

    /// <summary>The user handle: 1 to 64 bytes that say nothing about the person; random ones are best.</summary>
    public required ReadOnlyMemory<byte> Id { get; init; }

    /// <summary>The account name, shown by the authenticator.</summary>
    public required string Name { get; init; }

    /// <summary>The person's name for display; may be empty.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Members that this library does not know, kept as they are.</summary>
    public IReadOnlyDictionary<string, JsonElement> Other { get; init; } = OtherMembers.None;

    /// <summary>Nothing of the person.</summary>
    public override string ToString() => nameof(UserEntity);
}
