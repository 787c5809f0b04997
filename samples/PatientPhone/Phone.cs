using System.Text.Json.Nodes;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MedId.Samples.PatientPhone;

/// <summary>The phone as a whole: enrols when it has a ticket and no account, then answers pushes one after the other.</summary>
internal sealed partial class Phone : IDisposable
{
    private readonly PhoneOptions _options;
    private readonly StepReporter _steps;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(20), MaxResponseContentBufferSize = 256 * 1024 };
    private readonly PhoneState _state;
    private readonly PhoneAuthenticator _authenticator;
    private readonly OpClient _op;

    public Phone(PhoneOptions options, IServiceProvider services)
    {
        _options = options;
        _steps = services.GetRequiredService<StepReporter>();
        _time = services.GetRequiredService<TimeProvider>();
        _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("MedId.Samples.PatientPhone");
        _lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        _state = PhoneState.Load(options.StateFile);
        _authenticator = new PhoneAuthenticator(_state, options.ModelFile, foreignApp: options.Misbehaviour == Misbehaviour.ForeignApp);
        _op = new OpClient(_http, options.Op);
        Push = new PushEndpoint(_steps);
    }

    public PushEndpoint Push { get; }

    /// <summary>Begins to live, once the phone's own address is known.</summary>
    public void Start(string address) => _ = LiveAsync(address.TrimEnd('/') + "/push", _lifetime.ApplicationStopping);

    public async Task WithdrawAsync(HttpContext context)
    {
        var body = await context.Request.ReadFromJsonAsync<JsonObject>(context.RequestAborted);
        if (body?["consent"]?.GetValue<string>() is not { } consent || _state.Account is not { } account)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await AnswerAsync(context, async () =>
        {
            await new HistoryActs(_op, _authenticator, _steps).WithdrawAsync(account, consent, context.RequestAborted);
            return "{}";
        });
    }

    public async Task HistoryAsync(HttpContext context)
    {
        if (_state.Account is not { } account)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await AnswerAsync(context, async () => (await new HistoryActs(_op, _authenticator, _steps).ListAsync(account, context.RequestAborted)).GetRawText());
    }

    /// <summary>The person agrees to something before anybody asks: the body is what they put together.</summary>
    public async Task GiveBeforehandAsync(HttpContext context)
    {
        var body = await context.Request.ReadFromJsonAsync<JsonObject>(context.RequestAborted);
        if (body is null || _state.Account is not { } account)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await AnswerAsync(context, async () => (await new Beforehand(_op, _authenticator, _steps).GiveAsync(account, body, context.RequestAborted)).ToJsonString());
    }

    public void Dispose() => _http.Dispose();

    private static async Task AnswerAsync(HttpContext context, Func<Task<string>> act)
    {
        string body;
        try
        {
            body = await act();
        }
        catch (PhoneRefusedException refused)
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            body = new JsonObject { ["code"] = refused.Code }.ToJsonString();
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    private async Task LiveAsync(string pushAddress, CancellationToken cancellationToken)
    {
        try
        {
            if (_state.Account is null && _options.Ticket is { } ticket)
            {
                var handle = await new Enrolment(_op, _authenticator, _options.Misbehaviour, _steps).RunAsync(ticket, pushAddress, cancellationToken);
                if (handle is not null)
                {
                    _authenticator.Save(handle);
                }
            }

            IPerson person = _options.Decide == "ask"
                ? new ConsolePerson(Console.In, Console.Error)
                : new FixedPerson(_options.Decide, _options.Keep, _options.Think, _time);
            var answered = new HashSet<string>(StringComparer.Ordinal);
            await foreach (var request in Push.Requests(cancellationToken))
            {
                // A push may come again, e.g. from an OP that was restarted; a request is answered once.
                if (answered.Add(request))
                {
                    await AnswerRequestAsync(request, person, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The phone was switched off.
        }
        catch (Exception broken)
        {
            LogBroken(broken);
            Environment.ExitCode = 1;
            _lifetime.StopApplication();
        }
    }

    private async Task AnswerRequestAsync(string request, IPerson person, CancellationToken cancellationToken)
    {
        try
        {
            await new ConsentAct(_op, _authenticator, person, _options.Misbehaviour, _time, _steps).RunAsync(request, cancellationToken);
        }
        catch (HttpRequestException unreachable)
        {
            // No connection to the OP: the person tries again when the next push comes.
            LogUnreachable(unreachable);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "the phone cannot go on")]
    private partial void LogBroken(Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "the OP could not be reached")]
    private partial void LogUnreachable(Exception exception);
}
