using MedId.Core;
using MedId.Cryptography;
using MedId.Jpki.Certificates;

namespace MedId.Provider;

/// <summary>From an application form that a My Number card signed to a proofed account (row A8). The person's attributes stay with the caller: an account holds no name.</summary>
/// <remarks>
/// A person is known again by keyed digests of their certificates, never by name. A certificate that is linked to a known one is the same person's (row E11); two proofings of one
/// certificate at the same time give one account, because its id follows from the certificate's digest under the deployment's key.
/// </remarks>
public sealed class ProofingDesk
{
    private const string Section = "MedId walk, proofing";
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly EnrolmentDesk _enrolment;
    private readonly JpkiAccountResolver _resolver;
    private readonly AccountDigests _digests;
    private readonly TimeProvider _time;

    /// <summary>Makes the desk.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="enrolment">Gives tickets.</param>
    /// <param name="resolver">Finds the account behind a certificate.</param>
    /// <param name="digests">Digests under the tenant's key.</param>
    /// <param name="time">The clock.</param>
    public ProofingDesk(IProviderStore store, ProviderOptions options, EnrolmentDesk enrolment, JpkiAccountResolver resolver, AccountDigests digests, TimeProvider time) =>
        (_store, _options, _enrolment, _resolver, _digests, _time) = (store, options, enrolment, resolver, digests, time);

    /// <summary>Begins an application: gives the nonce that the form has to carry.</summary>
    /// <param name="lifetime">How long the form is waited for.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>256 random bits, base64url; pass it as <see cref="SignedApplicationForm.ExpectedNonce"/>.</returns>
    public async ValueTask<string> BeginAsync(TimeSpan lifetime, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        var nonce = SecretGenerator.Base64Url();
        await _store.AddCeremonyAsync(
            new() { Tenant = _options.Tenant, Id = nonce, Kind = CeremonyKind.Apply, AccountId = string.Empty, Challenge = nonce, ExpiresAt = _time.GetUtcNow() + lifetime },
            cancellationToken).ConfigureAwait(false);
        return nonce;
    }

    /// <summary>Makes or finds the account of the person who signed the form. Consumes the form's nonce.</summary>
    /// <param name="form">The evidence of the form's verifier, which was given the nonce.</param>
    /// <param name="language">Language of notices for a new account, BCP 47: <c>ja</c> or <c>en</c>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The person; refused when the form carries no nonce of ours or one that was used, when it cannot be said whose certificate it is, or when the account is suspended.
    /// </returns>
    public async ValueTask<MedIdResult<ProofedPerson>> ProofAsync(ApplicationFormEvidence form, string language, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentException.ThrowIfNullOrEmpty(language);
        if (form.ReplayKey is not { } replay
            || await _store.TryTakeCeremonyAsync(_options.Tenant, replay.Id, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is not { Kind: CeremonyKind.Apply })
        {
            return new MedIdError(ProviderErrorCodes.CeremonyUnknown, ErrorCategory.State, Section, "the form carries no nonce of this OP, or one that was used or is past its end");
        }

        var resolved = await _resolver.ResolveAsync(form.Identity, FindAsync, cancellationToken).ConfigureAwait(false);
        if (!resolved.Succeeded)
        {
            return resolved.Error;
        }

        // Also where nobody was known a moment ago: the other of two proofings at once may have made the account meanwhile, and others may have written into it.
        var id = resolved.Value.Account ?? _digests.OfProofing(_options.Tenant, resolved.Value.SubjectKey);
        var account = await _store.FindAccountAsync(_options.Tenant, id, cancellationToken).ConfigureAwait(false);
        await _store.PutAccountAsync(
            (account ?? New(id, language)) with
            {
                HintDigests = [.. (account?.HintDigests ?? []).Append(resolved.Value.SubjectKey).Distinct(StringComparer.Ordinal)],
                ProofedAt = form.Identity.At,
            },
            cancellationToken).ConfigureAwait(false);
        var ticket = await _enrolment.IssueTicketAsync(
            id, new ProofingRecord { Method = ProofingRecord.JpkiForm, Level = ProofingLevel.High, At = form.Identity.At }, replaces: null, cancellationToken).ConfigureAwait(false);
        return ticket.Then<ProofedPerson>(value => new ProofedPerson(id, account is null, value));
    }

    /// <summary>The account of the person whose card has just signed in, over JPKI's linking information when the certificate itself is not known.</summary>
    /// <param name="card">The evidence about the authentication certificate.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The account's id; refused when nobody is known by it, or it cannot be said.</returns>
    public async ValueTask<MedIdResult<string>> FindAccountAsync(JpkiEvidence card, CancellationToken cancellationToken = default)
    {
        var resolved = await _resolver.ResolveAsync(card, FindAsync, cancellationToken).ConfigureAwait(false);
        return resolved.Then<string>(found => found.Account is { } id
            ? id
            : new MedIdError(ProviderErrorCodes.CardNotBound, ErrorCategory.State, Section, "the person was not proofed here"));
    }

    private Account New(string id, string language) => new()
    {
        Tenant = _options.Tenant,
        Id = id,
        HintDigests = [],
        Patients = new Dictionary<string, string>(StringComparer.Ordinal),
        Language = language,
        ProofedAt = _time.GetUtcNow(),
    };

    private async Task<string?> FindAsync(string subjectKey, CancellationToken cancellationToken) =>
        (await _store.FindAccountByHintAsync(_options.Tenant, subjectKey, cancellationToken).ConfigureAwait(false))?.Id
        ?? (await _store.FindDeviceByHandleAsync(_options.Tenant, CardDevice.HandleDigest(subjectKey), cancellationToken).ConfigureAwait(false))?.AccountId;
}
