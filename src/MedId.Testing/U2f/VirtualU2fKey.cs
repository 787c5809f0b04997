using System.Diagnostics.CodeAnalysis;

namespace MedId.Testing;

/// <summary>One key of a U2F token.</summary>
[SuppressMessage("Performance", "CA1819", Justification = "Octets of a message.")]
internal sealed record VirtualU2fKey(string AppId, byte[] KeyHandle, TestKey Key)
{
    private const int PointLength = 65;

    /// <summary>The uncompressed point, 65 bytes.</summary>
    public byte[] PublicKey => Key.SubjectPublicKeyInfo[^PointLength..];
}
