using MedId.Core;
using MedId.Hpki;
using MedId.Pki;

namespace MedId.Provider;

/// <summary>
/// The second source of evidence about doctors (row A15): what the doctor signed with the authentication key of an HPKI card. Roles come from the certificate alone, and a role asks for
/// those scopes only that the operator's policy names (row B6).
/// </summary>
public sealed class HpkiPractitioners
{
    private const string Section = "MedIdSdk practitioner evidence by HPKI";
    private const string RoleSystem = "urn:oid:" + HpkiOids.NationalQualifications;
    private readonly Func<HpkiPolicy> _policy;
    private readonly RoleScopePolicy _scopes;
    private readonly IReadOnlyList<Certificate> _authorities;
    private readonly Func<IReadOnlyList<Certificate>, CancellationToken, ValueTask<PathEvidence>> _gather;
    private readonly TimeProvider _time;

    /// <summary>Makes the source.</summary>
    /// <param name="policy">What certificates have to fulfil, asked for each evidence so that newer trust data counts at once; for <see cref="HpkiUse.Authentication"/>.</param>
    /// <param name="scopes">Which role may ask for which scope; scopes that name no resource (<c>openid</c>, <c>offline_access</c>) are not asked about.</param>
    /// <param name="authorities">The certificates of the authorities below the root. Certificates that come with evidence are not used.</param>
    /// <param name="gather">
    /// Gathers CRLs and ARLs for the certificates of a path, the doctor's first. It is called only for a path that leads to an anchor and after the statement was verified, so nobody
    /// else's addresses are fetched. Usually the gatherer of MedId.Pki, or files kept fresh.
    /// </param>
    /// <param name="time">The clock.</param>
    public HpkiPractitioners(
        Func<HpkiPolicy> policy,
        RoleScopePolicy scopes,
        IReadOnlyList<Certificate> authorities,
        Func<IReadOnlyList<Certificate>, CancellationToken, ValueTask<PathEvidence>> gather,
        TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentNullException.ThrowIfNull(authorities);
        ArgumentNullException.ThrowIfNull(gather);
        ArgumentNullException.ThrowIfNull(time);
        (_policy, _scopes, _authorities, _gather, _time) = (policy, scopes, authorities, gather, time);
    }

    /// <summary>Whether a token says of itself that it is a doctor's own evidence. It proves nothing.</summary>
    /// <param name="token">The token.</param>
    public static bool IsUnverifiedEvidence(string token) => HpkiPractitionerEvidenceVerifier.IsUnverifiedEvidence(token);

    /// <summary>Verifies evidence for a request.</summary>
    /// <param name="evidence">The evidence as it came in <c>actor_token</c>.</param>
    /// <param name="audience">The issuer identifier of this OP.</param>
    /// <param name="clientId">The authenticated client that sent it.</param>
    /// <param name="scopes">What is asked for.</param>
    /// <param name="cancellationToken">Cancels the gathering.</param>
    /// <returns>The evidence; its replay key is still to be consumed.</returns>
    public async ValueTask<MedIdResult<PractitionerEvidence>> VerifyAsync(
        string evidence, string audience, string clientId, IReadOnlyCollection<string> scopes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        var policy = _policy();
        var at = _time.GetUtcNow();

        // 1. Everything but revocation, without any network: what is refused here is fetched nothing for.
        var given = new PathEvidence { Certificates = _authorities };
        var preliminary = new HpkiPractitionerEvidenceVerifier(policy with { Revocation = RevocationRequirement.NotRequired }).Verify(evidence, audience, clientId, given, at);
        if (!preliminary.IsAccepted)
        {
            return Map(preliminary);
        }

        // 2. Which role may ask for which scope.
        var entitled = _scopes.Decide(preliminary.Evidence.Certificate.Roles, [.. scopes.Where(scope => scope is not ("openid" or "offline_access" or "profile"))]);
        if (!entitled.Succeeded)
        {
            return Refuse(ProviderErrorCodes.PractitionerNotEntitled, ErrorCategory.Policy, entitled.Error.Code);
        }

        // 3. Revocation of the whole path.
        var gathered = await _gather(preliminary.Certificate!.Path!.Path, cancellationToken).ConfigureAwait(false);
        var decision = new HpkiPractitionerEvidenceVerifier(policy).Verify(
            evidence, audience, clientId, gathered with { Certificates = [.. _authorities, .. gathered.Certificates] }, at);
        return decision.IsAccepted ? Describe(decision.Evidence) : Map(decision);
    }

    private static MedIdResult<PractitionerEvidence> Describe(HpkiPractitionerEvidence evidence)
    {
        // Shown to patients, so bounded and without control characters, whoever wrote them.
        var subject = evidence.Certificate.Subject;
        if (subject.DisplayName is not { } name || !Texts.IsShort(name) || !Texts.IsShort(evidence.Authority)
            || !Texts.TryGet(evidence.Description, "subject_organization", out var organization)
            || !Texts.TryGet(evidence.Description, "subject_organization_id", out var organizationId)
            || !Texts.TryGetCoded(evidence.Description, "purpose_of_use", out var purpose))
        {
            return Refuse(
                ProviderErrorCodes.PractitionerEvidenceIncomplete,
                ErrorCategory.Malformed,
                "a name in the certificate, and subject_organization, subject_organization_id and purpose_of_use in the statement, are needed");
        }

        var role = new CodedValue(RoleSystem, evidence.Role.Code, evidence.Role.Row!.Japanese);
        return new PractitionerEvidence
        {
            Issuer = evidence.Authority,
            Subject = evidence.Subject,
            Name = name,
            Organization = organization,
            OrganizationId = organizationId,
            Role = role,
            Purpose = purpose,
            Digest = evidence.Digest,
            Actor = PractitionerActor.Write(evidence.Authority, evidence.Subject, name, organization, organizationId, role, purpose, json =>
            {
                json.WriteStartObject("hpki");
                json.WriteString("policy", evidence.Certificate.Policy.Oid);
                json.WriteString("x5t#S256", Cryptography.StrictBase64Url.Encode(Convert.FromHexString(evidence.Certificate.Certificate.Sha256)));
                json.WriteEndObject();
            }),
            ReplayKey = evidence.ReplayKey,
        };
    }

    private static MedIdError Map(HpkiPractitionerDecision decision) => decision.Outcome == VerificationOutcome.Undetermined
        ? Refuse(ProviderErrorCodes.PractitionerEvidenceUndetermined, ErrorCategory.State, decision.Error!.Code)
        : decision.Error!.Code switch
        {
            HpkiErrorCodes.EvidenceMalformed => Refuse(ProviderErrorCodes.PractitionerEvidenceMalformed, ErrorCategory.Malformed, decision.Error.Detail ?? decision.Error.Code),
            HpkiErrorCodes.EvidenceForeign => Refuse(ProviderErrorCodes.PractitionerEvidenceForeign, ErrorCategory.Untrusted, decision.Error.Code),
            HpkiErrorCodes.EvidenceExpired => Refuse(ProviderErrorCodes.PractitionerEvidenceExpired, ErrorCategory.State, decision.Error.Code),
            HpkiErrorCodes.RoleNotGranted => Refuse(ProviderErrorCodes.PractitionerNotEntitled, ErrorCategory.Policy, decision.Error.Code),
            _ => Refuse(ProviderErrorCodes.PractitionerEvidenceUntrusted, ErrorCategory.Untrusted, decision.Error.Code),
        };

    private static MedIdError Refuse(string code, ErrorCategory category, string detail) => new(code, category, Section, detail);
}
