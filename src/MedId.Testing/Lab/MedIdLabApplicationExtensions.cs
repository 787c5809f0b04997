using System.Net;
using MedId.OAuth;
using MedId.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the lab hook.</summary>
public static class MedIdLabApplicationExtensions
{
    /// <summary>LABORATORIES ONLY: maps <c>/_lab</c>, by which anybody on this machine decides for everybody.</summary>
    /// <param name="app">An OP to whose services <see cref="MedIdLabServiceCollectionExtensions.AddMedIdLab"/> was added.</param>
    /// <returns>The application.</returns>
    /// <exception cref="InvalidOperationException">The OP is configured to listen on an address that is not loopback, or has no lab.</exception>
    public static WebApplication MapMedIdLab(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.Services.GetService<MedIdLab>() is null)
        {
            throw new InvalidOperationException("There is no lab: call AddMedIdLab.");
        }

        // Whatever else listens, e.g. through Kestrel's own options, answers callers of this machine only.
        foreach (var url in (app.Configuration["urls"] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries).Concat(app.Urls))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !EndpointUrl.IsLoopback(uri))
            {
                throw new InvalidOperationException($"The lab hook is for loopback addresses, and this OP listens on {url}.");
            }
        }

        app.Use(static next => http => LabAcknowledgements.ReadAsync(http, next));
        LabRoutes.Map(app);
        return app;
    }
}
