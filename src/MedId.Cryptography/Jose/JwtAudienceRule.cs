namespace MedId.Cryptography;

/// <summary>Whom a token must be made for (RFC 7519 §4.1.3; RFC 8725 §3.9). Compared octet by octet.</summary>
public sealed class JwtAudienceRule
{
    private readonly string[] _accepted;
    private readonly bool _exactly;

    private JwtAudienceRule(string[] accepted, bool exactly)
    {
        _accepted = accepted;
        _exactly = exactly;
    }

    /// <summary>Nobody asks whom the token was made for: only where the audience was checked before, or the token has none by its standard.</summary>
    public static JwtAudienceRule DangerouslyNotChecked { get; } = new([], exactly: false);

    /// <summary>The audience, a string or an array, contains at least one of these names of us.</summary>
    /// <param name="accepted">At least one.</param>
    public static JwtAudienceRule Contains(params string[] accepted) => new(NotEmpty(accepted), exactly: false);

    /// <summary>The audience is a single string (not an array) and one of these names of us, as FAPI 2.0 asks of client assertions.</summary>
    /// <param name="accepted">At least one.</param>
    public static JwtAudienceRule ExactlySingleString(params string[] accepted) => new(NotEmpty(accepted), exactly: true);

    internal bool Accepts(IReadOnlyList<string> audience, bool isArray) =>
        _accepted.Length == 0 || (!(_exactly && isArray) && audience.Any(a => _accepted.Contains(a, StringComparer.Ordinal)));

    private static string[] NotEmpty(string[] accepted) =>
        accepted is { Length: > 0 } ? [.. accepted] : throw new ArgumentException("Name at least one audience.", nameof(accepted));
}
