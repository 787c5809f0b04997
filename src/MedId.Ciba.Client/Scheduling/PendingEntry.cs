using MedId.Core;

namespace MedId.Ciba.Client;

/// <summary>A request in a scheduler's hands. What is about time and turns is changed under the scheduler's lock, what is stored under <see cref="Turn"/>.</summary>
internal sealed class PendingEntry(StoredCibaRequest stored, PendingState state, OpLane lane, bool isResumed)
{
    public StoredCibaRequest Stored { get; set; } = stored;

    public PendingState State { get; set; } = state;

    public OpLane Lane { get; } = lane;

    /// <summary>Whether it comes from the store: somebody else may have redeemed it.</summary>
    public bool IsResumed { get; } = isResumed;

    public PollPace Pace { get; } = new(state.Authentication.Interval);

    /// <summary>One change of the stored state at a time.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>Completed when there is an outcome, or when there never will be.</summary>
    public TaskCompletionSource Decided { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends its poll when it is cancelled.</summary>
    public CancellationTokenSource Ending { get; } = new();

    public DateTimeOffset DueAt { get; set; }

    /// <summary>Grows with each new due time, so that older places in the queue are passed over.</summary>
    public long Ticket { get; set; }

    public bool IsBusy { get; set; }

    public bool IsClosed { get; set; }

    /// <summary>The OP has said that there is a decision, and nobody has asked since.</summary>
    public bool IsPinged { get; set; }

    /// <summary>An outcome that the store did not take yet.</summary>
    public MedIdResult<CibaTokens>? Unsaved { get; set; }

    public string Id => Stored.Id;

    public BackchannelAuthentication Authentication => State.Authentication;

    public bool Asks => State.Outcome is null && Unsaved is null && Lane.Client.DeliveryMode != TokenDeliveryMode.Push;

    public CibaPending Describe() => new(Id, State.Op, State.Reference, Authentication.ExpiresAt, State.Outcome is not null);
}
