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
}
