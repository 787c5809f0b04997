using System.Reflection;
using static MedId.Consent.Tests.CollectorScene;

namespace MedId.Consent.Tests;

public sealed class ConsentManagerTests
{
    private readonly CollectorScene _scene = new();

    [Fact]
    public void Handle_WholeLife_GoesFromTheRequestToBothSidesTold()
    {
        var opened = _scene.Manager.Open(_scene.Asked(), Now).Value!;
        var granted = _scene.Manager.Handle(opened.State, _scene.Answered(Grant), Now).Value!;
        Assert.Equal(ArtefactStatus.Given, granted.State.Status);
        Assert.Equal(["hospital", "clinic"], granted.Outgoing.Cast<ArtefactIssued>().Where(m => m.Artefact == Grant && m.SignatureDigest == Digest).Select(m => m.To));
        Assert.Equal(Grant.Id, granted.ReplayKey!.Id);

        var state = granted.Outgoing.Aggregate(granted.State, (s, m) => _scene.Manager.Handle(s, _scene.Acknowledge(m), Now).Value!.State);
        Assert.Empty(state.Untold);

        var requested = _scene.Manager.Handle(state, _scene.Revocation(), Now).Value!;
        Assert.Equal((ManagedStep.RevocationRequested, ArtefactStatus.Withdrawn), (requested.State.Step, requested.State.Status));
        var processed = Assert.IsType<RevocationProcessed>(Assert.Single(requested.Outgoing));

        var confirmed = _scene.Manager.Handle(requested.State, processed, Now).Value!;
        Assert.Equal(ManagedStep.RevocationConfirmed, confirmed.State.Step);
        Assert.Equal("patient", Assert.IsType<RevocationConfirmed>(confirmed.Outgoing[0]).To);
        Assert.Equal([("hospital", ArtefactStatus.Withdrawn), ("clinic", ArtefactStatus.Withdrawn)], confirmed.Outgoing.Skip(1).Cast<StatusTold>().Select(m => (m.To, m.Status)));

        var one = _scene.Manager.Handle(confirmed.State, _scene.Acknowledge(confirmed.Outgoing[1]), Now).Value!;
        Assert.Equal(ManagedStep.RevocationConfirmed, one.State.Step);
        var both = _scene.Manager.Handle(one.State, _scene.Acknowledge(confirmed.Outgoing[2]), Now).Value!;
        Assert.Equal(ManagedStep.Revoked, both.State.Step);
        Assert.Equal(
            ["CONSENT-REQUESTED", "CONSENT-CREATED", "REVOCATION-REQUESTED", "CONSENT-REVOKED", "REVOCATION-CONFIRMED", "TOLD", "TOLD"],
            new[] { opened, granted, requested, confirmed, one, both }.SelectMany(s => s.Log).Select(l => l.Event));
    }

    [Fact]
    public void Handle_Denied_TellsTheConsumerOnly()
    {
        var step = _scene.Manager.Handle(_scene.Open(), _scene.Answered(null), Now).Value!;

        Assert.Equal(ManagedStep.Denied, step.State.Step);
        Assert.Equal(("clinic", ArtefactStatus.Denied), (step.Outgoing.Cast<StatusTold>().Single().To, step.Outgoing.Cast<StatusTold>().Single().Status));
    }

    [Fact]
    public void Handle_PauseAndResume_TellsBoth()
    {
        var paused = _scene.Manager.Handle(_scene.Granted(), _scene.Pause(resume: false), Now).Value!;
        var resumed = _scene.Manager.Handle(paused.State, _scene.Pause(resume: true), Now).Value!;

        Assert.Equal((ArtefactStatus.Paused, ArtefactStatus.Given), (paused.State.Status, resumed.State.Status));
        Assert.Equal(4, paused.Outgoing.Concat(resumed.Outgoing).OfType<StatusTold>().Count());
        Assert.Equal(ConsentErrorCodes.MessageState, _scene.Manager.Handle(resumed.State, _scene.Pause(resume: true), Now).Error?.Code);
    }

    [Fact]
    public void Lapse_AtTheEnd_ExpiresAndTells()
    {
        var granted = _scene.Granted();
        var end = Grant.ExpiresAt!.Value;

        Assert.Null(_scene.Manager.Lapse(granted, end.AddTicks(-1)));
        var step = _scene.Manager.Lapse(granted, end)!;
        Assert.Equal((ManagedStep.Expired, 2), (step.State.Step, step.Outgoing.Count));
        Assert.Null(_scene.Manager.Lapse(step.State, end));
    }

    [Fact]
    public void Lapse_NoAnswer_TellsTheConsumerOnly()
    {
        var open = _scene.Open();

        Assert.Null(_scene.Manager.Lapse(open, Now.AddMinutes(10).AddTicks(-1)));
        Assert.Equal("clinic", Assert.Single(_scene.Manager.Lapse(open, Now.AddMinutes(10))!.Outgoing).To);
        Assert.Equal(ConsentErrorCodes.MessageState, _scene.Manager.Handle(open, _scene.Answered(Grant), Now.AddMinutes(10)).Error?.Code);
    }

    public static TheoryData<string> Wider => ["subject", "provider", "recipient", "end", "data", "action", "purpose", "range", "frequency", "exceptions", "default"];

