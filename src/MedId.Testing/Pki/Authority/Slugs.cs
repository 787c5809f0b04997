namespace MedId.Testing;

/// <summary>Short names of authorities in URIs.</summary>
internal static class Slugs
{
    private const int Length = 16;

    /// <summary>The beginning of the key's identifier: several authorities may have one name.</summary>
    public static string Of(TestName name, TestKey key) => "ca-" + Convert.ToHexStringLower(TestKey.Sha1([.. name.Der, .. key.Identifier]))[..Length];
}
