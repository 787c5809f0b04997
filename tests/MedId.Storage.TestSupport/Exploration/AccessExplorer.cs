using System.Diagnostics;
using MedId.Ciba.Server;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Testing;

namespace MedId.Storage.TestSupport.Exploration;

/// <summary>
/// Breadth-first search over the distinct states that any order of events can bring a store to. Every event is run in every state at every node; what it
/// answers and leaves is compared with <see cref="AccessModel"/> and judged by the invariants.
/// </summary>
internal sealed class AccessExplorer(AccessSubject subject, int depth)
{
    private readonly Dictionary<string, List<string>> _violations = new(StringComparer.Ordinal);

    public int States { get; private set; }

    public int Transitions { get; private set; }

    public int Crashes { get; private set; }

    public int DeathsInside { get; private set; }

    public TimeSpan Took { get; private set; }

    /// <summary>Answers that came, by event: what was never seen was never tested.</summary>
    public HashSet<(AccessEvent What, object Answer)> Seen { get; } = [];

    public IReadOnlyList<string> Violations(string invariant) => _violations.GetValueOrDefault(invariant) ?? [];

    public IReadOnlyDictionary<string, List<string>> AllViolations => _violations;

    public async Task<AccessExplorer> ExploreAsync()
    {
        var watch = Stopwatch.StartNew();
        var first = new Node(new(), [], await subject.DumpAsync(), subject.Save([]));
        var known = new Dictionary<(string Dump, int Clock), AccessModel> { [(first.Dump, 0)] = first.Model };
        var level = new List<Node> { first };
        for (var step = 0; step < depth; step++)
        {
            var next = new List<Node>();
            foreach (var from in level)
            {
                await subject.RestoreAsync(from.Saved);
                await JudgeStateAsync(from);
                foreach (var what in Enum.GetValues<AccessEvent>())
                {
                    if (what == AccessEvent.TimePasses && from.Model.Clock == AccessModel.Instants.Count - 1)
                    {
                        continue;
                    }

                    if (await StepAsync(from, what, known) is { } reached)
                    {
                        next.Add(reached);
                    }
                }
            }

            level = next;
        }

        foreach (var last in level)
        {
            await subject.RestoreAsync(last.Saved);
            await JudgeStateAsync(last);
        }

        States = known.Count;
        Took = watch.Elapsed;
        return this;
    }

    private async Task<Node?> StepAsync(Node from, AccessEvent what, Dictionary<(string Dump, int Clock), AccessModel> known)
    {
        var at = from.Model.At;
        var (expected, after) = from.Model.Expect(what);
        var path = (IReadOnlyList<AccessEvent>)[.. from.Path, what];

        if (await subject.DieInsideAsync(what, at) is { } kept)
        {
            DeathsInside++;
            Require(!kept, Invariant.CrashBeforeCommitChangesNothing, path, "something was kept");
        }

        string? dump = null;
        foreach (var node in subject.Nodes)
        {
            var trail = await node.Store.FindAuditHeadAsync(node.Tenant);
            var answer = await AccessSubject.RunAsync(node, what, at);
            await JudgeTrailAsync(node, trail, from.Model, what, answer, path);
            Transitions++;
            Seen.Add((what, answer));
            JudgeAnswer(from.Model, what, answer, expected, path);
            var left = await subject.DumpAsync();
            Require(dump is null || dump == left, Invariant.EveryNodeDecidesAlike, path, "the nodes left different states");
            dump = left;
            if (left != from.Dump && !ReferenceEquals(node, subject.Nodes[^1]))
            {
                await subject.RestoreAsync(from.Saved);
            }
        }

        Node? reached = null;
        if (!known.TryGetValue((dump!, after.Clock), out var model))
        {
            known.Add((dump!, after.Clock), after);
            reached = new(after, path, dump!, subject.Save(path));
        }
        else
        {
            Require(model == after, Invariant.TheStoreForgetsNothing, path, $"one stored state for two histories: {model} and {after}");
        }

        if (dump != from.Dump)
        {
            await subject.RestoreAsync(from.Saved);
        }

        return reached;
    }

