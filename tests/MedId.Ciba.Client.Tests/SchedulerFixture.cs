using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client.Tests;

/// <summary>A scheduler over an OP that answers as a test says, with a clock that stands still between its steps.</summary>
internal sealed class SchedulerFixture : IAsyncDisposable
{
    public const string Op = "clinic-op";
    public static readonly FieldCipher Cipher = new("tests", FieldKey.Generate("k1"));

    private readonly CancellationTokenSource _ending = new();
    private readonly TokenDeliveryMode _mode;
    private Task _running = Task.CompletedTask;

    public SchedulerFixture(
        TokenDeliveryMode mode = TokenDeliveryMode.Poll, ICibaPendingStore? store = null, Action<CibaSchedulerOptions>? configure = null, ICibaOutcomeHandler? handler = null, CibaFixture? f = null, string op = Op)
    {
        _mode = mode;
        F = f ?? new CibaFixture(options => options.DeliveryMode = mode);
        F.Op.Metadata["backchannel_token_delivery_modes_supported"] = new JsonArray("poll", "ping", "push");
        F.Op.On("/bc-authorize", _ => OpDouble.Json(new JsonObject { ["auth_req_id"] = $"req-{++Started}", ["expires_in"] = 120, ["interval"] = 2 }));
        Options = new CibaSchedulerOptions { Jitter = 0, Cipher = Cipher };
        configure?.Invoke(Options);
        Store = store ?? new InMemoryCibaPendingStore();
        Scheduler = new CibaScheduler(new Dictionary<string, CibaClient>(StringComparer.Ordinal) { [op] = F.Client }, Store, Options, handler, F.Op.Time);
    }

    public CibaFixture F { get; }

    public ICibaPendingStore Store { get; }

    public CibaSchedulerOptions Options { get; }

    public CibaScheduler Scheduler { get; }

    public int Started { get; set; }

    /// <summary>The token that the newest request was sent with.</summary>
    public string NotificationToken => (string)F.Op.To("/bc-authorize")[^1].ClaimsOf("request")["client_notification_token"]!;

    public void Run() => _running = Scheduler.RunAsync(_ending.Token);

    public async Task<CibaPending> StartAsync(string reference = "visit-1")
    {
        var started = await Scheduler.StartAsync(Op, F.Request, await TakenConsent.ProveAsync(F.Request.Hint, F.Op.Time), reference);
        Assert.True(started.Succeeded, started.Error?.ToString());
        return started.Value;
    }

    /// <summary>Waits until the scheduler sleeps with nothing due.</summary>
    public async Task SettleAsync()
    {
        for (var turn = 0; turn < 15_000; turn++)
        {
            if (Scheduler.IsQuiet)
            {
                return;
            }

            await Task.Delay(2);
        }

        Assert.Fail("the scheduler does not settle");
    }

    public async Task PassAsync(int seconds)
    {
        await SettleAsync();
        for (var second = 0; second < seconds; second++)
        {
            F.Op.Time.Advance(TimeSpan.FromSeconds(1));
            await SettleAsync();
        }
    }

    public JsonObject Claims(string authReqId)
    {
        var claims = F.Claims();
        claims[OAuthClaims.AuthReqId] = authReqId;
        return claims;
    }

    /// <summary>The right answer to a poll, for whichever request asks.</summary>
    public HttpResponseMessage Grant(RecordedRequest request) => F.Tokens(Claims(request.Form["auth_req_id"]));

    /// <summary>Ends the run, as a host does.</summary>
    public async Task StopAsync()
    {
        await _ending.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _ending.Dispose();
        if (_mode == F.Client.DeliveryMode)
        {
            F.Dispose();
        }
    }

    public static HttpResponseMessage Pending() => OpDouble.Error("authorization_pending");

    /// <summary>Takes outcomes and remembers them.</summary>
    internal sealed class Taker : ICibaOutcomeHandler
    {
        public List<CibaOutcome> Outcomes { get; } = [];

        public bool Throws { get; set; }

        /// <summary>What it does while it has an outcome.</summary>
        public Action? Meanwhile { get; set; }

        public ValueTask HandleAsync(CibaOutcome outcome, CancellationToken cancellationToken = default)
        {
            lock (Outcomes)
            {
                Outcomes.Add(outcome);
            }

            Meanwhile?.Invoke();
            return Throws ? throw new InvalidOperationException("the handler's own trouble") : ValueTask.CompletedTask;
        }
    }
}
