using System.Security.Cryptography;
using MedId.Ciba.Server;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>Makes one-time codes and finds what they open (row D4). A code is known to the person and to whoever is told it; the OP keeps a keyed digest.</summary>
/// <param name="store">The store.</param>
/// <param name="options">The OP's choices, with <see cref="ProviderOptions.OneTimeCodes"/>.</param>
/// <param name="digests">The digests of codes.</param>
/// <param name="time">The clock.</param>
public sealed class OneTimeCodes(IProviderStore store, ProviderOptions options, AccountDigests digests, TimeProvider time)
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

    /// <summary>Whether a request comes with a code.</summary>
    internal static bool IsHint(BackchannelParameters parameters) => parameters.HintKind == HintKind.LoginHint && IsHint(parameters.Hint);

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

    /// <summary>What a hint opens now; null whatever the reason is.</summary>
    internal ValueTask<StandingConsent?> FindAsync(string loginHint, DateTimeOffset at, CancellationToken cancellationToken) =>
        store.FindStandingConsentByCodeAsync(options.Tenant, digests.OfOneTimeCode(options.Tenant, loginHint[HintPrefix.Length..]), at, cancellationToken);

    /// <summary>
    /// Finds whose code it is; consumes nothing. A code that is wrong, used, past its end, of a suspended person, brought by a client that may not, or one too many is answered alike, after the same work;
    /// the audit trail says which client it was. The attempt is given back when the code is used.
    /// </summary>
    internal async ValueTask<HintResolution> ResolveAsync(ClientRegistration client, string loginHint, CancellationToken cancellationToken)
    {
        var (chosen, now) = (options.OneTimeCodes!, time.GetUtcNow());
        var mayAsk = chosen.Clients.Contains(client.ClientId);
        var judged = await store.TryCountCodeAttemptAsync(options.Tenant, client.ClientId, now, chosen.Attempts, chosen.AttemptWindow, cancellationToken).ConfigureAwait(false);
        var found = await FindAsync(loginHint, now, cancellationToken).ConfigureAwait(false);
        var account = await store.FindAccountAsync(options.Tenant, found?.Subject ?? string.Empty, cancellationToken).ConfigureAwait(false);
        if (mayAsk && judged && account is { Status: AccountStatus.Active })
        {
            return HintResolution.Account(account.Id);
        }

        await store.AppendAuditAsync(options.Tenant, AuditLines.CodeFailed(client.ClientId, judged, now), cancellationToken).ConfigureAwait(false);
        return HintResolution.Unknown;
    }
}
