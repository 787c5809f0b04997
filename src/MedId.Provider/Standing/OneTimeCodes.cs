using System.Globalization;
using System.Security.Cryptography;
using MedId.Core;

namespace MedId.Provider;

/// <summary>Makes one-time codes and finds what they open (row D4). A code is known to the person and to whoever is told it; the OP keeps a keyed digest.</summary>
/// <param name="store">The store.</param>
/// <param name="options">The OP's choices, with <see cref="ProviderOptions.OneTimeCodes"/>.</param>
/// <param name="digests">The digests of codes.</param>
public sealed class OneTimeCodes(IProviderStore store, ProviderOptions options, AccountDigests digests)
{
    /// <summary>What a <c>login_hint</c> begins with that is a code: nothing else of the person stands in the request.</summary>
    public const string HintPrefix = "one-time-code:";

    /// <summary>Whether a <c>login_hint</c> is a code.</summary>
    /// <param name="loginHint">The hint as it came.</param>
    public static bool IsHint(string loginHint)
    {
        ArgumentNullException.ThrowIfNull(loginHint);
        return loginHint.StartsWith(HintPrefix, StringComparison.Ordinal);
    }

    /// <summary>A code of uniformly random digits. There is no check digit: one would tell a guesser which tenth of all codes to try.</summary>
    /// <param name="digits">How many.</param>
    internal static string Generate(int digits)
    {
        // GetInt32 draws without bias, by rejection.
        Span<char> code = stackalloc char[digits];
        foreach (ref var digit in code)
        {
            digit = (char)('0' + RandomNumberGenerator.GetInt32(10));
        }

        return new(code);
    }

    /// <summary>A code that opens nothing yet, and its digest.</summary>
    internal async ValueTask<(string Code, string Digest)> NewAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        while (true)
        {
            var code = Generate(options.OneTimeCodes!.Digits);
            var digest = digests.OfOneTimeCode(options.Tenant, code);
            if (await store.FindStandingConsentByCodeAsync(options.Tenant, digest, at, cancellationToken).ConfigureAwait(false) is null)
            {
                return (code, digest);
            }
        }
    }

    /// <summary>What a hint opens now; null whatever the reason is. The work is the same for a code that is wrong, used or past its end.</summary>
    internal ValueTask<StandingConsent?> FindAsync(string loginHint, DateTimeOffset at, CancellationToken cancellationToken) =>
        store.FindStandingConsentByCodeAsync(options.Tenant, digests.OfOneTimeCode(options.Tenant, loginHint[HintPrefix.Length..]), at, cancellationToken);
}
