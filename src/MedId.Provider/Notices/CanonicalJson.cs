using System.Text;
using System.Text.Json;
using MedId.Cryptography;

namespace MedId.Provider;

internal static class CanonicalJson
{
    /// <summary>RFC 8785 text of JSON that this package wrote itself.</summary>
    public static string Of(ReadOnlyMemory<byte> ownJson)
    {
        using var document = JsonDocument.Parse(ownJson);
        var canonical = JsonCanonicalizer.Canonicalize(document.RootElement);
        return canonical.Succeeded ? Encoding.UTF8.GetString(canonical.Value) : throw new ArgumentException(canonical.Error.Code, nameof(ownJson));
    }

    /// <summary>RFC 8785 bytes of JSON that this package wrote itself, its members in the order of their names: where nothing was escaped either, that is the canonical form.</summary>
    public static byte[] OfSorted(ReadOnlySpan<byte> ownJson)
    {
        if (!ownJson.Contains((byte)'\\'))
        {
            return ownJson.ToArray();
        }

        var canonical = JsonCanonicalizer.Canonicalize(JsonElement.Parse(ownJson));
        return canonical.Succeeded ? canonical.Value : throw new ArgumentException(canonical.Error.ToString(), nameof(ownJson));
    }
}
