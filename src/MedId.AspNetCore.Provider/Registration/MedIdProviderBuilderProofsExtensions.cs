using MedId.AspNetCore.Provider;
using MedId.Cryptography;
using MedId.OAuth;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>How tokens are bound to keys of their clients.</summary>
public static class MedIdProviderBuilderProofsExtensions
{
    /// <summary>Asks every DPoP proof for a nonce of this OP (RFC 9449 §8), so that none can be made beforehand.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="key">At least 32 random bytes, the same on every node, used for nothing else.</param>
    /// <param name="step">How long one nonce is given; one minute when null.</param>
    /// <param name="previousKey">The key before, while nodes change over; empty for none.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder AddDpopNonces(
        this MedIdProviderBuilder builder, ReadOnlySpan<byte> key, TimeSpan? step = null, ReadOnlySpan<byte> previousKey = default)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var current = new KeyedDigest(key);
        var previous = previousKey.IsEmpty ? null : new KeyedDigest(previousKey);
        return builder.ConfigureServer(options => options.DpopNonces = new DpopNonces(current, options.Issuer, step, previous));
    }

    /// <summary>Gives access tokens only bound to a key of their client: by DPoP, or to its certificate (RFC 9449, RFC 8705 §3). Plain bearer tokens are refused at userinfo too.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static MedIdProviderBuilder RequireSenderConstrainedTokens(this MedIdProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServer(static options => options.RequireSenderConstrainedTokens = true);
    }
}
