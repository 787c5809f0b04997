using MedId.Core;
using MedId.Cryptography;
using MedId.Heart.Fhir.Scopes;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>
/// Pre-registered consent with a trust framework (row A13): the person consented beforehand on their own device, an assessor vetted the service, the service signs that the person is there face to face,
/// and the OP's policy lets the device be skipped. Everything else is asked for as ever.
/// </summary>
/// <remarks>
/// Statements are judged whether or not there is a consent: a service that presents forged evidence is refused, not asked further. Without a consent that fits, or where the policy says no, the
/// person's device is asked.
/// </remarks>
public sealed class PreRegisteredAccess : IAccessPath
{
    private const string Section = "MedId walk, pre-registered consent";
    private readonly IStandingConsentStore _store;
    private readonly ProviderOptions _options;
    private readonly PreRegisteredOptions _rules;
    private readonly ITrustFrameworkSource _frameworks;
    private readonly IClientKeySource _clientKeys;
    private readonly JwksClient? _fetch;

    /// <summary>Makes the path.</summary>
    /// <param name="store">The consents given beforehand.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="rules">What is accepted.</param>
    /// <param name="frameworks">The trust frameworks.</param>
    /// <param name="clientKeys">The clients' registered keys.</param>
    /// <param name="fetch">Fetches published keys of assessors; null when all are configured.</param>
    public PreRegisteredAccess(
        IStandingConsentStore store, ProviderOptions options, PreRegisteredOptions rules, ITrustFrameworkSource frameworks, IClientKeySource clientKeys, JwksClient? fetch = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(frameworks);
        ArgumentNullException.ThrowIfNull(clientKeys);
        (_store, _options, _rules, _frameworks, _clientKeys, _fetch) = (store, options, rules, frameworks, clientKeys, fetch);
    }

    /// <inheritdoc/>
    public ConsentGroundKind Kind => ConsentGroundKind.PreRegistered;

    /// <inheritdoc/>
    public async ValueTask<AccessPathAnswer> TryAsync(AccessQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        switch (query.Details)
        {
            case null or { TrustStatement: null, FaceToFace: null }:
                return AccessPathAnswer.NotMine;
            case { TrustStatement: null }:
                return Refuse(ProviderErrorCodes.TrustStatementMissing, "face_to_face stands without trust_statement");
            case { FaceToFace: null }:
                return Refuse(ProviderErrorCodes.FaceToFaceMissing, "trust_statement stands without face_to_face");
            default:
                break;
        }

        var trust = await VerifyTrustAsync(query, query.Details.TrustStatement, cancellationToken).ConfigureAwait(false);
        if (!trust.Succeeded)
        {
            return trust.Error;
        }

        var presence = await VerifyPresenceAsync(query, query.Details.FaceToFace, cancellationToken).ConfigureAwait(false);
        if (!presence.Succeeded)
        {
            return presence.Error;
        }

        foreach (var consent in await _store.ListStandingConsentsAsync(query.Request.Tenant, query.Account.Id, cancellationToken).ConfigureAwait(false))
        {
            if (Decide(query, consent, trust.Value, presence.Value) is { } decision)
            {
                return decision;
            }
        }

        return AccessPathAnswer.NotMine;
    }

    private static bool Fits(AccessQuery query, StandingConsent consent, TrustStatement trust) =>
        consent is { Kind: StandingConsentKind.PreRegistered, Act: not null }
        && consent.MayBeUsed(query.At)
        && string.Equals(consent.Subject, query.Account.Id, StringComparison.Ordinal)
        && string.Equals(consent.Resource, query.Resource, StringComparison.Ordinal)
        && query.Purpose.System == NoticeFactory.ActReason && consent.Purposes.Contains(query.Purpose.Code, StringComparer.Ordinal)

        // Whoever is named has to be this client, and where a framework is named it has to be this one; nobody named is nobody.
        && (consent.Recipients.Count > 0 || consent.TrustFramework is not null)
        && (consent.Recipients.Count == 0 || consent.Recipients.Contains(query.Request.Client.ClientId, StringComparer.Ordinal))
        && (consent.TrustFramework is null || string.Equals(consent.TrustFramework, trust.Framework, StringComparison.Ordinal));

    private static MedIdError Refuse(string code, string detail) => new(code, ErrorCategory.Protocol, Section, detail);

