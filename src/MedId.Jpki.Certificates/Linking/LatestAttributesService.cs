using MedId.Core;
using MedId.Cryptography;

namespace MedId.Jpki.Certificates;

/// <summary>Gets a person's latest attributes after a move or a change of name: only with a consent that holds here and there, and only what can be read.</summary>
public sealed class LatestAttributesService
{
    private readonly ILatestAttributesSource _source;
    private readonly KeyedDigest _keys;
    private readonly JpkiStanding _standing;
    private readonly TimeProvider _time;
    private readonly JpkiStandingRule? _rule;

    /// <summary>A service.</summary>
    /// <param name="source">The connection.</param>
    /// <param name="standing">The legal standing; without one everything is refused.</param>
    /// <param name="keys">The deployment's key for subject keys.</param>
    /// <param name="time">The clock.</param>
    /// <param name="standings">The rules; null for those of this release.</param>
    public LatestAttributesService(ILatestAttributesSource source, JpkiStanding standing, KeyedDigest keys, TimeProvider time, JpkiStandingTable? standings = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(time);
        (_source, _standing, _keys, _time) = (source, standing, keys, time);
        _rule = (standings ?? JpkiStandingTable.Default).Find(standing);
    }

    /// <summary>Registers a consent with the service.</summary>
    /// <param name="consent">The consent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<MedIdResult<Unit>> RegisterConsentAsync(AttributeConsent consent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(consent);
        if (Refusal(consent) is { } refusal)
        {
            return refusal;
        }

        await _source.RegisterConsentAsync(consent, cancellationToken).ConfigureAwait(false);
        return Unit.Value;
    }

    /// <summary>Withdraws a consent. Always allowed.</summary>
    /// <param name="consent">The consent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WithdrawConsentAsync(AttributeConsent consent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(consent);
        return _source.WithdrawConsentAsync(consent, cancellationToken);
    }

    /// <summary>Gets the latest attributes.</summary>
    /// <param name="consent">The consent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The attributes; <c>jpki.consent_not_in_time</c>, <c>jpki.consent_withdrawn</c>, <c>jpki.attributes_not_available</c> while no new certificate is issued.
    /// </returns>
    public async Task<MedIdResult<LatestAttributes>> GetLatestAsync(AttributeConsent consent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(consent);
        if (Refusal(consent) is { } refusal)
        {
            return refusal;
        }

        if (!await _source.HasConsentAsync(consent, cancellationToken).ConfigureAwait(false))
        {
            return new MedIdError(JpkiErrorCodes.ConsentWithdrawn, ErrorCategory.State, JpkiSections.LatestAttributes);
        }

        if (await _source.GetLatestAsync(consent, cancellationToken).ConfigureAwait(false) is not { } answer)
        {
            return new MedIdError(JpkiErrorCodes.AttributesNotAvailable, ErrorCategory.State, JpkiSections.LatestAttributes);
        }

        if (answer.Certificate.Kind != JpkiCertificateKind.Sign)
        {
            return new MedIdError(JpkiErrorCodes.UseMismatch, ErrorCategory.Malformed, JpkiSections.LatestAttributes);
        }

        BasicFourFields fields = new()
        {
            Name = answer.Name,
            NameFlags = answer.NameFlags,
            Gender = answer.Gender,
            BirthDate = answer.BirthDate,
            Address = answer.Address,
            AddressFlags = answer.AddressFlags,
        };
        return BasicFourAttributes.Of(fields, JpkiSections.LatestAttributes)
            .Then<LatestAttributes>(four => new LatestAttributes(consent.Account, four, answer.Certificate.Key(_keys), _standing, _time.GetUtcNow()));
    }

    private MedIdError? Refusal(AttributeConsent consent) => _rule is null
        ? new(JpkiErrorCodes.StandingMissing, ErrorCategory.Policy, JpkiSections.Standing)
        : consent.Refusal(_time.GetUtcNow());
}
