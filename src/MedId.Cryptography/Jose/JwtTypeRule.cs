namespace MedId.Cryptography;

/// <summary>Which header <c>typ</c> a token must have (RFC 8725 §3.11). Compared without case, and <c>application/</c> in front does not count (RFC 7515 §4.1.9).</summary>
public sealed class JwtTypeRule
{
    private const string MediaTypePrefix = "application/";

    private readonly string[] _types;
    private readonly bool _mayBeAbsent;

    private JwtTypeRule(string[] types, bool mayBeAbsent)
    {
        _types = [.. types.Select(Normalize)];
        _mayBeAbsent = mayBeAbsent;
    }

    /// <summary>Any <c>typ</c> or none: for peers that do not type their tokens. Other checks then have to keep the kinds of tokens apart (RFC 8725 §3.12).</summary>
    public static JwtTypeRule DangerouslyAny { get; } = new([], mayBeAbsent: true);

    /// <summary>One of these types.</summary>
    /// <param name="types">At least one, e.g. <c>at+jwt</c>.</param>
    public static JwtTypeRule OneOf(params string[] types) => new(NotEmpty(types), mayBeAbsent: false);

    /// <summary>One of these types, or no <c>typ</c> at all.</summary>
    /// <param name="types">At least one, e.g. <c>JWT</c>.</param>
    public static JwtTypeRule OneOfOrAbsent(params string[] types) => new(NotEmpty(types), mayBeAbsent: true);

    internal bool Accepts(string? type) =>
        type is null ? _mayBeAbsent : _types.Length == 0 || _types.Contains(Normalize(type), StringComparer.OrdinalIgnoreCase);

    private static string[] NotEmpty(string[] types) => types is { Length: > 0 } ? types : throw new ArgumentException("Name at least one type.", nameof(types));

    private static string Normalize(string type) =>
        type.StartsWith(MediaTypePrefix, StringComparison.OrdinalIgnoreCase) && !type.AsSpan(MediaTypePrefix.Length).Contains('/') ? type[MediaTypePrefix.Length..] : type;
}
