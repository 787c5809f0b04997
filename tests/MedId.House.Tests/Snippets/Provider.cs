using MedId.Core;
using MedId.Provider;

namespace MedId.House.Tests.Snippets;

internal static class Provider
{
    public static async Task<string> EnrolAsync(EnrolmentDesk desk)
    {
        #region Provider_Enrolment
        // After the person was proofed: one ticket, for one device, for a short time. The store keeps only its digest.
        MedIdResult<string> ticket = await desk.IssueTicketAsync("account-1");
        if (!ticket.Succeeded)
        {
            return $"no ticket: {ticket.Error.Code}";
        }

        return ticket.Value;
        #endregion
    }

    public static async Task<string> LoseAsync(LifeCycleDesk desk, string deviceId, LifeCycleActor clerk)
    {
        #region Provider_LostPhone
        // Told at the desk by somebody without any device: tokens that its acts gave are inactive at the next introspection.
        MedIdResult<Device> lost = await desk.ChangeDeviceAsync("account-1", deviceId, DeviceEvent.ReportLost, clerk);

        // The new phone takes the old one's place in the step that binds it. A check weaker than that behind what was lost is refused.
        MedIdResult<string> ticket = await desk.IssueTicketAsync("account-1", clerk, ProofingLevel.Substantial, replaces: deviceId);
        #endregion
        return $"{lost} {ticket}";
    }

    public static async Task HistoryAsync(ConsentHistory history, string deviceToken)
    {
        #region Provider_History
        var consents = await history.ListAsync(deviceToken);
        if (consents.Succeeded)
        {
            foreach (var entry in consents.Value)
            {
                Console.WriteLine($"{entry.Consent.Recipient.Name}: {entry.Consent.Status}, {entry.Events.Count} events");
            }
        }

        // From the next introspection on, nothing is opened by this consent.
        MedIdResult<Unit> withdrawn = await history.WithdrawAsync(deviceToken, "consent-1");
        #endregion
        Console.WriteLine(withdrawn);
    }

    public static async Task<string> DashboardAsync(ConsentDashboard dashboard, string deviceToken)
    {
        #region Provider_Dashboard
        MedIdResult<DashboardPerson> person = await dashboard.EnterAsync(deviceToken);
        if (!person.Succeeded)
        {
            return person.Error.Code;
        }

        // Recipient by kind of data over all consents, in words; then the consents with accesses and history, newest first.
        MedIdResult<DashboardView> view = await dashboard.ReadAsync(person.Value, new() { Language = "en" });
        foreach (var recipient in view.Value!.Recipients)
        {
            Console.WriteLine($"{recipient.Recipient.Name}: {string.Join(", ", recipient.Cells.Select(cell => $"{cell.Text.Text} {cell.State}"))}");
        }

        // Everything that this recipient has, with what was given beforehand.
        MedIdResult<int> ended = await dashboard.WithdrawRecipientAsync(person.Value, "ehr-clinic-a");
        #endregion
        return ended.ToString();
    }

    #region Provider_Notifier
    public sealed class HospitalPush(HttpClient push) : IDeviceNotifier
    {
        // Nothing but the opaque id leaves: no name, no recipient, no binding message.
        public async ValueTask<bool> NotifyAsync(string pushAddress, string requestId, CancellationToken cancellationToken = default)
        {
            using var body = new StringContent($$"""{"id":"{{requestId}}"}""", System.Text.Encoding.UTF8, "application/json");
            using var answer = await push.PostAsync(new Uri(pushAddress), body, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
    }
    #endregion

    public static void Reuse(ProviderOptions options)
    {
        #region Provider_Reuse
        // One client may come again without asking, for thirty days; everybody else asks at every access. The patient is shown which.
        options.ReuseByClient["ehr-clinic-a"] = new(ConsentReuse.RefreshToken, TimeSpan.FromDays(30));

        // What is said about it, in versions: a later one with a material change asks again.
        options.Notices.Add(new()
        {
            ClientId = "ehr-clinic-a",
            Version = 1,
            PublishedAt = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
            Controllers = ["clinic-a"],
            Purposes = ["TREAT"],
            Data = ["*"],
            Retention = ["P5Y"],
            Statements = [new("notice_retention", "受け取った情報は5年間保存されます。", "What is received is kept for five years.")],
        });

        // Which laws each consent is held against, or why none: there is no default.
        options.Laws = LawPolicy.In("JP");
        #endregion
    }
}
