using System.Buffers;
using System.Net.Http.Headers;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>
/// Makes DPoP proofs of one key (RFC 9449 §4.2), each for one request, and remembers the nonces that servers ask for, one a server (§8, §9). One instance serves every
/// request of a client; any thread.
/// </summary>
public sealed class DpopProofs
{
    /// <summary>The header that proofs travel in.</summary>
    public const string HeaderName = "DPoP";

    /// <summary>The header that servers give nonces in.</summary>
    public const string NonceHeaderName = "DPoP-Nonce";

    private const int MaxNonceLength = 1024;
    private const int MaxServers = 256;

    // RFC 9449 §8.1: 1*NQCHAR.
    private static readonly SearchValues<char> NonceCharacters = SearchValues.Create([.. Enumerable.Range(0x21, 0x7E - 0x21 + 1).Select(c => (char)c).Where(c => c is not ('"' or '\\'))]);

    private readonly SigningKey _key;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, string> _nonces = new(StringComparer.Ordinal);

    /// <summary>A maker.</summary>
    /// <param name="key">The key that tokens are bound to, wherever it lives; owned by the caller. Used for nothing else (RFC 9449 §11.6), and as long as the tokens live.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <exception cref="ArgumentException">The key's algorithm has no JOSE name.</exception>
    public DpopProofs(SigningKey key, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Algorithm.JoseName is null)
        {
            throw new ArgumentException($"{key.Algorithm} has no JOSE name.", nameof(key));
        }

        _key = key;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The thumbprint of the key, as <c>cnf.jkt</c> of the tokens has it (RFC 7638).</summary>
    public string KeyThumbprint => _key.PublicKey.Thumbprint;

    /// <summary>The algorithm of the proofs; the server names it in <c>dpop_signing_alg_values_supported</c>.</summary>
    public SignatureAlgorithm Algorithm => _key.Algorithm;

    /// <summary>Makes the proof of one request: a new one for each, also for each poll and each repetition.</summary>
    /// <param name="method">The HTTP method, as it is sent.</param>
    /// <param name="uri">The request's absolute URI; query and fragment are left out.</param>
    /// <param name="accessToken">The access token that goes with it to a protected resource; null at a token endpoint.</param>
    /// <param name="cancellationToken">Ends a remote signature.</param>
    public ValueTask<string> MakeAsync(string method, Uri uri, string? accessToken = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        var server = ServerOf(uri);
        var hash = accessToken is null ? null : DpopProofVerifier.HashOf(accessToken);
        string? nonce;
        lock (_nonces)
        {
            nonce = _nonces.GetValueOrDefault(server);
        }

        return JwtSigner.SignWithEmbeddedKeyAsync(
            _key,
            DpopProofVerifier.ProofType,
            claims =>
            {
                claims.WriteString("jti"u8, SecretGenerator.Base64Url(16));
                claims.WriteString("htm"u8, method);
                claims.WriteString("htu"u8, uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped));
                claims.WriteNumber("iat"u8, _time.GetUtcNow().ToUnixTimeSeconds());
                if (hash is not null)
                {
                    claims.WriteString("ath"u8, hash);
                }

                if (nonce is not null)
                {
                    claims.WriteString("nonce"u8, nonce);
                }
            },
            cancellationToken);
    }

    /// <summary>Puts a bound token and its proof on a request to a protected resource (RFC 9449 §7.1). Called anew for each sending of the request.</summary>
    /// <param name="request">The request; its URI is absolute.</param>
    /// <param name="accessToken">The token, of <c>token_type</c> DPoP and bound to this key.</param>
    /// <param name="cancellationToken">Ends a remote signature.</param>
    public async ValueTask AuthorizeAsync(HttpRequestMessage request, string accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(accessToken);
        var proof = await MakeAsync(request.Method.Method, request.RequestUri!, accessToken, cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue(TokenTypes.DPoP, accessToken);
        request.Headers.Remove(HeaderName);
        request.Headers.TryAddWithoutValidation(HeaderName, proof);
    }

    /// <summary>Remembers the nonce that came with an answer, whatever its status: the newest one counts (RFC 9449 §8.2).</summary>
    /// <param name="uri">The request's URI; nonces belong to its scheme, host and port.</param>
    /// <param name="nonce">The one <see cref="NonceHeaderName"/> header of the answer; null, or anything that is no nonce, changes nothing.</param>
    /// <returns>Whether there is now another nonce than before.</returns>
    public bool Remember(Uri uri, string? nonce)
    {
        var server = ServerOf(uri);
        if (nonce is null || nonce.Length is 0 or > MaxNonceLength || nonce.AsSpan().ContainsAnyExcept(NonceCharacters))
        {
            return false;
        }

        lock (_nonces)
        {
            if (_nonces.TryGetValue(server, out var before) && string.Equals(before, nonce, StringComparison.Ordinal))
            {
                return false;
            }

            // More servers than a client talks to: forgetting costs one more round trip with each.
            if (_nonces.Count >= MaxServers && before is null)
            {
                _nonces.Clear();
            }

            _nonces[server] = nonce;
            return true;
        }
    }

    /// <summary>Remembers the nonce of an answer.</summary>
    /// <param name="response">The answer, with the request that it answers.</param>
    /// <returns>Whether there is now another nonce than before.</returns>
    public bool Remember(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.RequestMessage?.RequestUri is { } uri && Remember(uri, NonceOf(response));
    }

    /// <summary>The key.</summary>
    public override string ToString() => $"DPoP proofs of {_key}";

    internal static string? NonceOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues(NonceHeaderName, out var values) && values.ToArray() is [var only] ? only : null;

    private static string ServerOf(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return uri.IsAbsoluteUri && uri.UserInfo.Length == 0
            ? uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
            : throw new ArgumentException("A proof is for an absolute URI without user part.", nameof(uri));
    }
}
