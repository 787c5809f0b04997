namespace MedId.Cryptography;

/// <summary>How long a token may be good for: bounded by its own <c>exp</c>, or by its age.</summary>
public sealed class JwtLifetimeRule
{
    private JwtLifetimeRule(bool mustExpire, TimeSpan? maxLifetime, TimeSpan? maxAge)
    {
        MustExpire = mustExpire;
        MaxLifetime = maxLifetime;
        MaxAge = maxAge;
    }

    /// <summary><c>exp</c> is required, however far away.</summary>
    public static JwtLifetimeRule Expires { get; } = new(mustExpire: true, null, null);

    internal bool MustExpire { get; }

    internal TimeSpan? MaxLifetime { get; }

    internal TimeSpan? MaxAge { get; }

    /// <summary><c>exp</c> is required, and at most this long after the later of <c>iat</c> and <c>nbf</c>, or after now when the token has neither.</summary>
    /// <param name="maxLifetime">The longest lifetime accepted.</param>
    public static JwtLifetimeRule AtMost(TimeSpan maxLifetime) => new(mustExpire: true, Positive(maxLifetime), null);

    /// <summary><c>iat</c> is required and at most this long ago; <c>exp</c> is checked when it is there. For kinds that have no <c>exp</c> (RFC 9701 §5, RFC 9449 §4.2).</summary>
    /// <param name="maxAge">The greatest age accepted.</param>
    public static JwtLifetimeRule IssuedWithin(TimeSpan maxAge) => new(mustExpire: false, null, Positive(maxAge));

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : throw new ArgumentOutOfRangeException(nameof(time), "A lifetime is longer than nothing.");
}
