using MedId.Core;
using MedId.Provider;

namespace MedId.Samples.PatientAuthOp;

/// <summary>What is to be taken back: one consent, one given beforehand, or all that a recipient has. Found among the signed-in person's own only.</summary>
internal sealed record WithdrawalTarget(string Kind, string Id)
{
    public DashboardConsent? Consent { get; private init; }

    public DashboardRecipient? Recipient { get; private init; }

    /// <summary>The consent given beforehand; with a recipient those that name it.</summary>
    public IReadOnlyList<DashboardStanding> Standing { get; private init; } = [];

    /// <summary>Of a recipient, whether a consent to a trust framework stays, which names nobody and may admit the recipient.</summary>
    public bool LeavesFramework { get; private init; }

    /// <summary>What a form's token is made for.</summary>
    public string Act => $"withdraw {Kind} {Id}";

    /// <summary>Whether there is nothing (any more) that could be taken back.</summary>
    public bool IsOver => Consent is not null ? !Consent.CanWithdraw : Standing.All(one => !one.CanWithdraw) && (Recipient is null || Recipient.ActiveConsents.Count == 0);

    /// <summary>Whether it was taken back; of a recipient, whether all that was given to it is.</summary>
    public bool IsDone => Kind switch
    {
        "consent" => Consent!.WithdrawnAt is not null,
        "standing" => Standing[0].WithdrawnAt is not null,
        _ => IsOver,
    };

    public static async Task<MedIdResult<WithdrawalTarget>> FindAsync(PageContext page, ConsentDashboard dashboard, Func<string, string?> value)
    {
        var (person, language, end) = (page.Person!, page.Texts.Language, page.Http.RequestAborted);
        if (value("recipient") is { } client)
        {
            var recipient = await dashboard.FindRecipientAsync(person, client, language, end);
            var view = await dashboard.ReadAsync(person, new() { Language = language, Limit = 1, Lines = 0 }, end);
            return !recipient.Succeeded ? recipient.Error
                : !view.Succeeded ? view.Error
                : new WithdrawalTarget("recipient", client)
                {
                    Recipient = recipient.Value,
                    Standing = [.. view.Value.Standing.Where(one => one.CanWithdraw && one.Recipients.Any(party => party.ClientId == client))],
                    LeavesFramework = view.Value.Standing.Any(one => one is { TrustFramework: not null, State: DashboardConsentState.Given }),
                };
        }

        if (value("standing") is { } standingId)
        {
            var standing = await dashboard.FindStandingAsync(person, standingId, language, end);
            return standing.Succeeded ? new WithdrawalTarget("standing", standingId) { Standing = [standing.Value] } : standing.Error;
        }

        var id = value("consent") ?? string.Empty;
        var consent = await dashboard.FindConsentAsync(person, id, new() { Language = language, Lines = 0 }, end);
        return consent.Succeeded ? new WithdrawalTarget("consent", id) { Consent = consent.Value } : consent.Error;
    }

    public async Task<MedIdResult<Unit>> WithdrawAsync(PageContext page, ConsentDashboard dashboard)
    {
        var end = page.Http.RequestAborted;
        switch (Kind)
        {
            case "consent":
                return await dashboard.WithdrawAsync(page.Person!, Id, end);
            case "standing":
                return await dashboard.WithdrawStandingAsync(page.Person!, Id, end);
            default:
                var ended = await dashboard.WithdrawRecipientAsync(page.Person!, Id, end);
                return ended.Succeeded ? Unit.Value : ended.Error;
        }
    }
}
