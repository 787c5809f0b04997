using MedId.Ciba.Server;
using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.Storage.TestSupport.Exploration;

/// <summary>
/// What the walk's rules say about one access, written down a second time and in another way than the product: as facts of what has happened, not as a stored state.
/// </summary>
internal sealed record AccessModel
{
    /// <summary>The instants at which time can stand, in seconds from the request: exact ends and the tick before.</summary>
    public static readonly IReadOnlyList<DateTimeOffset> Instants =
    [
        Testing.StoreScene.Now,
        Testing.StoreScene.Now.AddSeconds(5),
        Testing.StoreScene.RequestEnd.AddTicks(-1),
        Testing.StoreScene.RequestEnd,
        Testing.StoreScene.AccessEnd.AddTicks(-1),
        Testing.StoreScene.AccessEnd,
    ];

    public int Clock { get; init; }

    /// <summary>Null: never approved.</summary>
    public bool? ApprovedNarrow { get; init; }

    public bool Withdrawn { get; init; }

    public bool Suspended { get; init; }

    /// <summary>Denied, or suspended or withdrawn before tokens were given: no tokens for ever.</summary>
    public bool Closed { get; init; }

    public int TokenSets { get; init; }

    public int Refreshes { get; init; }

    public bool FamilyEnded { get; init; }

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    public DateTimeOffset? LastCountedPoll { get; init; }

    public DateTimeOffset At => Instants[Clock];

    public bool RequestOver => At >= Testing.StoreScene.RequestEnd;

    public bool Pending => ApprovedNarrow is null && !Closed;

    public bool Redeemable => ApprovedNarrow is not null && !Closed && TokenSets == 0 && !RequestOver;

    public bool ConsentActive => ApprovedNarrow is not null && !Withdrawn && !Suspended && At < Testing.StoreScene.AccessEnd;

    /// <summary>What an event must answer now, and the facts after it.</summary>
    public (object Answer, AccessModel After) Expect(AccessEvent what) => what switch
    {
        AccessEvent.Poll => Poll(),
        AccessEvent.PollOfAnotherClient => (CibaPollOutcome.Unknown, this),
        AccessEvent.Approve => Approve(narrow: false),
        AccessEvent.Narrow => Approve(narrow: true),
        AccessEvent.Deny => Pending && !RequestOver ? (true, this with { Closed = true }) : (false, this),
        AccessEvent.Redeem => Redeemable ? (true, this with { TokenSets = TokenSets + 1 }) : (false, this),
        AccessEvent.Refresh => Refresh(),
        AccessEvent.Withdraw when ApprovedNarrow is null => (WithdrawalOutcome.Unknown, this),
        AccessEvent.Withdraw when Withdrawn => (WithdrawalOutcome.AlreadyWithdrawn, this),
        AccessEvent.Withdraw => (WithdrawalOutcome.Withdrawn, this with { Withdrawn = true, Closed = Closed || TokenSets == 0, FamilyEnded = TokenSets > 0, Refreshes = 0 }),
        AccessEvent.Suspend => (true, this with { Suspended = true, Closed = Closed || TokenSets == 0 }),
        AccessEvent.Reactivate => (true, this with { Suspended = false }),
        AccessEvent.TimePasses => (true, this with { Clock = Clock + 1 }),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private (object Answer, AccessModel After) Poll()
    {
        if (TokenSets > 0)
        {
            return (CibaPollOutcome.Used, this);
        }

        if (RequestOver)
        {
            return (CibaPollOutcome.Expired, this);
        }

        // Each slow_down added five seconds, so the interval tells how many there were.
        var slowed = (Interval.TotalSeconds - 5) / 5;
        if (slowed > 10)
        {
            return (CibaPollOutcome.PolledTooOften, this);
        }

        if (!Pending)
        {
            return (Closed ? CibaPollOutcome.Denied : CibaPollOutcome.Approved, this);
        }

        var tooEarly = LastCountedPoll is { } last && At < last + Interval;
        return tooEarly
            ? (slowed < 10 ? CibaPollOutcome.SlowDown : CibaPollOutcome.PolledTooOften, this with { Interval = Interval + TimeSpan.FromSeconds(5), LastCountedPoll = At })
            : (CibaPollOutcome.Pending, this with { LastCountedPoll = At });
    }

    private (object Answer, AccessModel After) Approve(bool narrow)
    {
        if (Suspended)
        {
            return (ApprovalOutcome.AccountNotActive, this);
        }

        if (!Pending)
        {
            return (ApprovalOutcome.NotPending, this);
        }

        return RequestOver ? (ApprovalOutcome.Expired, this) : (ApprovalOutcome.Approved, this with { ApprovedNarrow = narrow });
    }

    /// <summary>The first refresh token is presented, again and again.</summary>
    private (object Answer, AccessModel After) Refresh()
    {
        if (TokenSets == 0 || FamilyEnded || At >= Testing.StoreScene.AccessEnd)
        {
            return (RefreshOutcome.Unknown, this);
        }

        return Refreshes == 0
            ? (RefreshOutcome.Rotated, this with { Refreshes = 1 })
            : (RefreshOutcome.Reused, this with { FamilyEnded = true, Refreshes = 0 });
    }
}
