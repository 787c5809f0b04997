using System.Buffers.Binary;
using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf;

/// <summary>One method that the authenticator says it verified the user with in this act: extension <c>fido.uaf.uvm</c>.</summary>
/// <remarks>
/// Unverified: the identifier is published, the layout (entries of 32, 16 and 16 bits, little endian) was not checked against an authenticator. It counts only from an
/// extension under the signature, and only as far as the model is attested.
/// </remarks>
/// <param name="Method"><c>userVerification</c>.</param>
/// <param name="KeyProtection"><c>keyProtection</c>.</param>
/// <param name="MatcherProtection"><c>matcherProtection</c>.</param>
public readonly record struct UafUserVerificationUsed(UserVerificationMethods Method, KeyProtections KeyProtection, MatcherProtections MatcherProtection)
{
    /// <summary>The extension's identifier.</summary>
    public const string ExtensionId = "fido.uaf.uvm";

    private const int EntryBytes = 8;
    private const int MaximumEntries = 16;

    /// <summary>Reads the data of the extension; null for bytes that are not 1 to 16 entries.</summary>
    /// <param name="data">The data of an extension under the signature.</param>
    public static IReadOnlyList<UafUserVerificationUsed>? Parse(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || data.Length % EntryBytes != 0 || data.Length > EntryBytes * MaximumEntries)
        {
            return null;
        }

        var used = new UafUserVerificationUsed[data.Length / EntryBytes];
        for (var index = 0; index < used.Length; index++)
        {
            var entry = data.Slice(index * EntryBytes, EntryBytes);
            used[index] = new(
                (UserVerificationMethods)BinaryPrimitives.ReadUInt32LittleEndian(entry),
                (KeyProtections)BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]),
                (MatcherProtections)BinaryPrimitives.ReadUInt16LittleEndian(entry[6..]));
        }

        return used;
    }
}