    private AccessDecision? Decide(AccessQuery query, StandingConsent consent, TrustStatement trust, FaceToFaceStatement presence)
    {
        if (!Fits(query, consent, trust))
        {
            return null;
        }

        // What was agreed may be narrower than what is asked; a scope that cannot be read agreed to nothing.
        var agreed = ScopeSet.Parse(string.Join(' ', consent.Scopes));
        if (!agreed.Succeeded)
        {
            return null;
        }

        FhirScope[] granted = [.. query.Scopes.Where(agreed.Value.Covers)];
        var facts = new PreConsentCase
        {
            Consent = consent,
            Trust = trust,
            Presence = presence,
            Evidence = query.Evidence,
            Purpose = query.Purpose.Code,
            Asked = query.Scopes,
            At = query.At,
        };
        if (!Array.Exists(granted, scope => scope.Kind == FhirScopeKind.Resource) || !_rules.Policy.MaySkipDevice(facts))
        {
            return null;
        }

        return new AccessDecision
        {
            Ground = new()
            {
                Kind = ConsentGroundKind.PreRegistered,
                StandingConsentId = consent.Id,
                Evidence =
                [
                    new("trust-statement", trust.Assessor, trust.Digest),
                    new("face-to-face", query.Request.Client.ClientId, presence.Digest),
                ],
            },
            ScopesGranted = [.. granted.Select(scope => scope.Value)],
            Access = consent.Access,
            Until = consent.ValidUntil,
            ReplayKeys = [presence.ReplayKey],
        };
    }

    private async ValueTask<MedIdResult<TrustStatement>> VerifyTrustAsync(AccessQuery query, string statement, CancellationToken cancellationToken)
    {
        var claimed = TrustStatementVerifier.PeekUnverified(statement);
        if (!claimed.Succeeded)
        {
            return claimed.Error;
        }

        if (await _frameworks.FindAsync(claimed.Value.Framework, cancellationToken).ConfigureAwait(false) is not { } framework)
        {
            return new MedIdError(ProviderErrorCodes.TrustFrameworkUnknown, ErrorCategory.Untrusted, Section, "the framework is not configured here");
        }

        MedIdResult<TrustStatement> VerifyWith(JsonWebKeySet keys) => TrustStatementVerifier.Verify(
            statement, framework, claimed.Value.Issuer, keys, query.Request.Client.ClientId, _options.Issuer, _options.Algorithms, query.At);

        var verified = framework.Assessors.FirstOrDefault(one => string.Equals(one.Issuer, claimed.Value.Issuer, StringComparison.Ordinal)) is not { } assessor
            ? VerifyWith(JsonWebKeySet.Empty)
            : assessor.JwksUri is { } uri ? await FetchAsync(uri, VerifyWith, cancellationToken).ConfigureAwait(false) : VerifyWith(assessor.Keys ?? JsonWebKeySet.Empty);
        return Finish(verified, ProviderErrorCodes.TrustStatementUntrusted);
    }

    private async ValueTask<MedIdResult<FaceToFaceStatement>> VerifyPresenceAsync(AccessQuery query, string statement, CancellationToken cancellationToken)
    {
        var binding = new FaceToFaceBinding
        {
            ClientId = query.Request.Client.ClientId,
            Audience = _options.Issuer,
            Hint = query.Request.Parameters.Hint,
            PractitionerIssuer = query.Evidence.Issuer,
            Practitioner = query.Evidence.Subject,
            Institution = query.Evidence.OrganizationId,
            Resource = query.Resource,
        };
        var verified = await _clientKeys.VerifyAsync(
            query.Request.Client, keys => FaceToFaceVerifier.Verify(statement, binding, keys, _rules.FaceToFace, _options.Algorithms, query.At), cancellationToken).ConfigureAwait(false);
        return Finish(verified, ProviderErrorCodes.FaceToFaceUntrusted);
    }

    private async ValueTask<MedIdResult<TrustStatement>> FetchAsync(string uri, Func<JsonWebKeySet, MedIdResult<TrustStatement>> verify, CancellationToken cancellationToken) => _fetch is null
        ? throw new InvalidOperationException("An assessor publishes its keys and nobody fetches them: call AddRemoteKeys.")
        : await _fetch.VerifyAsync(uri, verify, cancellationToken).ConfigureAwait(false);

    /// <summary>A key that is not there is no trust; keys that cannot be had leave the question open.</summary>
    private static MedIdResult<T> Finish<T>(MedIdResult<T> verified, string untrusted)
        where T : notnull => verified.Error switch
        {
            null => verified,
            { Code: CryptographyErrorCodes.JoseKeyNotFound } => new MedIdError(untrusted, ErrorCategory.Untrusted, Section, CryptographyErrorCodes.JoseKeyNotFound),
            { } error when error.Code.StartsWith("provider.", StringComparison.Ordinal) => verified,
            { } error => new MedIdError(ProviderErrorCodes.TrustUndetermined, ErrorCategory.State, Section, error.Code),
        };
}
