using MedId.Core;

namespace MedId.Provider;

/// <summary>
/// One person's whole view (row D5): which recipient gets which kind of data, each consent with its history and accesses, consents given beforehand, and the way back. It shows and changes
/// what is the signed-in person's, and nothing else.
/// </summary>
public sealed class ConsentDashboard
{
    private const string Section = "MedId walk, dashboard";
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly TimeProvider _time;
    private readonly DeviceAccess _access;
    private readonly DashboardWithdrawals _withdrawals;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="reach">Tells both parties and the person's other devices of what was taken back.</param>
    /// <param name="time">The clock.</param>
    public ConsentDashboard(IProviderStore store, ProviderOptions options, WithdrawalReach reach, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_store, _options, _time) = (store, options, time);
        _access = new(store, options, time);
        _withdrawals = new(store, options, reach);
    }

    /// <summary>Who holds the device.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The person; refused when the token is unknown, past its end, or for one request only.</returns>
    public async ValueTask<MedIdResult<DashboardPerson>> EnterAsync(string? deviceToken, CancellationToken cancellationToken = default)
    {
        var token = await _access.JudgeTokenAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        if (!token.Succeeded)
        {
            return token.Error;
        }

        var account = await _store.FindAccountAsync(_options.Tenant, token.Value.AccountId, cancellationToken).ConfigureAwait(false);
        return account is null ? Refuse(ProviderErrorCodes.AccountSuspended) : new DashboardPerson(account, token.Value);
    }

    /// <summary>The matrix, the consents given beforehand, and one page of consents.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="query">What of it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The view; refused when the query is outside its limits, or names a consent that is not the person's.</returns>
    public async ValueTask<MedIdResult<DashboardView>> ReadAsync(DashboardPerson person, DashboardQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(person);
        query ??= new();
        if (!query.IsSound)
        {
            return Refuse(ProviderErrorCodes.DashboardQueryRefused);
        }

        var (now, language) = (_time.GetUtcNow(), LanguageOf(person, query));
        var consents = await ListAsync(person, now, cancellationToken).ConfigureAwait(false);
        var first = query.After is null ? 0 : consents.FindIndex(one => one.Consent.Id == query.After) + 1;
        if (query.After is not null && first == 0)
        {
            return Refuse(ProviderErrorCodes.ConsentUnknown);
        }

        var page = new List<DashboardConsent>();
        foreach (var (consent, stands) in consents.Skip(first).Take(query.Limit))
        {
            page.Add(await DescribeAsync(consent, stands, now, query.Lines, language, cancellationToken).ConfigureAwait(false));
        }

        return new DashboardView
        {
            Language = language,
            At = now,
            Recipients = DashboardMatrix.Of(consents, language),
            Standing = await StandingAsync(person, consents.Select(one => one.Consent), now, language, cancellationToken).ConfigureAwait(false),
            Consents = page,
            Total = consents.Count,
            Next = first + page.Count < consents.Count && page.Count > 0 ? page[^1].Id : null,
        };
    }

    /// <summary>One consent.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="consentId">The consent.</param>
    /// <param name="query">Its language and number of lines count.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The consent; refused when the person has no such one.</returns>
    public async ValueTask<MedIdResult<DashboardConsent>> FindConsentAsync(
        DashboardPerson person, string consentId, DashboardQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(consentId);
        query ??= new();
        if (!query.IsSound)
        {
            return Refuse(ProviderErrorCodes.DashboardQueryRefused);
        }

        var now = _time.GetUtcNow();
        var consent = await _store.FindConsentAsync(_options.Tenant, consentId, cancellationToken).ConfigureAwait(false);
        if (consent is null || !string.Equals(consent.Subject, person.AccountId, StringComparison.Ordinal))
        {
            return Refuse(ProviderErrorCodes.ConsentUnknown);
        }

        return await DescribeAsync(
            consent, await StandsAsync(consent, now, cancellationToken).ConfigureAwait(false), now, query.Lines, LanguageOf(person, query), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One row of the matrix.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="clientId">The recipient.</param>
    /// <param name="language">The language of the words; null: that of the account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The row; refused when the person has no consent of this recipient.</returns>
    public async ValueTask<MedIdResult<DashboardRecipient>> FindRecipientAsync(
        DashboardPerson person, string clientId, string? language = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(clientId);
        var query = new DashboardQuery { Language = language };
        if (!query.IsSound)
        {
            return Refuse(ProviderErrorCodes.DashboardQueryRefused);
        }

        var consents = await ListAsync(person, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var row = DashboardMatrix.Of(consents.Where(one => one.Consent.Recipient.ClientId == clientId), LanguageOf(person, query));
        return row.Count == 1 ? row[0] : Refuse(ProviderErrorCodes.DashboardRecipientUnknown);
    }

    /// <summary>One consent given beforehand.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="standingId">The consent given beforehand.</param>
    /// <param name="language">The language of the words; null: that of the account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The consent; refused when the person has no such one.</returns>
    public async ValueTask<MedIdResult<DashboardStanding>> FindStandingAsync(
        DashboardPerson person, string standingId, string? language = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(standingId);
        var query = new DashboardQuery { Language = language };
        if (!query.IsSound)
        {
            return Refuse(ProviderErrorCodes.DashboardQueryRefused);
        }

        var consents = await _store.ListConsentsAsync(_options.Tenant, person.AccountId, cancellationToken).ConfigureAwait(false);
        var standing = await StandingAsync(person, consents, _time.GetUtcNow(), LanguageOf(person, query), cancellationToken).ConfigureAwait(false);
        return standing.FirstOrDefault(one => one.Id == standingId) is { } found ? found : Refuse(ProviderErrorCodes.ConsentUnknown);
    }

    /// <summary>Takes one consent back. From the next introspection on nothing is opened by it.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="consentId">The consent.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Success also when it was withdrawn before; refused when the person has no such consent.</returns>
    public async ValueTask<MedIdResult<Unit>> WithdrawAsync(DashboardPerson person, string consentId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(consentId);
        var outcome = await _withdrawals.ConsentAsync(person, consentId, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return outcome == WithdrawalOutcome.Unknown ? Refuse(ProviderErrorCodes.ConsentUnknown) : Unit.Value;
    }

    /// <summary>Takes back a consent given beforehand, with every consent that was made from it.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="standingId">The consent given beforehand.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Success also when it was withdrawn before; refused when the person has no such one.</returns>
    public async ValueTask<MedIdResult<Unit>> WithdrawStandingAsync(DashboardPerson person, string standingId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(standingId);
        var outcome = await _withdrawals.StandingAsync(person, standingId, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return outcome == WithdrawalOutcome.Unknown ? Refuse(ProviderErrorCodes.ConsentUnknown) : Unit.Value;
    }

    /// <summary>
    /// Takes back everything that a recipient has: each consent that opens something, and each consent given beforehand that names the recipient, which ends for all whom it names.
    /// </summary>
    /// <param name="person">Whose.</param>
    /// <param name="clientId">The recipient.</param>
    /// <param name="cancellationToken">Cancels; what was taken back until then stays so.</param>
    /// <returns>How many were taken back; refused when the person never gave this recipient anything.</returns>
    public async ValueTask<MedIdResult<int>> WithdrawRecipientAsync(DashboardPerson person, string clientId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(clientId);
        return await _withdrawals.RecipientAsync(person, clientId, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is { } ended
            ? ended
            : Refuse(ProviderErrorCodes.DashboardRecipientUnknown);
    }

    private static string LanguageOf(DashboardPerson person, DashboardQuery query) => query.Language ?? (NoticeTexts.Supports(person.Language) ? person.Language : "ja");

    private static MedIdError Refuse(string code) => new(code, ErrorCategory.State, Section);

    private async ValueTask<List<(ConsentRecord Consent, bool Stands)>> ListAsync(DashboardPerson person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var list = new List<(ConsentRecord, bool)>();
        foreach (var consent in await _store.ListConsentsAsync(_options.Tenant, person.AccountId, cancellationToken).ConfigureAwait(false))
        {
            list.Add((consent, await StandsAsync(consent, now, cancellationToken).ConfigureAwait(false)));
        }

        return list;
    }

    private async ValueTask<bool> StandsAsync(ConsentRecord consent, DateTimeOffset now, CancellationToken cancellationToken) =>
        consent.IsActive(now) && await _store.IsConsentActiveAsync(_options.Tenant, consent.Id, consent.Subject, now, cancellationToken).ConfigureAwait(false);

    private async ValueTask<DashboardConsent> DescribeAsync(
        ConsentRecord consent, bool stands, DateTimeOffset now, int lines, string language, CancellationToken cancellationToken) => DashboardReading.Consent(
        consent,
        DashboardReading.State(consent, stands, now),
        await _store.ListConsentEventsAsync(_options.Tenant, consent.Id, cancellationToken).ConfigureAwait(false),
        lines,
        language);

    private async ValueTask<IReadOnlyList<DashboardStanding>> StandingAsync(
        DashboardPerson person, IEnumerable<ConsentRecord> consents, DateTimeOffset now, string language, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var consent in consents)
        {
            // Newest first: the newest name stays.
            names.TryAdd(consent.Recipient.ClientId, consent.Recipient.Name);
        }

        return [.. (await _store.ListStandingConsentsAsync(_options.Tenant, person.AccountId, cancellationToken).ConfigureAwait(false)).Select(consent => DashboardStandings.Describe(consent, names, now, language))];
    }
}
