using System.Net;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Push.Firebase;

/// <summary>The account's access token: fetched once for all who need it, renewed before its end, and again when the account's key is another.</summary>
internal sealed class FirebaseTokens(ProtocolHttpClient http, Func<FirebaseServiceAccount> account, TimeSpan renewBefore, TimeProvider time) : IDisposable
{
    private const string Section = "RFC 7523 §2.1";

    /// <summary>The longest life that is believed; the service gives an hour.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(12);

    private readonly SemaphoreSlim _one = new(1, 1);
    private FirebaseAccessToken? _token;

    /// <summary>A token to send with.</summary>
    /// <param name="refused">The token that was refused: it is not given again. Null: any that lasts.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<MedIdResult<FirebaseAccessToken>> GetAsync(FirebaseAccessToken? refused, CancellationToken cancellationToken)
    {
        var current = account();
        if (Fresh(current, refused) is { } kept)
        {
            return kept;
        }

        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Whoever waited takes what the first one fetched.
            if (Fresh(current, refused) is { } fetched)
            {
                return fetched;
            }

            var renewed = await FetchAsync(current, cancellationToken).ConfigureAwait(false);
            if (renewed.Succeeded)
            {
                _token = renewed.Value;
                return renewed;
            }

            // Early renewal failed: the token that still lasts is used on. One that was refused is not.
            return _token is { } old && !ReferenceEquals(old, refused) && string.Equals(old.KeyId, current.Key.KeyId, StringComparison.Ordinal) && time.GetUtcNow() < old.ExpiresAt ? old : renewed;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private FirebaseAccessToken? Fresh(FirebaseServiceAccount current, FirebaseAccessToken? refused) =>
        _token is { } token && !ReferenceEquals(token, refused) && string.Equals(token.KeyId, current.Key.KeyId, StringComparison.Ordinal) && time.GetUtcNow() < RenewAt(token) ? token : null;

    /// <summary>A token with a short life is renewed half way, or it would be renewed at every message.</summary>
    private DateTimeOffset RenewAt(FirebaseAccessToken token)
    {
        var half = (token.ExpiresAt - token.FetchedAt) / 2;
        return token.ExpiresAt - (renewBefore < half ? renewBefore : half);
    }

    private async ValueTask<MedIdResult<FirebaseAccessToken>> FetchAsync(FirebaseServiceAccount current, CancellationToken cancellationToken)
    {
        var request = new ClientRequest(current.TokenUri, current.TokenUri);
        MedIdResult<ProtocolHttpResponse> answer;
        try
        {
            answer = await http.PostAsync("firebase-token", request, new AssertionCredential(current, time), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or IOException)
        {
            return new MedIdError(FirebaseErrorCodes.TokenUnavailable, ErrorCategory.State, Section, e.GetType().Name);
        }

        if (!answer.Succeeded)
        {
            return new MedIdError(FirebaseErrorCodes.TokenMalformed, ErrorCategory.Protocol, Section, answer.Error.Code);
        }

        return answer.Value.Status switch
        {
            HttpStatusCode.OK => Read(answer.Value.Body, current.Key.KeyId),
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new MedIdError(FirebaseErrorCodes.TokenUnavailable, ErrorCategory.State, Section, $"HTTP {(int)answer.Value.Status}"),

            // RFC 6749 §5.2: the body names a reason, which is not repeated: it quotes the account.
            _ => new MedIdError(FirebaseErrorCodes.TokenRefused, ErrorCategory.Protocol, Section, $"HTTP {(int)answer.Value.Status}"),
        };
    }

    /// <summary>RFC 6749 §5.1.</summary>
    private MedIdResult<FirebaseAccessToken> Read(ReadOnlyMemory<byte> body, string keyId)
    {
        var parsed = StrictJson.ParseObject(body);
        if (!parsed.Succeeded)
        {
            return Malformed();
        }

        var members = new JsonMembers(parsed.Value);
        var token = members.NeededString("access_token", maxLength: 8192);
        var type = members.NeededString("token_type", maxLength: 32);
        var life = members.Integer("expires_in", 1, (long)LongestLife.TotalSeconds);
        var now = time.GetUtcNow();
        return members.Wrong is null && life is { } seconds && string.Equals(type, "Bearer", StringComparison.OrdinalIgnoreCase) && token.All(c => c is > ' ' and < '\x7f')
            ? new FirebaseAccessToken(token, keyId, now, now.AddSeconds(seconds))
            : Malformed();
    }

    private static MedIdError Malformed() => new(FirebaseErrorCodes.TokenMalformed, ErrorCategory.Protocol, "RFC 6749 §5.1");
}
