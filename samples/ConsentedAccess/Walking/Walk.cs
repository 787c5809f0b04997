using System.Net;
using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.Samples.ConsentedAccess;

/// <summary>
/// One walk: enrolment, the ten steps, what comes after. It steers only what people do (the proofing desk, the doctor, the patient) and judges what the servers
/// reported against the scenario's expectations.
/// </summary>
internal sealed class Walk(World world, Scenario scenario, StepFeed feed, IPresenter presenter)
{
    private const int FirstOfRead = 6;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>More than the sample OP's interval: a poll before its time would be told to slow down.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    private readonly Lazy<Browser> _browser = new(() => new(world.Direct(HostRole.PatientOp), world.Files.PasskeyOrigin, world.Calls, feed));
    private readonly ProxyWalk _proxy = new(world);
    private int _shown = -1;
    private string? _access;

    /// <summary>What the doctor saw; null when nothing.</summary>
    public JsonNode? Seen { get; private set; }

    /// <summary>What the doctor saw at the second read; null when there was none.</summary>
    public JsonNode? ReadAgain { get; private set; }

    /// <summary>The consent history; null when the patient did not look.</summary>
    public JsonNode? History { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await world.StartServersAsync(scenario, cancellationToken);
        await EnrolAsync(cancellationToken);
        if (scenario.LastGoodStep >= 0 && scenario.Ticket == TicketKind.Fresh)
        {
            await AccessAsync(cancellationToken);
        }

        await WaitForRefusalsAsync(cancellationToken);
        await LookAtEhrAsync(cancellationToken);
        feed.ThrowIfFailed();
        ThrowIfUnexpected();
        Verdict.Check(scenario, Seen, History, feed.Reports);
        Verdict.CheckNothing(ReadAgain);
    }

    /// <summary>Tells the steps that were not told yet, up to the end or to where the walk failed.</summary>
    public void ShowRest(int end)
    {
        for (var step = _shown + 1; step < end; step++)
        {
            Show(step, feed.Reports);
        }
    }

    private async Task EnrolAsync(CancellationToken cancellationToken)
    {
        var ticket = await TicketAsync(scenario.Ticket == TicketKind.Expired ? 1 : null, cancellationToken);
        if (scenario.Ticket == TicketKind.Expired)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
        }

        if (scenario.Passkey)
        {
            await _browser.Value.EnrolAsync(ticket, cancellationToken);
        }
        else
        {
            await world.StartPhoneAsync(HostRole.Phone, ticket, scenario.PhoneFlags, cancellationToken);
        }

        await WaitForStepAsync(WalkSteps.Enrolment, cancellationToken);
        if (scenario.Ticket == TicketKind.Replayed)
        {
            await world.StartPhoneAsync(HostRole.OtherPhone, ticket, [], cancellationToken);
        }

