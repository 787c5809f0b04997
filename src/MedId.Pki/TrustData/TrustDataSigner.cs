using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>Signs trust data: for whoever issues it to an installation (an operator, a ministry, this project).</summary>
public static class TrustDataSigner
{
    /// <summary>Signs a bundle.</summary>
    /// <param name="key">The issuer's key.</param>
    /// <param name="utf8">The JSON object, as <see cref="TrustDataBundle"/> describes it.</param>
    /// <param name="cancellationToken">Passed to the key.</param>
    /// <returns>The compact JWS.</returns>
    /// <exception cref="ArgumentException">The JSON is not a bundle that could be read.</exception>
    public static ValueTask<string> SignAsync(SigningKey key, ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken = default)
    {
        var read = TrustDataBundle.Read(utf8, isShipped: false);
        return read.Succeeded
            ? JwtSigner.SignAsync(key, TrustDataBundle.Type, utf8, cancellationToken)
            : throw new ArgumentException($"Not trust data: {read.Error}", nameof(utf8));
    }
}
