using MedId.Core;
using MedId.OAuth;

namespace MedId.Provider;

/// <summary>Doctor OPs by their issuer identifiers; keys by discovery (OIDC Discovery §4, RFC 8414).</summary>
public sealed class PractitionerIssuers : IPractitionerIssuerSource, IDisposable
{
    private readonly Dictionary<string, MetadataClient> _issuers;
    private readonly JwksClient _keys;

    /// <summary>No doctor OP at all, for an OP that accepts doctors' own evidence by HPKI cards only.</summary>
    public static IPractitionerIssuerSource None { get; } = new Nobody();

    /// <summary>Makes a source.</summary>
    /// <param name="http">The client that fetches metadata and keys.</param>
    /// <param name="issuers">The trusted issuers, compared ordinally.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">No issuer is named.</exception>
    public PractitionerIssuers(ProtocolHttpClient http, IEnumerable<string> issuers, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(issuers);
        _issuers = issuers.ToDictionary(issuer => issuer, issuer => new MetadataClient(http, issuer, time), StringComparer.Ordinal);
        _keys = new(http, time);
        if (_issuers.Count == 0)
        {
            throw new ArgumentException("Name at least one doctor OP.", nameof(issuers));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<MedIdResult<PractitionerEvidence>> VerifyAsync(
        string issuer, Func<PractitionerIssuer, MedIdResult<PractitionerEvidence>> verify, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(verify);
        if (!_issuers.TryGetValue(issuer, out var known))
        {
            return PractitionerEvidenceVerifier.Untrusted("the issuer is not a configured doctor OP");
        }

        var metadata = await known.GetAsync(cancellationToken).ConfigureAwait(false);
        if (!metadata.Succeeded)
        {
            return PractitionerEvidenceVerifier.Untrusted("the issuer's metadata cannot be had: " + metadata.Error.Code);
        }

        var verified = await _keys.VerifyAsync(
            metadata.Value.JwksUri,
            keys =>
            {
                var result = verify(new(issuer, keys));

                // The refusal that asks for newer keys keeps its own code until they were tried.
                return result.Succeeded || result.Error.Detail != Cryptography.CryptographyErrorCodes.JoseKeyNotFound
                    ? result
                    : new MedIdError(Cryptography.CryptographyErrorCodes.JoseKeyNotFound, ErrorCategory.Untrusted, result.Error.Section);
            },
            cancellationToken).ConfigureAwait(false);
        return verified.Succeeded || verified.Error.Code.StartsWith("provider.", StringComparison.Ordinal)
            ? verified
            : PractitionerEvidenceVerifier.Untrusted(verified.Error.Code);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _keys.Dispose();
        foreach (var issuer in _issuers.Values)
        {
            issuer.Dispose();
        }
    }

    private sealed class Nobody : IPractitionerIssuerSource
    {
        public ValueTask<MedIdResult<PractitionerEvidence>> VerifyAsync(
            string issuer, Func<PractitionerIssuer, MedIdResult<PractitionerEvidence>> verify, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<MedIdResult<PractitionerEvidence>>(PractitionerEvidenceVerifier.Untrusted("no doctor OP is trusted here"));
    }
}
