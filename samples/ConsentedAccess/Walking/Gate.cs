using System.Net;
using MedId.OAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.Samples.ConsentedAccess;

/// <summary>
/// Stands between the patient OP and everybody else, so that "between two steps" is a place and not a matter of luck: it holds the request that begins the next
/// step, does its act, and lets the request pass. It changes nothing in what passes.
/// </summary>
internal sealed class Gate : IAsyncDisposable
{
    private const string Choice = "/choice";
    private static readonly HashSet<string> NotForwarded = new(["Connection", "Host", "Transfer-Encoding", "Keep-Alive", "Content-Length"], StringComparer.OrdinalIgnoreCase);

    private readonly WebApplication _app;
    private readonly Scenario _scenario;
    private readonly World _world;
    private readonly StepFeed _feed;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { Timeout = StepFeed.StepTimeout };
    private readonly SemaphoreSlim _polls = new(1, 1);
    private readonly TaskCompletionSource _approved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _asked;
    private volatile bool _choosing;
    private readonly Lock _crossing = new();
    private TaskCompletionSource? _empty;
    private int _inside;
    private Task? _act;
    private GateRequest? _lastPoll;

    private Gate(WebApplication app, Scenario scenario, World world, StepFeed feed)
    {
        _app = app;
        _scenario = scenario;
        _world = world;
        _feed = feed;
    }

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<Gate> OpenAsync(Scenario scenario, World world, StepFeed feed, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Ports.NextUrl());
        var app = builder.Build();
        var gate = new Gate(app, scenario, world, feed);
        app.Run(gate.PassAsync);
        await app.StartAsync(cancellationToken);
        return gate;
    }

    /// <summary>Polls once more for the last <c>auth_req_id</c> seen, and reports what came.</summary>
    public async Task PollLateAsync()
    {
        var poll = _lastPoll ?? throw new WalkFailedException(HostRole.Ehr, "the EHR never polled");
        var started = _feed.Elapsed;
        var answer = await ForwardAsync(await AgainAsync(poll));
        _feed.Add(new StepReport(
            HostRole.MainJob,
            5,
            "polls once more with the EHR's key",
            answer.Status == HttpStatusCode.OK ? null : "oauth." + answer.Text("error"),
            [],
            [],
            (long)(_feed.Elapsed - started).TotalMilliseconds,
            _feed.Elapsed));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
        _polls.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        try
        {
            var request = await GateRequest.ReadAsync(context.Request);
            await BeforeAsync(request);
            var polls = request.Path == "/token";
            if (polls)
            {
                _lastPoll = request;
                await _polls.WaitAsync(context.RequestAborted);
            }

            try
            {
                var answer = polls && _choosing ? await PollAfterApprovalAsync(request) : await ForwardAsync(request);
                await AfterAsync(request, answer);
                await answer.WriteAsync(context.Response);
            }
            finally
            {
                if (polls)
                {
                    _polls.Release();
                }
            }
        }
        catch (WalkFailedException failed)
        {
            _feed.Fail(failed);
            context.Abort();
        }
        catch (HttpRequestException broken)
        {
            _feed.Fail(new WalkFailedException(HostRole.PatientOp, "the patient OP did not answer: " + broken.Message));
            context.Abort();
        }
    }

    private async Task BeforeAsync(GateRequest request)
    {
        if (request.Path.EndsWith(Choice, StringComparison.Ordinal))
        {
            // From here on no poll passes until the consent is given, so that approval and redemption have a "between".
            await _polls.WaitAsync();
            _choosing = true;
            _polls.Release();
        }

        var begins = request.Path switch
        {
            "/bc-authorize" => 1,
            "/uaf/request" when _asked => 3,
            "/introspect" => 6,
            _ => -1,
        };
        _asked |= begins == 1;
        if (Kills(begins))
        {
            await KillOnceAsync();
        }
        else if (begins == 6 && Kills(7))
        {
            // The OP dies with the question on its table; whoever asked asks again.
            using var dying = new CancellationTokenSource();
            var lost = ForwardAsync(request, dying.Token);
            await KillOnceAsync(onTheTable: 1);
            await dying.CancelAsync();
            await lost.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task AfterAsync(GateRequest request, GateAnswer answer)
    {
        if (answer.Status != HttpStatusCode.OK)
        {
            return;
        }

        if (request.Path == "/uaf/response" && _choosing)
        {
            _approved.TrySetResult();
        }

        var ends = request.Path switch { "/bc-authorize" => 2, "/token" => 5, "/introspect" => 8, _ => -1 };
        if (Kills(ends))
        {
            await KillOnceAsync();
        }
    }

    /// <summary>The first poll after the last act: with the patient OP killed before it, or with a rival beside it.</summary>
    private async Task<GateAnswer> PollAfterApprovalAsync(GateRequest poll)
    {
        await _approved.Task.WaitAsync(StepFeed.StepTimeout);
        _choosing = false;
        if (Kills(4))
        {
            await KillOnceAsync();
        }

        return _scenario.Gate == GateAct.SecondRedeemer ? await RaceAsync(poll) : await ForwardAsync(poll);
    }

    /// <summary>Two polls with the same <c>auth_req_id</c>, each with an assertion of its own, at the same time. The EHR gets the winner's answer.</summary>
    private async Task<GateAnswer> RaceAsync(GateRequest poll)
    {
        var rival = await AgainAsync(poll);
        var started = _feed.Elapsed;
        var answers = await Task.WhenAll(ForwardAsync(poll), ForwardAsync(rival));
        var won = answers.Where(answer => answer.Status == HttpStatusCode.OK).ToList();
        var lost = answers.Where(answer => answer.Status == HttpStatusCode.BadRequest && answer.Text("error") == OAuthErrorNames.InvalidGrant).ToList();
        _feed.Add(new StepReport(
            HostRole.MainJob,
            5,
            "polls at the same time as the EHR, with the EHR's key",
            won.Count == 1 && lost.Count == 1 ? null : "main_job.not_one_winner",
            new() { ["polls"] = 2 },
            [$"answers: {string.Join(", ", answers.Select(answer => answer.Status == HttpStatusCode.OK ? "tokens" : answer.Text("error")))}"],
            (long)(_feed.Elapsed - started).TotalMilliseconds,
            _feed.Elapsed));
        return won.Count > 0 ? won[0] : answers[0];
    }

    /// <summary>The same poll with a client assertion of its own.</summary>
    private async Task<GateRequest> AgainAsync(GateRequest poll)
    {
        var again = new ClientRequest(_world.Routes.Public(HostRole.PatientOp) + "/token", _world.Routes.Public(HostRole.PatientOp))
            .Add(OAuthParameters.GrantType, GrantTypes.Ciba)
            .Add(OAuthParameters.AuthReqId, poll.FormValue(OAuthParameters.AuthReqId));
        await _world.Files.EhrCredential.AuthenticateAsync(again);
        return poll.WithForm(again.Parameters);
    }

    private bool Kills(int step) => step >= 0 && _scenario.Gate == GateAct.KillAfterStep && _scenario.KillAfter == step && _act is null;

    private async Task KillOnceAsync(int onTheTable = 0)
    {
        var started = _feed.Elapsed;
        var restarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task empty;
        lock (_crossing)
        {
            // From here on nothing new goes in; what is inside finishes first, so that no act of the patient is half answered.
            _act = restarted.Task;
            _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_inside <= onTheTable)
            {
                _empty.SetResult();
            }

            empty = _empty.Task;
        }

        try
        {
            await empty.WaitAsync(StepFeed.StepTimeout);
            await _world.KillAndRestartAsync(HostRole.PatientOp, CancellationToken.None);
        }
        finally
        {
            restarted.SetResult();
        }

        _feed.Add(new StepReport(
            HostRole.MainJob,
            _scenario.KillAfter,
            "SIGKILL to the patient OP, then the same command again",
            null,
            [],
            ["the same port and database", "the next request was held meanwhile"],
            (long)(_feed.Elapsed - started).TotalMilliseconds,
            _feed.Elapsed));
    }

    private async Task<GateAnswer> ForwardAsync(GateRequest request, CancellationToken cancellationToken = default)
    {
        try
        {
            return await SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException) when (_act is { } act && !cancellationToken.IsCancellationRequested)
        {
            // It fell into the hole that we made; what is asked again here are questions, never an act of the patient.
            await act;
            return await SendAsync(request, cancellationToken);
        }
    }

    private async Task<GateAnswer> SendAsync(GateRequest request, CancellationToken cancellationToken)
    {
        for (Task? restarting; (restarting = Enter(cancellationToken == CancellationToken.None)) is not null;)
        {
            await restarting;
        }

        try
        {
            using var message = request.ToMessage(_world.Direct(HostRole.PatientOp), NotForwarded);
            using var answer = await _http.SendAsync(message, cancellationToken);
            return await GateAnswer.ReadAsync(answer, NotForwarded, cancellationToken);
        }
        finally
        {
            lock (_crossing)
            {
                if (--_inside == 0)
                {
                    _empty?.TrySetResult();
                }
            }
        }
    }

    /// <summary>Goes in, or gives what has to be waited for first.</summary>
    private Task? Enter(bool waits)
    {
        lock (_crossing)
        {
            if (waits && _act is { IsCompleted: false } restarting)
            {
                return restarting;
            }

            _inside++;
            return null;
        }
    }
}
