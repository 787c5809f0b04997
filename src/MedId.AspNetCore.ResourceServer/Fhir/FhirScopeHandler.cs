using System.Text;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>The scope decision before the store is touched; a refusal depends on nothing that is stored.</summary>
internal sealed class FhirScopeHandler(ResourceServerInstruments telemetry, ILogger<FhirScopeHandler> logger) : AuthorizationHandler<FhirScopeRequirement>
{
    /// <summary>As much of a search's form as a request line may have.</summary>
    private const int MaxForm = 32768;

    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, FhirScopeRequirement requirement)
    {
        // Without a token of this scheme nothing is decided, so nothing succeeds: the scheme's challenge answers.
        if (context.Resource is not HttpContext http || http.Features.Get<IntrospectedToken>() is not { } token || !string.Equals(token.Scheme, requirement.Scheme, StringComparison.Ordinal))
        {
            return;
        }

        var decided = Decide(http, token, requirement, await ReadFormAsync(http).ConfigureAwait(false));
        telemetry.Count("scope", decided.Refusal?.Code);
        Report(token, decided);
        if (decided.Access is null)
        {
            http.Features.Set(new CallRefusal(decided.Refusal!, decided.RequiredScope));
            context.Fail();
        }
        else
        {
            http.Features.Set(decided.Access);
            context.Succeed(requirement);
        }
    }

    /// <summary>
    /// The body of <c>POST …/_search</c> (FHIR R4 http.html §3.1.0.9): its parameters look into resources like those of the address, so the decision needs them. It is read again by
    /// the endpoint. What is longer than may be comes back longer, and is refused as such.
    /// </summary>
    private static async Task<string?> ReadFormAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || http.Request.Path.Value?.TrimEnd('/').EndsWith("/_search", StringComparison.Ordinal) != true)
        {
            return null;
        }

        http.Request.EnableBuffering(bufferThreshold: MaxForm + 1, bufferLimit: MaxForm * 4);
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 4096, leaveOpen: true);
        var form = new char[MaxForm + 1];
        var length = await reader.ReadBlockAsync(form, http.RequestAborted).ConfigureAwait(false);
        http.Request.Body.Position = 0;
        return length == 0 ? null : new string(form, 0, length);
    }

    private static Decided Decide(HttpContext http, IntrospectedToken token, FhirScopeRequirement requirement, string? form)
    {
        var request = ReadRequest(http, requirement.BasePath, form);
        if (!request.Succeeded)
        {
            return new(Refusal: request.Error);
        }

        var scopes = ScopeSet.Parse(token.Response.Scope);
        if (!scopes.Succeeded)
        {
            return new(request.Value, Refusal: scopes.Error);
        }

        var rule = http.RequestServices.GetRequiredKeyedService<FhirScopeRule>(requirement.Scheme);
        var tokenContext = rule.TokenContext(token.Response);
        var decision = rule.Decider.DecideRequest(scopes.Value, tokenContext, request.Value);
        return decision.IsDenied
            ? new(request.Value, Refusal: decision.Error, RequiredScope: decision.RequiredScope)
            : new(request.Value, new FhirAccess(rule.Decider, token.Response, scopes.Value, tokenContext, request.Value, decision));
    }

    /// <summary>The request line as sent: decoding it twice, or another way than the decision does, would open a gap between the two.</summary>
    private static MedIdResult<FhirRequest> ReadRequest(HttpContext http, string basePath, string? form)
    {
        // A condition in the header makes a create a search too; two of them say nothing that could be decided on.
        var condition = http.Request.Headers["If-None-Exist"];
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var prefix = http.Request.PathBase.ToUriComponent() + basePath;
        var isBelow = target.StartsWith(prefix, StringComparison.Ordinal) && (target.Length == prefix.Length || target[prefix.Length] is '/' or '?');
        return isBelow && condition.Count <= 1
            ? FhirRequest.Parse(http.Request.Method, target[prefix.Length..], form, condition.Count == 0 ? null : condition.ToString())
            : new MedIdError(ScopesErrorCodes.RequestMalformed, ErrorCategory.Malformed, "FHIR R4 RESTful API");
    }

    private void Report(IntrospectedToken token, Decided decided)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            var interaction = decided.Request?.Interaction.ToString() ?? "unreadable";
            var outcome = decided.Refusal?.Code ?? decided.Access!.Decision.Outcome.ToString();
            Log.Decided(logger, interaction, decided.Request?.ResourceType, token.Response.ClientId, token.Response.ConsentId, outcome);
        }
    }

    private sealed record Decided(FhirRequest? Request = null, FhirAccess? Access = null, MedIdError? Refusal = null, string? RequiredScope = null);
}