    private void JudgeAnswer(AccessModel model, AccessEvent what, object answer, object expected, IReadOnlyList<AccessEvent> path)
    {
        var said = $"answered {answer}, expected {expected}";
        Require(answer.Equals(expected), what is AccessEvent.Poll or AccessEvent.PollOfAnotherClient ? Invariant.PollAnswersInOrder : Invariant.EveryVerbAnswersAsTheRulesSay, path, said);
        if (what == AccessEvent.Redeem && answer.Equals(true))
        {
            Require(model.TokenSets == 0, Invariant.AtMostOneTokenSet, path, said);
            Require(model.ApprovedNarrow is not null, Invariant.NoRedemptionWithoutApproval, path, said);
            Require(!model.Withdrawn, Invariant.NothingAfterWithdrawal, path, said);
            Require(!model.Closed && !model.Suspended, Invariant.NothingAfterSuspension, path, said);
            Require(!model.RequestOver, Invariant.ExpiredStaysExpired, path, said);
        }

        if (what is AccessEvent.Approve or AccessEvent.Narrow && answer.Equals(ApprovalOutcome.Approved))
        {
            Require(!model.RequestOver, Invariant.ExpiredStaysExpired, path, said);
            Require(!model.Suspended, Invariant.NothingAfterSuspension, path, said);
        }

        if (what == AccessEvent.Refresh && answer.Equals(RefreshOutcome.Rotated))
        {
            Require(!model.Withdrawn, Invariant.NothingAfterWithdrawal, path, said);
        }
    }

    /// <summary>No act without its line, no line without its act, and each linked to the one before.</summary>
    private async Task JudgeTrailAsync(StoreScene node, AuditHead before, AccessModel model, AccessEvent what, object answer, IReadOnlyList<AccessEvent> path)
    {
        var expected = what switch
        {
            AccessEvent.Approve or AccessEvent.Narrow => answer.Equals(ApprovalOutcome.Approved),
            AccessEvent.Deny or AccessEvent.Redeem => answer.Equals(true),
            AccessEvent.Refresh => !answer.Equals(RefreshOutcome.Unknown),
            AccessEvent.Withdraw => answer.Equals(WithdrawalOutcome.Withdrawn),
            AccessEvent.Suspend => !model.Suspended,
            AccessEvent.Reactivate => model.Suspended,
            _ => false,
        };
        var report = AuditVerifier.Verify(before, await node.Store.ListAuditAsync(node.Tenant, before.Length + 1, 10));
        Require(report.IsWhole && report.Head.Length - before.Length == (expected ? 1 : 0), Invariant.EveryActHasItsAuditLine, path, $"answered {answer}, {report.Head.Length - before.Length} lines, {report.Error}");
    }

    private async Task JudgeStateAsync(Node node)
    {
        var (model, path) = (node.Model, node.Path);
        foreach (var scene in subject.Nodes)
        {
            var view = await AccessSubject.ViewAsync(scene, model.At);
            var said = $"{model}: {view with { Whole = string.Empty }}";
            Require(view.TokenLines == model.TokenSets && view.TokenLines <= 1, Invariant.AtMostOneTokenSet, path, said);
            Require(view.ConsentRecorded == model.ApprovedNarrow is not null, Invariant.ConsentExactlyWhenApproved, path, said);
            Require(view.Status != CibaStatus.Approved || model.ApprovedNarrow is not null, Invariant.NoRedemptionWithoutApproval, path, said);
            Require(!model.Withdrawn || (!view.ConsentActive && !view.FirstRefreshKnown && !view.SecondRefreshKnown), Invariant.NothingAfterWithdrawal, path, said);
            Require(!model.Suspended || !view.ConsentActive, Invariant.NothingAfterSuspension, path, said);
            Require(view.ConsentActive == model.ConsentActive, Invariant.EveryVerbAnswersAsTheRulesSay, path, said);
            var granted = model.ApprovedNarrow switch { null => 0, true => 1, false => 3 };
            Require((view.GrantedScopes ?? 0) <= granted && (view.ConsentedScopes ?? 0) == granted, Invariant.NarrowedStaysNarrowed, path, said);
        }

        if (await subject.CrashAsync(model.At) is { } crash)
        {
            Crashes++;
            Require(crash.Dump == node.Dump, Invariant.CrashLosesNothing, path, "another state after the crash");
            Require(crash.Redeemed == model.Redeemable, Invariant.ApprovedIsRedeemableAfterCrash, path, $"redeemed {crash.Redeemed}, {model}");
        }
    }

    private void Require(bool holds, string invariant, IReadOnlyList<AccessEvent> path, string said)
    {
        if (!holds)
        {
            if (!_violations.TryGetValue(invariant, out var list))
            {
                _violations.Add(invariant, list = []);
            }

            list.Add($"{string.Join(" → ", path)}: {said}");
        }
    }

    private sealed record Node(AccessModel Model, IReadOnlyList<AccessEvent> Path, string Dump, object Saved);
}
