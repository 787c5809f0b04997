namespace MedId.Pki;

/// <summary>What has to be proven about revocation. There is no default: who asks for nothing says so.</summary>
public sealed record RevocationRequirement
{
    private RevocationRequirement(RevocationScope scope) => Scope = scope;

    /// <summary>Nothing has to be proven; evidence that is there and says revoked refuses all the same. Loud, because a stolen card stays good.</summary>
    public static RevocationRequirement NotRequired { get; } = new(RevocationScope.None);

    /// <summary>The target has to be proven good.</summary>
    public static RevocationRequirement Leaf { get; } = new(RevocationScope.Leaf);

    /// <summary>Every certificate below the anchor has to be proven good.</summary>
    public static RevocationRequirement Chain { get; } = new(RevocationScope.Chain);

    /// <summary>For which certificates.</summary>
    public RevocationScope Scope { get; private init; }

    /// <summary>The oldest evidence that counts, by its thisUpdate; null for as long as it says itself.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>How far the clocks of who made the evidence may be off; zero by default. It widens.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>
    /// Whether a revocation for a compromised key counts at every reference time, also before its own date; true by default, because since when a key was in other hands is
    /// only known to who did it. False takes the date, or the stated invalidity date, at its word, for signatures that a time-stamp proves to be older: a card that is lost
    /// today then does not take back what was signed last year (EN 319 102-1 §5.5.4).
    /// </summary>
    public bool CompromiseReachesBack { get; init; } = true;

    /// <summary>OCSP responders that are trusted here whoever issued their certificates (RFC 6960 §4.2.2.2, local configuration); none by default.</summary>
    public IReadOnlyList<Certificate> TrustedResponders { get; init; } = [];

    /// <summary>What has to be known about the revocation of a delegated OCSP responder.</summary>
    public ResponderRevocation ResponderRevocation { get; init; }

    /// <summary>This requirement for other certificates.</summary>
    internal RevocationRequirement For(RevocationScope scope) => this with { Scope = scope };
}