        if (scenario is { Gate: GateAct.KillAfterStep, KillAfter: WalkSteps.Enrolment })
        {
            await world.KillAndRestartAsync(HostRole.PatientOp, cancellationToken);
        }
    }

    private async Task<string> TicketAsync(int? lifetimeSeconds, CancellationToken cancellationToken)
    {
        var desk = new JsonObject { ["account"] = scenario.ByProxy ? SampleFiles.ParentAccount : SampleFiles.Account };
        if (scenario.ByProxy)
        {
            await _proxy.RegisterAsync(cancellationToken);
        }

        if (lifetimeSeconds is { } seconds)
        {
            desk["lifetime"] = seconds;
        }

        var answer = await world.Calls.PostAsync(world.Direct(HostRole.PatientOp) + "/sample/tickets", desk, cancellationToken);
        return answer["ticket"]!.GetValue<string>();
    }

    private async Task AccessAsync(CancellationToken cancellationToken)
    {
        await AgreeBeforehandAsync(cancellationToken);
        var ehr = world.Direct(HostRole.Ehr);
        await world.Calls.PostAsync(ehr + "/doctor/sign-in", new JsonObject { ["username"] = SampleFiles.DoctorName, ["password"] = SampleFiles.DoctorPassword }, cancellationToken);
        var started = await world.Calls.PostAsync(ehr + "/accesses", WalkAccess.Body(scenario), cancellationToken, HttpStatusCode.Accepted);
        _access = ehr + "/accesses/" + started["access"]!.GetValue<string>();
        if (scenario.LastGoodStep < WalkSteps.Last)
        {
            if (scenario.Gate == GateAct.LatePoll)
            {
                await feed.WaitAsync(reports => Unexpected(reports) is not null || reports.Any(report => report is { Step: 5, Ok: false, Role: HostRole.Ehr }), "the EHR giving up", cancellationToken);
                await Task.Delay(PollInterval, cancellationToken);
                await world.Gate!.PollLateAsync();
            }

            return;
        }

        if (scenario.Passkey)
        {
            // Nobody rings at a browser: the person looks once the doctor has said so.
            await WaitForStepAsync(2, cancellationToken);
            await _browser.Value.ConsentAsync(cancellationToken);
        }

        await WaitForStepAsync(WalkSteps.Last, cancellationToken);
        if (scenario.Told is not null)
        {
            // Told afterwards: the phone may come to it when the doctor has read already.
            await WaitForStepAsync(4, cancellationToken);
        }

        Seen = await world.Calls.GetAsync(_access, cancellationToken);
        if (scenario is { Gate: GateAct.KillAfterStep, KillAfter: 9 })
        {
            await world.KillAndRestartAsync(HostRole.PatientOp, cancellationToken);
        }

        await AfterwardsAsync(_access, cancellationToken);
    }

    private async Task AgreeBeforehandAsync(CancellationToken cancellationToken)
    {
        if (scenario.Beforehand?.DeepClone() is JsonObject composition)
        {
            composition["resource"] = SampleFiles.Resource(world.Routes);
            var given = await world.Calls.PostAsync(world.Direct(HostRole.Phone) + "/standing", composition, cancellationToken);
            if (given["code"]?.GetValue<string>() is { } code)
            {
                scenario = scenario with { Access = WalkAccess.Tell(scenario.Access, code), Again = WalkAccess.Tell(scenario.Again, code) };
            }
        }
    }

    private async Task AfterwardsAsync(string access, CancellationToken cancellationToken)
    {
        if (scenario.Passkey)
        {
            History = await _browser.Value.HistoryAsync(cancellationToken);
            return;
        }

        var phone = world.Direct(HostRole.Phone);
        History = await world.Calls.GetAsync(phone + "/history", cancellationToken);
        switch (scenario.Afterwards)
        {
            case Afterwards.WithdrawAndReadAgain:
                var consent = History["consents"]![0]!["id"]!.GetValue<string>();
                await world.Calls.PostAsync(phone + "/withdraw", new JsonObject { ["consent"] = consent }, cancellationToken);
                ReadAgain = await world.Calls.PostAsync(access + "/read", [], cancellationToken);
                History = await world.Calls.GetAsync(phone + "/history", cancellationToken);
                break;
            case Afterwards.EndTheRelation:
                ProxyWalk.GivenForOthers(History);
                await _proxy.EndAsync(cancellationToken);
                ReadAgain = await world.Calls.PostAsync(access + "/read", [], cancellationToken);
                History = ProxyWalk.GivenForOthers(await world.Calls.GetAsync(phone + "/history", cancellationToken));
                break;
            case Afterwards.ReadOtherPatient:
                ReadAgain = await world.Calls.PostAsync(access + "/read", new JsonObject { ["patient"] = SampleFiles.OtherPatient }, cancellationToken);
                break;
            case Afterwards.AskAgain:
                await new SecondAccess(world, feed).RefuseAsync(scenario, cancellationToken);
                break;
            case Afterwards.RefreshThenWithdraw:
                History = await new ReuseActs(world, feed).RefreshThenWithdrawAsync(access, History, cancellationToken);
                break;
            case Afterwards.ReadLater:
                History = await new ReuseActs(world, feed).ReadLaterAsync(access, cancellationToken);
                break;
            case Afterwards.ChangeNotice:
                (ReadAgain, History) = await new ReuseActs(world, feed).ChangeNoticeAsync(scenario, access, cancellationToken);
                break;
            case Afterwards.LoseThePhone:
                var desk = world.Direct(HostRole.PatientOp) + "/sample/";
                var account = new JsonObject { ["account"] = SampleFiles.Account };
                var lost = await world.Calls.PostAsync(desk + "losses", account, cancellationToken);
                ReadAgain = await world.Calls.PostAsync(access + "/read", [], cancellationToken);
                var weak = await world.Calls.PostAsync(desk + "tickets", With(account, "level", "basic"), cancellationToken, HttpStatusCode.Conflict);
                feed.Add(new StepReport(HostRole.MainJob, WalkSteps.After, "recovery by a weaker check", weak["code"]!.ToString(), [], [], 0, feed.Elapsed));
                var again = await world.Calls.PostAsync(desk + "tickets", With(account, "replaces", lost["device"]!.ToString()), cancellationToken);
                await world.StartPhoneAsync(HostRole.OtherPhone, again["ticket"]!.ToString(), [], cancellationToken);
                await feed.WaitAsync(
                    reports => Unexpected(reports) is not null || reports.Any(report => report is { Ok: true, Step: WalkSteps.Enrolment, Role: HostRole.OtherPhone }), "the new phone's enrolment", cancellationToken);
                History = await world.Calls.GetAsync(world.Direct(HostRole.OtherPhone) + "/history", cancellationToken);
                break;
            default:
                break;
        }
    }

    private static JsonObject With(JsonObject body, string name, string value)
    {
        var more = body.DeepClone().AsObject();
        more[name] = value;
        return more;
    }

    /// <summary>Waits until a step is done, or until a refusal of it came; what is expected and what is not is judged at once.</summary>
    private async Task WaitForStepAsync(int step, CancellationToken cancellationToken)
    {
        await feed.WaitAsync(
            reports =>
            {
                ShowDone(reports);
                return WalkSteps.IsDone(step, reports, scenario.Told is not null) || Unexpected(reports) is not null || (step > scenario.LastGoodStep && AllRefused(reports));
            },
            $"step {step} ({string.Join(", ", WalkSteps.HostsOf(step))})",
            cancellationToken);
        ThrowIfUnexpected();
    }

    private async Task WaitForRefusalsAsync(CancellationToken cancellationToken)
    {
        await feed.WaitAsync(
            reports => Unexpected(reports) is not null || AllRefused(reports),
            "the refusals " + string.Join(", ", scenario.Refusals.Select(refusal => $"[{refusal.Step}] {refusal.Role} {refusal.Code}")),
            cancellationToken);
        ThrowIfUnexpected();

        // What must not happen after a refusal would have happened by now.
        if (scenario.Refusals.Count > 0 && scenario.LastGoodStep < WalkSteps.Last)
        {
            await Task.Delay(Glance, cancellationToken);
            if (feed.Reports.FirstOrDefault(report => report.Ok && report.Step > Math.Max(scenario.LastGoodStep, 0) + 1 && report.Step is >= 5 and <= WalkSteps.Last) is { } leak)
            {
                throw new WalkFailedException(leak.Role, $"after the refusal {leak.Role} still reported \"{leak.Name}\"", leak.Step, leak.Code);
            }
        }

        for (var step = 0; step <= scenario.LastGoodStep; step++)
        {
            if (!WalkSteps.IsDone(step, feed.Reports, scenario.Told is not null))
            {
                throw new WalkFailedException(null, $"step {step} was not reported by all of {string.Join(", ", WalkSteps.HostsOf(step))}", step);
            }
        }
    }

    /// <summary>What the EHR has where the walk had to end early: nothing.</summary>
    private async Task LookAtEhrAsync(CancellationToken cancellationToken)
    {
        if (Seen is null && _access is not null)
        {
            Seen = await world.Calls.GetAsync(_access, cancellationToken);
        }
    }

    private bool AllRefused(IReadOnlyList<StepReport> reports) => scenario.Refusals.All(refusal => reports.Any(refusal.IsShownBy));

    private StepReport? Unexpected(IReadOnlyList<StepReport> reports) =>
        reports.FirstOrDefault(report => !report.Ok && !scenario.Refusals.Any(refusal => refusal.IsShownBy(report)));

    private void ThrowIfUnexpected()
    {
        if (Unexpected(feed.Reports) is { } report)
        {
            throw new WalkFailedException(report.Role, $"{report.Role} refused \"{report.Name}\", which this scenario does not expect", report.Step, report.Code);
        }
    }

    /// <summary>Tells which steps are whole: one of the first six when a later step has begun; 6 to 10 nest in each other and are whole at the end.</summary>
    private void ShowDone(IReadOnlyList<StepReport> reports)
    {
        var latest = reports.Count == 0 ? -1 : reports.Max(report => report.Step);
        while (_shown + 1 < Math.Min(latest, FirstOfRead) && WalkSteps.IsDone(_shown + 1, reports, scenario.Told is not null))
        {
            Show(_shown + 1, reports);
        }
    }

    private void Show(int step, IReadOnlyList<StepReport> reports)
    {
        _shown = step;
        if (reports.Where(report => report.Step == step).ToList() is { Count: > 0 } own)
        {
            presenter.StepDone(step, own);
        }
    }
}
