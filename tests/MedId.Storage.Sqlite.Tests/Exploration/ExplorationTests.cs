using MedId.Ciba.Server;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Storage.TestSupport;
using MedId.Storage.TestSupport.Exploration;

namespace MedId.Storage.Sqlite.Tests.Exploration;

/// <summary>
/// One access, explored exhaustively on the stores' own code: poll, approve, narrow, deny, redeem, refresh, withdraw, suspend, reactivate and time in every order to
/// depth 8; on SQLite every event at either of two nodes, with a death inside each transaction and a power cut in each state.
/// </summary>
public sealed class ExplorationTests(ExplorationTests.Explored explored) : IClassFixture<ExplorationTests.Explored>
{
    public static TheoryData<string> Stores => ["sqlite", "memory"];

    [Theory]
    [MemberData(nameof(Stores))]
    public void AnyOrder_TokenSets_AtMostOnePerRequest(string store) => Holds(store, Invariant.AtMostOneTokenSet);

    [Theory]
    [MemberData(nameof(Stores))]
    public void AnyOrder_Redemption_NeverWithoutApproval(string store) => Holds(store, Invariant.NoRedemptionWithoutApproval);

    [Theory]
    [MemberData(nameof(Stores))]
    public void AnyOrder_AfterWithdrawal_NoTokensAndNeverActiveAgain(string store) => Holds(store, Invariant.NothingAfterWithdrawal);

    [Theory]
    [MemberData(nameof(Stores))]
    public void AnyOrder_AfterSuspension_NoTokensForEverAndInactiveWhileItLasts(string store) => Holds(store, Invariant.NothingAfterSuspension);

    [Theory]
    [MemberData(nameof(Stores))]
    public void AnyOrder_Expired_NeverApprovedNorRedeemed(string store) => Holds(store, Invariant.ExpiredStaysExpired);

    [Theory]
    [MemberData(nameof(Stores))]
    public void AnyOrder_Consent_RecordedExactlyWhenApproved(string store) => Holds(store, Invariant.ConsentExactlyWhenApproved);

    [Theory]
    [MemberData(nameof(Stores))]
    public void AnyOrder_Narrowed_NeverYieldsMoreScopesThanGranted(string store) => Holds(store, Invariant.NarrowedStaysNarrowed);

    [Theory]
    [MemberData(nameof(Stores))]
    public void AnyOrder_Poll_AnswersInTheStandardsOrder(string store) => Holds(store, Invariant.PollAnswersInOrder);

    [Theory]
    [MemberData(nameof(Stores))]
    public void AnyOrder_EveryVerb_AnswersAsTheRulesSay(string store) => Holds(store, Invariant.EveryVerbAnswersAsTheRulesSay);

    [Theory]
    [MemberData(nameof(Stores))]
    public void AnyOrder_EveryAct_HasItsAuditLineAndNothingElseHasOne(string store) => Holds(store, Invariant.EveryActHasItsAuditLine);

    [Theory]
    [MemberData(nameof(Stores))]
    public void AnyOrder_StoredState_HoldsAllThatMatters(string store) => Holds(store, Invariant.TheStoreForgetsNothing);

    [Fact]
    public void AnyOrder_TwoNodes_DecideAlike() => Holds("sqlite", Invariant.EveryNodeDecidesAlike);

    [Fact]
    public void AnyOrder_PowerCut_LosesNothing() => Holds("sqlite", Invariant.CrashLosesNothing);

    [Fact]
    public void AnyOrder_DeathInsideATransaction_ChangesNothing() => Holds("sqlite", Invariant.CrashBeforeCommitChangesNothing);

    [Fact]
    public void AnyOrder_ApprovedAndPowerCut_IsStillRedeemable() => Holds("sqlite", Invariant.ApprovedIsRedeemableAfterCrash);

    [Theory]
    [MemberData(nameof(Stores))]
    public void Exploration_EveryAnswerOfEveryVerb_WasSeen(string store)
    {
        // Too often takes twelve polls, more than are explored; the conformance suite has it.
        var seen = explored.Of(store).Seen;
        (AccessEvent, object)[] all =
        [
            .. Enum.GetValues<CibaPollOutcome>().Where(outcome => outcome is not (CibaPollOutcome.Unknown or CibaPollOutcome.PolledTooOften)).Select(outcome => (AccessEvent.Poll, (object)outcome)),
            (AccessEvent.PollOfAnotherClient, CibaPollOutcome.Unknown),
            .. Enum.GetValues<ApprovalOutcome>().Where(outcome => outcome is not (ApprovalOutcome.CounterMoved or ApprovalOutcome.DeviceNotActive or ApprovalOutcome.StandingConsentNotActive or ApprovalOutcome.RelationNotActive))
                .SelectMany(outcome => new[] { (AccessEvent.Approve, (object)outcome), (AccessEvent.Narrow, outcome) }),
            (AccessEvent.Deny, true), (AccessEvent.Deny, false), (AccessEvent.Redeem, true), (AccessEvent.Redeem, false),
            .. Enum.GetValues<RefreshOutcome>().Select(outcome => (AccessEvent.Refresh, (object)outcome)),
            .. Enum.GetValues<WithdrawalOutcome>().Select(outcome => (AccessEvent.Withdraw, (object)outcome)),
            (AccessEvent.Suspend, true), (AccessEvent.Reactivate, true), (AccessEvent.TimePasses, true),
        ];
        Assert.Equal(all.ToHashSet(), seen);
        TestContext.Current.TestOutputHelper?.WriteLine(explored.Report(store));
    }

    [Fact]
    public async Task Explorer_RulesThatTheStoreDoesNotFollow_AreFound()
    {
        using var subject = new ForgetfulSubject();
        await subject.RestoreAsync(Array.Empty<AccessEvent>());
        var explorer = await new AccessExplorer(subject, 3).ExploreAsync();

        Assert.NotEmpty(explorer.Violations(Invariant.EveryVerbAnswersAsTheRulesSay));
        Assert.NotEmpty(explorer.Violations(Invariant.TheStoreForgetsNothing));
    }

    private void Holds(string store, string invariant) => Assert.Empty(explored.Of(store).Violations(invariant));

    public sealed class Explored : IAsyncLifetime
    {
        private const int Depth = 8;

        private AccessExplorer _sqlite = null!;
        private AccessExplorer _memory = null!;

        internal AccessExplorer Of(string store) => store == "sqlite" ? _sqlite : _memory;

        public string Report(string store)
        {
            var of = Of(store);
            return $"{store}: {of.States} states, {of.Transitions} transitions to depth {Depth}, {of.Crashes} power cuts, {of.DeathsInside} deaths inside a transaction, {of.Took.TotalSeconds:F1} s";
        }

        public async ValueTask InitializeAsync()
        {
            using var memory = await MemorySubject.StartAsync();
            _memory = await new AccessExplorer(memory, Depth).ExploreAsync();
            using var sqlite = await SqliteSubject.StartAsync();
            _sqlite = await new AccessExplorer(sqlite, Depth).ExploreAsync();
        }

        public ValueTask DisposeAsync() => default;
    }
}