    [Theory]
    [MemberData(nameof(Wider))]
    public void Handle_GrantBeyondTheTerms_IsRefused(string what)
    {
        var clause = Grant.Clauses[0];
        var grant = what switch
        {
            "subject" => Grant with { Subject = new() { Id = "other" } },
            "provider" => Grant with { Provider = new() { Id = "other" } },
            "recipient" => Grant with { Recipient = new() { Id = "other" } },
            "end" => Grant with { ExpiresAt = Terms.ExpiresAt!.Value.AddTicks(1) },
            "data" => Grant with { Clauses = [clause with { Data = [new() { Code = "Condition" }] }] },
            "action" => Grant with { Clauses = [clause with { Actions = [ArtefactAction.Use] }] },
            "purpose" => Grant with { Clauses = [clause with { Purposes = [new("urn:example:purpose", "HPAYMT")] }] },
            "range" => Grant with { Clauses = [clause with { DataFrom = Now.AddYears(-1).AddTicks(-1) }] },
            "frequency" => Grant with { Clauses = [clause with { Frequency = new(ArtefactTimeUnit.Day, 3) }] },
            "exceptions" => Grant with { Clauses = [clause with { Recipient = new() { Id = "other" } }] },
            _ => Grant with { Clauses = [clause with { Frequency = null }] },
        };

        Assert.Equal(ConsentErrorCodes.GrantWider, _scene.Manager.Handle(_scene.Open(), _scene.Answered(grant), Now).Error?.Code);
    }

    // Data life is for what is stored, and what is stored has one (account aggregator tests).
    [Fact]
    public void Open_DataLifeAndStore_GoTogether()
    {
        ConsentArtefact With(ArtefactRetention? life, params ArtefactAction[] actions) => Terms with { Clauses = [Terms.Clauses[0] with { Retention = life, Actions = [.. actions] }] };
        string? Code(ConsentArtefact terms) => _scene.Manager.Open(_scene.Asked(terms), Now).Error?.Code;

        Assert.Null(Code(With(ArtefactRetention.For(ArtefactTimeUnit.Month, 1), ArtefactAction.Store)));
        Assert.Null(Code(With(ArtefactRetention.For(ArtefactTimeUnit.Month, 0), ArtefactAction.View)));
        Assert.Equal(ConsentErrorCodes.Terms, Code(With(ArtefactRetention.For(ArtefactTimeUnit.Month, 0), ArtefactAction.Store)));
        Assert.Equal(ConsentErrorCodes.Terms, Code(With(null, ArtefactAction.Store)));
        Assert.Equal(ConsentErrorCodes.Terms, Code(With(ArtefactRetention.For(ArtefactTimeUnit.Month, 1), ArtefactAction.View)));
    }

    [Fact]
    public void Open_TermsOfOthersOrWithoutEnd_AreRefused()
    {
        string? Code(ConsentArtefact terms) => _scene.Manager.Open(_scene.Asked(terms), Now).Error?.Code;

        Assert.All([Terms with { Recipient = new() { Id = "other" } }, Terms with { Collector = new() { Id = "other" } }, Terms with { ExpiresAt = null }, Terms with { ExpiresAt = Now }, Terms with { Subject = null }, Terms with { PermitByDefault = true }, Terms with { Clauses = [] }],
            terms => Assert.Equal(ConsentErrorCodes.Terms, Code(terms)));
    }

    [Fact]
    public void Handle_IdThatIsNoUuid_IsRefused() =>
        Assert.Equal(ConsentErrorCodes.Terms, _scene.Manager.Handle(_scene.Open(), _scene.Answered(Grant with { Id = "consent-1" }), Now).Error?.Code);

    [Fact]
    public void Handle_MessageOfSomebodyElse_IsRefused()
    {
        var granted = _scene.Granted();

        Assert.Equal(ConsentErrorCodes.MessageState, _scene.Manager.Handle(granted, _scene.Revocation("clinic"), Now).Error?.Code);
        Assert.Equal(ConsentErrorCodes.MessageState, _scene.Manager.Handle(_scene.Open(), _scene.Answered(Grant) with { From = "clinic" }, Now).Error?.Code);
        Assert.Equal(ConsentErrorCodes.MessageState, _scene.Manager.Handle(granted, new MessageAcknowledged { Id = Id(1), At = Now, From = "clinic", To = "cm", ConsentId = Grant.Id, MessageId = granted.Untold.First(u => u.Value == "hospital").Key }, Now).Error?.Code);
        Assert.Equal(ConsentErrorCodes.MessageState, _scene.Manager.Handle(granted, _scene.Answered(Grant), Now).Error?.Code);
    }

    [Fact]
    public void Handle_TransferAfterTheEnd_IsLoggedForAnInquiry()
    {
        var granted = _scene.Granted();
        var revoked = _scene.Manager.Handle(granted, _scene.Revocation(), Now).Value!.State;

        Assert.Equal("DATA-SENT", _scene.Manager.Handle(granted, _scene.Report(sent: true), Now).Value!.Log[0].Event);
        Assert.Equal("DATA-SENT-AFTER-END", _scene.Manager.Handle(revoked, _scene.Report(sent: true), Now).Value!.Log[0].Event);
        Assert.Equal("DATA-DENIED", _scene.Manager.Handle(revoked, _scene.Report(sent: false), Now).Value!.Log[0].Event);
    }

    // The manager holds labels only: nothing that it is given, keeps or sends has a place for octets or for a resource.
    [Fact]
    public void Messages_AndStates_HaveNoPlaceForData()
    {
        Type[] roots = [.. typeof(CollectorMessage).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CollectorMessage))), typeof(ManagedConsent), typeof(CollectorLogEntry)];
        var forbidden = new[] { typeof(byte[]), typeof(ReadOnlyMemory<byte>), typeof(Stream), typeof(System.Text.Json.JsonElement), typeof(object) };

        Assert.True(roots.Length > 12);
        Assert.All(roots.SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance)), p => Assert.DoesNotContain(p.PropertyType, forbidden));
    }
}
