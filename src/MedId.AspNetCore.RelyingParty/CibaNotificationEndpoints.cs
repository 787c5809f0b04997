using System.Net.Mime;
using MedId.AspNetCore.RelyingParty;
using MedId.Ciba.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the client notification endpoint (CIBA Core §9).</summary>
public static class CibaNotificationEndpoints
{
    /// <summary>
    /// Maps where an OP sends pings or pushes. Each OP gets an address of its own, registered there as <c>backchannel_client_notification_endpoint</c>; the host serves it over TLS. The OP shows itself by the token of the
    /// request, so the endpoint is open to whoever has no other: bodies are limited to <see cref="CibaNotification.MaxBytes"/> octets of <c>application/json</c>.
    /// </summary>
    /// <param name="endpoints">The routes.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="name">The OP's name at <c>AddMedIdCibaClient</c>; <c>""</c> for the unnamed one.</param>
    /// <returns>The endpoint, to add rate limits or a host filter.</returns>
    public static IEndpointConventionBuilder MapCibaNotifications(this IEndpointRouteBuilder endpoints, string pattern, string name = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(name);
        return endpoints.MapPost(pattern, context => ReceiveAsync(context, name)).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task ReceiveAsync(HttpContext context, string name)
    {
        var logger = context.RequestServices.GetRequiredService<ILogger<CibaScheduler>>();
        context.Response.Headers.CacheControl = "no-store";
        if (!IsJson(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        if (await ReadAsync(context).ConfigureAwait(false) is not { } body)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        // Two headers are not one bearer; whichever were right, nobody could tell who added the other.
        var authorization = context.Request.Headers.Authorization;
        var answer = await context.RequestServices.GetRequiredService<CibaScheduler>()
            .ReceiveAsync(name, authorization.Count == 1 ? authorization[0] : null, body, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = answer.Status;
        switch (answer.Status)
        {
            case StatusCodes.Status401Unauthorized:
                context.Response.Headers.WWWAuthenticate = "Bearer";
                break;
            case StatusCodes.Status503ServiceUnavailable:
                context.Response.Headers.RetryAfter = "5";
                break;
        }

        if (answer.Error is { } error)
        {
            Log.NotificationRefused(logger, name, error.Code, error.Detail);
        }
        else
        {
            Log.NotificationTaken(logger, name);
        }
    }

    private static bool IsJson(HttpRequest request) =>
        System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && string.Equals(type.MediaType, MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase);

    /// <summary>The body, or null when it is longer than allowed. Nothing is kept of the rest.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > CibaNotification.MaxBytes)
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = CibaNotification.MaxBytes + 1;
        }

        using var body = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false)) > 0)
        {
            if (body.Length + read > CibaNotification.MaxBytes)
            {
                return null;
            }

            body.Write(buffer.AsSpan(0, read));
        }

        return body.ToArray().AsMemory();
    }
}
