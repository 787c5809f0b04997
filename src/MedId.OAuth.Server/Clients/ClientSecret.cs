using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>Secrets for <c>client_secret_basic</c> and <c>client_secret_post</c>: random, long, and kept as a labelled SHA-256 only.</summary>
/// <remarks>
/// A plain hash is enough because these secrets are made by machines: from 32 random characters on, guessing is hopeless without any slowing. A shorter one is
/// refused when it is registered, so that nobody stores a password this way.
/// </remarks>
public static class ClientSecret
{
    /// <summary>The shortest secret that may be registered.</summary>
    public const int MinLength = 32;

    /// <summary>The longest secret that is looked at.</summary>
    public const int MaxLength = 512;

    private const string Label = "client_secret";

    /// <summary>The digest to store.</summary>
    /// <param name="secret">The secret, <see cref="MinLength"/> to <see cref="MaxLength"/> characters.</param>
    /// <exception cref="ArgumentException">Shorter or longer.</exception>
    public static string Digest(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return secret.Length is >= MinLength and <= MaxLength
            ? Hash(secret)
            : throw new ArgumentException($"A client secret has {MinLength} to {MaxLength} random characters.", nameof(secret));
    }

    /// <summary>Whether a presented secret is one of those stored. Takes as long for a client without any.</summary>
    internal static bool Matches(string presented, IReadOnlyList<string> digests)
    {
        var actual = Hash(presented.Length <= MaxLength ? presented : string.Empty);
        var matched = false;
        foreach (var digest in digests)
        {
            matched |= SecretDigest.FixedTimeEquals(actual, digest);
        }

        return matched;
    }

    private static string Hash(string secret) => SecretDigest.Compute(Label, secret);
}
