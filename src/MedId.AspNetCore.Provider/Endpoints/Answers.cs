using System.Diagnostics.CodeAnalysis;
using MedId.Ciba.Server;
using MedId.OAuth.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

internal static class Answers
{
    /// <summary>The endpoint as it was mapped: a path as it came has as many spellings as a caller likes.</summary>
    public static string? Endpoint(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;

    public static async Task WriteAsync(HttpContext http, ValueTask<OAuthAnswer> pending)
    {
        var log = http.RequestServices.GetRequiredService<ILogger<ProviderLog>>();
        var endpoint = Endpoint(http);
        var answer = await CompleteAsync(pending, log, endpoint, http.RequestAborted).ConfigureAwait(false);
        if (answer.Error is { } error)
        {
            // Every poll but the last is answered that nobody has decided yet: not what an operator reads.
            var level = error.Code == CibaErrorCodes.Pending ? LogLevel.Debug : LogLevel.Information;
            Log.Refused(log, level, endpoint, error.Code, error.Section, error.Detail, answer.ClientId);
            ProviderTelemetry.CountRefusal(endpoint, error.Code);
        }

        if (answer.Warning is { } warning)
        {
            Log.Warned(log, endpoint, warning.Code, warning.Section, warning.Detail);
        }

        http.Features.Set(new ProviderOutcome { Error = answer.Error, Warning = answer.Warning, ClientId = answer.ClientId });
        http.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            http.Response.Headers.Append(name, value);
        }

        if (answer.ContentType is { } type)
        {
            http.Response.ContentType = type;
            http.Response.ContentLength = answer.Body.Length;
            await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>What fails below the rules is an answer of the protocol too: clients read <c>error</c>, and try again when they are told so. Who has gone away is told nothing.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A store, a key service or a handler of any make may throw anything; each is answered and logged.")]
    private static async ValueTask<OAuthAnswer> CompleteAsync(ValueTask<OAuthAnswer> pending, ILogger log, string? endpoint, CancellationToken aborted)
    {
        try
        {
            return await pending.ConfigureAwait(false);
        }
        catch (Exception failure) when (!aborted.IsCancellationRequested)
        {
            Log.Failed(log, endpoint, Failure.Describe(failure), Environment.NewLine + failure.StackTrace);
            return OAuthAnswer.Refused(Failure.Of(failure));
        }
    }
}
