using MedId.Core;
using MedId.Provider;

namespace MedId.Samples.PatientAuthOp;

/// <summary>What is to be taken back: one consent, or all that a recipient has. Found among the signed-in person's own only.</summary>
internal sealed record WithdrawalTarget(string Kind, string Id)
{
    public DashboardConsent? Consent { get; private init; }

    public DashboardRecipient? Recipient { get; private init; }

    /// <summary>What a form's token is made for.</summary>
    public string Act => $"withdraw {Kind} {Id}";

    /// <summary>Whether it was taken back, and nothing of it opens anything now.</summary>
    public bool IsOver => Consent is not null ? Consent.WithdrawnAt is not null : Recipient!.ActiveConsents.Count == 0;

    public static async Task<MedIdResult<WithdrawalTarget>> FindAsync(PageContext page, ConsentDashboard dashboard, Func<string, string?> value)
    {
        var (language, end) = (page.Texts.Language, page.Http.RequestAborted);
        if (value("recipient") is { } client)
        {
            var recipient = await dashboard.FindRecipientAsync(page.Person!, client, language, end);
            return recipient.Succeeded ? new WithdrawalTarget("recipient", client) { Recipient = recipient.Value } : recipient.Error;
        }

        var id = value("consent") ?? string.Empty;
        var consent = await dashboard.FindConsentAsync(page.Person!, id, new() { Language = language, Lines = 0 }, end);
        return consent.Succeeded ? new WithdrawalTarget("consent", id) { Consent = consent.Value } : consent.Error;
    }

    public async Task<MedIdResult<Unit>> WithdrawAsync(PageContext page, ConsentDashboard dashboard)
    {
        if (Recipient is null)
        {
            return await dashboard.WithdrawAsync(page.Person!, Id, page.Http.RequestAborted);
        }

        var ended = await dashboard.WithdrawRecipientAsync(page.Person!, Id, page.Http.RequestAborted);
        return ended.Succeeded ? Unit.Value : ended.Error;
    }
}
