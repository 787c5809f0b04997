using MedId.Core;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Written before it leaves: what cannot be audited is not answered.</summary>
public class AuditTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Trail_WholeWalk_HasEachStepWithWhoTookPart(bool sqlite)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = sqlite });
        await using var _ = world;
        var tokens = await phone.GrantAsync();
        await world.IntrospectAsync(tokens["access_token"]);
        await world.IntrospectAsync("not a token");

        var lines = await LinesAsync(world);

        Assert.Equal(
            [AuditEventKind.DeviceEnrolled, AuditEventKind.RequestOpened, AuditEventKind.ConsentGiven, AuditEventKind.TokenIssued, AuditEventKind.DataAccessed],
            lines.Where(line => line.Event != AuditEventKind.DeskAct).Select(line => line.Event));
        var access = lines[^1];
        Assert.Equal((AuditAgentKind.ResourceServer, "health-record-api"), (access.Agents[0].Kind, access.Agents[0].Id));
        Assert.Equal(["health-record-api", "ehr-clinic-a", Jwt.Claims(tokens["access_token"])["act"]!["sub"]!.ToString()], access.Agents.Select(agent => agent.Id));
        Assert.Equal((string?)Jwt.Claims(tokens["access_token"])["consent_id"], access.ConsentId);
        Assert.Equal(OpWorld.Resource, access.Resource);
        Assert.Equal("TREAT", access.Purpose);
        Assert.Equal("synthetic-account-a", access.Subject);
        Assert.Single(lines.Select(line => line.ConsentId).Where(id => id is not null).Distinct());
    }

    [Theory]
    [InlineData(nameof(IConsentHistoryStore.TryRecordReadAsync), "introspect")]
    [InlineData(nameof(IAuditStore.AppendAuditAsync), "refuse")]
    public async Task Store_CannotWriteTheLine_NothingIsAnswered(string verb, string what)
    {
        var breaks = false;
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new()
        {
            Before = (name, _) =>
            {
                if (breaks && name == verb)
                {
                    throw new IOException("no such disk");
                }
            },
        });
        await using var _ = world;
        var tokens = await phone.GrantAsync();
        breaks = true;

        var answer = what == "introspect" ? await world.IntrospectAsync(tokens["access_token"]) : await world.Ehr.AuthorizeAsync(claims => claims["scope"] = "openid patient/Nonsense.read");

        Assert.Equal(500, answer.Status);
        Assert.DoesNotContain("active", answer.Text, StringComparison.Ordinal);
        breaks = false;
        Assert.Equal(what == "introspect" ? 200 : 400, (what == "introspect" ? await world.IntrospectAsync(tokens["access_token"]) : await world.Ehr.AuthorizeAsync(claims => claims["scope"] = "openid patient/Nonsense.read")).Status);
    }

    [Fact]
    public async Task Introspection_WithdrawnBetweenJudgingAndRecording_IsInactiveAndNoAccess()
    {
        var withdraws = false;
        string? consent = null;
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new()
        {
            Before = (name, store) =>
            {
                if (withdraws && name == nameof(IConsentHistoryStore.TryRecordReadAsync))
                {
                    Assert.Equal(WithdrawalOutcome.Withdrawn, store.WithdrawConsentAsync(TenantId.Single, consent!, "synthetic-account-a", OpWorld.Start.AddMinutes(1)).AsTask().GetAwaiter().GetResult());
                }
            },
        });
        await using var _ = world;
        var tokens = await phone.GrantAsync();
        consent = (string?)Jwt.Claims(tokens["access_token"])["consent_id"];
        withdraws = true;

        Assert.Equal("""{"active":false}""", (await world.IntrospectAsync(tokens["access_token"])).Text);

        Assert.Equal(AuditEventKind.ConsentWithdrawn, (await LinesAsync(world))[^1].Event);
    }

    [Fact]
    public async Task Refusals_OfAuthenticatedClients_AreInTheTrailWithTheirCode()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var before = (await LinesAsync(world)).Count;
        Assert.Equal("provider.scope_not_accepted", (await world.Ehr.AuthorizeAsync(claims => claims["scope"] = "openid patient/Nonsense.read")).Code);
        await world.Ehr.RefreshAsync("no such token");
        await world.SendFormAsync("/bc-authorize", [new("client_id", "nobody")]);

        var lines = (await LinesAsync(world)).Skip(before).ToList();

        Assert.Equal(
            [(AuditEventKind.RequestRefused, "provider.scope_not_accepted"), (AuditEventKind.RefreshRefused, "oauth_server.refresh_token_unknown")],
            lines.Select(line => (line.Event, line.ErrorCode)));
        Assert.All(lines, line => Assert.Equal((AuditOutcome.Refused, "ehr-clinic-a"), (line.Outcome, line.Agents[0].Id)));
        Assert.Equal(("synthetic-account-a", OpWorld.Resource), (lines[0].Subject, lines[0].Resource));
        Assert.Contains("patient/Nonsense.read", lines[0].Scopes);
    }

    [Fact]
    public async Task Start_TimestampsNeitherOrBoth_IsRefused()
    {
        var both = await Assert.ThrowsAsync<OptionsValidationException>(() => OpWorld.StartAsync(new() { Timestamps = new LabTimestamps(), Provider = options => options.WithoutTimestampedHistory = true }));
        Assert.Contains("WithoutTimestampedHistory contradicts AddHistoryTimestamps", both.Message, StringComparison.Ordinal);
        var neither = await Assert.ThrowsAsync<OptionsValidationException>(() => OpWorld.StartAsync(new() { More = builder => builder.Services.PostConfigure<ProviderOptions>(options => options.WithoutTimestampedHistory = false) }));
        Assert.Contains("call AddHistoryTimestamps", neither.Message, StringComparison.Ordinal);
        var anybody = await Assert.ThrowsAsync<OptionsValidationException>(() => OpWorld.StartAsync(new() { Timestamps = new LabTimestamps(), More = builder => builder.Services.PostConfigure<ProviderOptions>(options => options.HistoryTimestampPolicy = null) }));
        Assert.Contains("give AddHistoryTimestamps a TimestampPolicy", anybody.Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<AuditLine>> LinesAsync(OpWorld world)
    {
        Assert.True((await world.Services.GetRequiredService<AuditTrail>().VerifyAsync()).IsWhole);
        return [.. (await world.Store.ListAuditAsync(TenantId.Single, 1, 1000)).Select(stored => AuditEntry.Parse(stored.Bytes).Value!.Line)];
    }
}
