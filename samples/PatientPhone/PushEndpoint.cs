using System.Threading.Channels;
using MedId.Cryptography;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Http;

namespace MedId.Samples.PatientPhone;

/// <summary>Step 3: takes <c>{"id":"…"}</c> and nothing else, and leaves the rest to the phone's own thread.</summary>
internal sealed class PushEndpoint(StepReporter steps)
{
    private const int IdBytes = 32;
    private const int MaxBody = 256;

    private readonly Channel<string> _requests = Channel.CreateUnbounded<string>();

    /// <summary>The opaque ids in the order of arrival.</summary>
    public IAsyncEnumerable<string> Requests(CancellationToken cancellationToken) => _requests.Reader.ReadAllAsync(cancellationToken);

    public async Task HandleAsync(HttpContext context)
    {
        var step = steps.Begin(3, "receives the push");
        var body = new byte[MaxBody + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
        if (length > MaxBody || !context.Request.HasJsonContentType() || ReadId(body.AsMemory(0, length)) is not { } id)
        {
            step.Refused(PhoneErrorCodes.PushMalformed);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        step.Checked("the push holds an opaque id and nothing else").Done();
        await _requests.Writer.WriteAsync(id, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static string? ReadId(ReadOnlyMemory<byte> body) =>
        StrictJson.ParseObject(body) is { Succeeded: true, Value: var json } && json.GetPropertyCount() == 1 && json.Text("id") is { } id
        && StrictBase64Url.TryDecode(id, out var bytes) && bytes.Length == IdBytes
            ? id
            : null;
}
