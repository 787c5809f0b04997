using System.Collections.Concurrent;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>What an integrator sees of an answer: the feature, and the instruments.</summary>
public class OutcomeTests
{
    [Fact]
    public async Task Outcome_AfterAnEndpoint_HasClientActErrorAndWarning()
    {
        var outcomes = new ConcurrentQueue<(string Path, ProviderOutcome? Outcome)>();
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new()
        {
            Pipeline = app => app.Use(async (context, next) =>
            {
                await next(context);
                outcomes.Enqueue((context.Request.Path.Value!, context.Features.Get<ProviderOutcome>()));
            }),
        });
        await using var _ = world;

        Assert.Equal((CeremonyKind.Enrol, null), (Last()?.Act, Last()?.Error));
        world.Push.Broken = true;
        var asked = (await world.Ehr.AuthorizeAsync()).Expect(200);
        Assert.Equal(("ehr-clinic-a", "ciba.notification_failed"), (Last()?.ClientId, Last()?.Warning?.Code));
        await world.Ehr.PollAsync(asked["auth_req_id"]);
        Assert.Equal(("ehr-clinic-a", "ciba.pending"), (Last()?.ClientId, Last()?.Error?.Code));
        await world.IntrospectAsync("nonsense");
        Assert.Equal(("health-record-api", null), (Last()?.ClientId, Last()?.Error));
        Assert.NotNull(Last()?.Warning);
        await phone.ConsentsAsync("nonsense");
        Assert.Equal(ProviderErrorCodes.DeviceTokenRefused, Last()?.Error?.Code);
        await phone.EnrolAsync("nonsense");
        Assert.Equal((CeremonyKind.Enrol, ProviderErrorCodes.TicketUnknown), (Last()?.Act, Last()?.Error?.Code));
        await world.SendFormAsync("/revoke", []);
        Assert.Equal((null, OAuthServerErrorCodes.ClientAuthenticationMissing), (Last()?.ClientId, Last()?.Error?.Code));

        ProviderOutcome? Last() => outcomes.Last().Outcome;
    }

    [Fact]
    public async Task Meters_NameEndpointsAsTheyWereMapped()
    {
        using var traces = new Traces();
        await using var world = await OpWorld.StartAsync();

        await world.SendFormAsync("/ToKeN/", []);
        await world.GetAsync("/device/requests/never-asked-4711", "nonsense");

        Assert.Contains(traces.Measurements, line => line.Contains($"{ProviderTelemetry.Refusals} 1 endpoint=/token error.code=", StringComparison.Ordinal));
        Assert.Contains(traces.Measurements, line => line.Contains($"{ProviderTelemetry.Refusals} 1 endpoint=/device/requests/{{id}} error.code=", StringComparison.Ordinal));
        Assert.DoesNotContain(traces.Measurements, line => line.Contains("ToKeN", StringComparison.Ordinal) || line.Contains("never-asked-4711", StringComparison.Ordinal));
    }
}
