using System.Globalization;

namespace MedId.Fido.Uaf;

/// <summary>UAF protocol version (<c>upv</c>), the <c>Version</c> dictionary. UAF 1.1 protocol §3.1.</summary>
/// <param name="Major">Major number.</param>
/// <param name="Minor">Minor number.</param>
public readonly record struct UafVersion(ushort Major, ushort Minor)
{
    /// <summary>UAF 1.0 (2014).</summary>
    public static UafVersion V10 { get; } = new(1, 0);

    /// <summary>UAF 1.1 (2017), the version that is certified.</summary>
    public static UafVersion V11 { get; } = new(1, 1);

    /// <summary>UAF 1.2 (2020).</summary>
    public static UafVersion V12 { get; } = new(1, 2);

    /// <summary>What this library speaks, newest first.</summary>
    public static IReadOnlyList<UafVersion> Supported { get; } = [V12, V11, V10];

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
