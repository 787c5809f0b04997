using MedId.Core;
using MedId.Heart.Fhir.Scopes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>The scope decision before the store is touched; a refusal depends on nothing that is stored.</summary>
internal sealed class FhirScopeFilter(string basePath, string scheme) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var http = context.HttpContext;
        var telemetry = http.RequestServices.GetRequiredService<ResourceServerInstruments>();
        var decided = Decide(http);
        telemetry.Count("scope", decided.Refusal?.Code);
        Report(http, decided);
        if (decided.Access is null)
        {
            return new FhirRefusal(decided.Refusal!, decided.RequiredScope);
        }

        http.Features.Set(decided.Access);
        return await next(context).ConfigureAwait(false);
    }

    private Decided Decide(HttpContext http)
    {
        // The endpoint asked for this scheme by authorization; a token of another one is none.
        if (http.Features.Get<IntrospectedToken>() is not { } token || !string.Equals(token.Scheme, scheme, StringComparison.Ordinal))
        {
            return new(Refusal: new MedIdError(ResourceServerErrorCodes.TokenMissing, ErrorCategory.Protocol, "RFC 6750 §3"));
        }

        var request = ReadRequest(http);
        if (!request.Succeeded)
        {
            return new(Refusal: request.Error);
        }

        var scopes = ScopeSet.Parse(token.Response.Scope);
        if (!scopes.Succeeded)
        {
            return new(request.Value, Refusal: scopes.Error);
        }

        var rule = http.RequestServices.GetRequiredKeyedService<FhirScopeRule>(scheme);
        var tokenContext = rule.TokenContext(token.Response);
        var decision = rule.Decider.DecideRequest(scopes.Value, tokenContext, request.Value);
        return decision.IsDenied
            ? new(request.Value, Refusal: decision.Error, RequiredScope: decision.RequiredScope)
            : new(request.Value, new FhirAccess(rule.Decider, token.Response, scopes.Value, tokenContext, request.Value, decision));
    }

    /// <summary>The request line as sent: decoding it twice, or another way than the decision does, would open a gap between the two.</summary>
    private MedIdResult<FhirRequest> ReadRequest(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var prefix = http.Request.PathBase.ToUriComponent() + basePath;
        var isBelow = target.StartsWith(prefix, StringComparison.Ordinal) && (target.Length == prefix.Length || target[prefix.Length] is '/' or '?');
        return isBelow
            ? FhirRequest.Parse(http.Request.Method, target[prefix.Length..])
            : new MedIdError(ScopesErrorCodes.RequestMalformed, ErrorCategory.Malformed, "FHIR R4 RESTful API");
    }

    private static void Report(HttpContext http, Decided decided)
    {
        var logger = http.RequestServices.GetRequiredService<ILogger<FhirScopeFilter>>();
        if (logger.IsEnabled(LogLevel.Information))
        {
            var token = http.Features.Get<IntrospectedToken>()?.Response;
            var interaction = decided.Request?.Interaction.ToString() ?? "unreadable";
            var outcome = decided.Refusal?.Code ?? decided.Access!.Decision.Outcome.ToString();
            Log.Decided(logger, interaction, decided.Request?.ResourceType, token?.ClientId, token?.ConsentId, outcome);
        }
    }

    private sealed record Decided(FhirRequest? Request = null, FhirAccess? Access = null, MedIdError? Refusal = null, string? RequiredScope = null);
}
