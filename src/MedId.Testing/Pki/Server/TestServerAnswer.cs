using Microsoft.AspNetCore.Http;

namespace MedId.Testing;

/// <summary>Writes an answer, rightly or with a <see cref="ServerFault"/>.</summary>
internal static class TestServerAnswer
{
    private const string Html = "text/html";

    public static Task WriteAsync(HttpContext context, ServerFault fault, string mediaType, byte[] answer)
    {
        switch (fault)
        {
            case ServerFault.InternalServerError:
                return StatusAsync(context, StatusCodes.Status500InternalServerError);
            case ServerFault.NotFound:
                return StatusAsync(context, StatusCodes.Status404NotFound);
            case ServerFault.Unavailable:
                return StatusAsync(context, StatusCodes.Status503ServiceUnavailable);
            case ServerFault.Redirect:
                context.Response.Redirect(context.Request.Path.Value!);
                return Task.CompletedTask;
            case ServerFault.Empty:
                return SendAsync(context, mediaType, []);
            case ServerFault.Garbage:
                return SendAsync(context, mediaType, "not DER at all"u8.ToArray());
            case ServerFault.Html:
                return SendAsync(context, Html, "<html><body>Please log in</body></html>"u8.ToArray());
            case ServerFault.OtherMediaType:
                return SendAsync(context, "text/plain", answer);
            case ServerFault.Hang:
                return HangAsync(context);
            case ServerFault.HangInBody:
                return HalfAsync(context, mediaType, answer, goesOn: true);
            case ServerFault.Break:
                return HalfAsync(context, mediaType, answer, goesOn: false);
            case ServerFault.Endless:
                return EndlessAsync(context, mediaType);
            default:
                return SendAsync(context, mediaType, answer);
        }
    }

    private static Task StatusAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task SendAsync(HttpContext context, string mediaType, byte[] answer)
    {
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = answer.Length;
        return context.Response.Body.WriteAsync(answer, context.RequestAborted).AsTask();
    }

    private static async Task HangAsync(HttpContext context)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The caller went away, which ends it.
        }
    }

    private static async Task HalfAsync(HttpContext context, string mediaType, byte[] answer, bool goesOn)
    {
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer.AsMemory(0, answer.Length / 2)).ConfigureAwait(false);
        await context.Response.Body.FlushAsync().ConfigureAwait(false);
        if (goesOn)
        {
            await HangAsync(context).ConfigureAwait(false);
        }

        context.Abort();
    }

    private static async Task EndlessAsync(HttpContext context, string mediaType)
    {
        context.Response.ContentType = mediaType;
        var zeros = new byte[64 * 1024];
        try
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(zeros, context.RequestAborted).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The caller went away, which ends it.
        }
    }
}
