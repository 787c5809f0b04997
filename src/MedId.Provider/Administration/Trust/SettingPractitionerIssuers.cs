using System.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Provider;

/// <summary>Doctor OPs that operators put into the settings, before those of the configuration: an entry says all about its issuer, also that it is suspended.</summary>
public sealed class SettingPractitionerIssuers : IPractitionerIssuerSource, IDisposable
{
    private readonly IPractitionerIssuerSource _configured;
    private readonly SettingCache _settings;
    private readonly JwksClient? _fetch;

    /// <summary>Makes a source.</summary>
    /// <param name="configured">Those of the configuration; disposed of with this one.</param>
    /// <param name="settings">The settings of the tenant.</param>
    /// <param name="fetch">Fetches keys that issuers publish; null: entries bring their keys.</param>
    public SettingPractitionerIssuers(IPractitionerIssuerSource configured, SettingCache settings, JwksClient? fetch)
    {
        ArgumentNullException.ThrowIfNull(configured);
        _configured = configured;
        _settings = settings;
        _fetch = fetch;
    }

    /// <inheritdoc/>
    public async ValueTask<MedIdResult<PractitionerEvidence>> VerifyAsync(
        string issuer, Func<PractitionerIssuer, MedIdResult<PractitionerEvidence>> verify, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(verify);
        if (issuer.Length is 0 or > 256 || await _settings.FindAsync(SettingKinds.PractitionerIssuer, issuer, cancellationToken).ConfigureAwait(false) is not { } setting)
        {
            return await _configured.VerifyAsync(issuer, verify, cancellationToken).ConfigureAwait(false);
        }

        var json = StrictJson.ParseObject(Encoding.UTF8.GetBytes(setting.Body), maxBytes: TrustDesk.MaxBytes);
        if (!json.Succeeded || TrustDataJson.IsSuspended(json.Value) || TrustDataJson.ReadIssuer(json.Value) is not { } known)
        {
            return PractitionerEvidenceVerifier.Untrusted("an operator suspended the issuer");
        }

        if (known.Keys is { } keys)
        {
            return verify(new(issuer, keys));
        }

        if (_fetch is null)
        {
            return PractitionerEvidenceVerifier.Untrusted("nobody fetches the issuer's keys");
        }

        var verified = await _fetch.VerifyAsync(
            known.JwksUri!,
            fetched =>
            {
                var result = verify(new(issuer, fetched));

                // The refusal that asks for newer keys keeps its own code until they were tried.
                return result.Succeeded || result.Error.Detail != CryptographyErrorCodes.JoseKeyNotFound
                    ? result
                    : new MedIdError(CryptographyErrorCodes.JoseKeyNotFound, ErrorCategory.Untrusted, result.Error.Section);
            },
            cancellationToken).ConfigureAwait(false);
        return verified.Succeeded || verified.Error.Code.StartsWith("provider.", StringComparison.Ordinal) ? verified : PractitionerEvidenceVerifier.Untrusted(verified.Error.Code);
    }

    /// <inheritdoc/>
    public void Dispose() => (_configured as IDisposable)?.Dispose();
}
