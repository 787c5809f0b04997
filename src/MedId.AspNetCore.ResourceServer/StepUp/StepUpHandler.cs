using MedId.Core;
using MedId.OAuth;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>Compares a token's authentication with what an endpoint asks for (RFC 9470 §3).</summary>
internal sealed class StepUpHandler(IOptionsMonitor<IntrospectionBearerOptions> options, TimeProvider time, ResourceServerInstruments telemetry) : AuthorizationHandler<StepUpRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, StepUpRequirement requirement)
    {
        // Without a token of this scheme nothing is decided, so nothing succeeds: the scheme's challenge answers.
        if (context.Resource is not HttpContext http || http.Features.Get<IntrospectedToken>() is not { } token || !string.Equals(token.Scheme, requirement.Scheme, StringComparison.Ordinal))
        {
            return Task.CompletedTask;
        }

        var refusal = Refuse(token.Response, requirement, time.GetUtcNow(), options.Get(requirement.Scheme).ClockSkew);
        telemetry.Count("authentication", refusal?.Code);
        if (refusal is null)
        {
            context.Succeed(requirement);
            return Task.CompletedTask;
        }

        // Whoever lacks the scope is told that: a better authentication would not help them.
        if (http.Features.Get<CallRefusal>() is null)
        {
            http.Features.Set(new CallRefusal(refusal, StepUp: requirement));
        }

        context.Fail();
        return Task.CompletedTask;
    }

    private static MedIdError? Refuse(IntrospectionResponse token, StepUpRequirement requirement, DateTimeOffset now, TimeSpan skew)
    {
        if (requirement.AcrValues.Count > 0 && !requirement.AcrValues.Contains(token.Acr, StringComparer.Ordinal))
        {
            return new(ResourceServerErrorCodes.AuthenticationInsufficient, ErrorCategory.Policy, "RFC 9470 §3", "acr");
        }

        // A token that does not say when the person authenticated says nothing that would do.
        return requirement.MaxAge is { } age && (token.AuthTime is not { } at || now - at > age + skew)
            ? new(ResourceServerErrorCodes.AuthenticationInsufficient, ErrorCategory.Policy, "RFC 9470 §3", "auth_time")
            : null;
    }
}
