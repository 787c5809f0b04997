using MedId.Core;
using MedId.Provider;
using MedId.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MedId.AspNetCore.Provider.Tests.Administration;

/// <summary>Health, measures and what is said at start.</summary>
[Collection(nameof(PersonalDataTests))]
public sealed class OperationsTests
{
    private static readonly Marker Hint = new("login hint", "marked-administered-number-7719");
    private static readonly Marker Account = new("account", "marked-administered-account-3306");

    [Fact]
    public async Task Health_AllWell_IsReadyAndSaysNothingElse()
    {
        await using var world = await StartAsync();

        Assert.Equal("Healthy", (await world.GetAsync("/health/live")).Expect(200).Text);
        Assert.Equal("Healthy", (await world.GetAsync("/health/ready")).Expect(200).Text);
        var report = await world.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(["medid.clock", "medid.keys", "medid.live", "medid.outbox", "medid.store", "medid.trust"], report.Entries.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Health_StoreInMemory_IsDegradedUnlessAllowed()
    {
        await using var world = await StartAsync(sqlite: false);
        Assert.Equal("Degraded", (await world.GetAsync("/health/ready")).Expect(200).Text);
        await using var lab = await StartAsync(sqlite: false, change: options => options.AllowsMemory = true);
        Assert.Equal("Healthy", (await lab.GetAsync("/health/ready")).Expect(200).Text);
    }

    [Fact]
    public async Task Health_StoreAway_IsNotReadyAndStillAlive()
    {
        var away = false;
        await using var world = await StartAsync(before: (verb, _) => Fail(away && verb == nameof(IProviderStore.FindAuditHeadAsync)));
        away = true;

        Assert.Equal("Unhealthy", (await world.GetAsync("/health/ready")).Expect(503).Text);
        (await world.GetAsync("/health/live")).Expect(200);
        var entry = (await world.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["medid.store"];
        Assert.Equal((HealthStatus.Unhealthy, "IOException"), (entry.Status, entry.Description));
    }

    [Fact]
    public async Task Health_OutboxBehind_IsDegradedAndThenNotReady()
    {
        await using var world = await StartAsync();
        var now = world.Time.GetUtcNow();
        await world.Store.AddMessageAsync(new() { Tenant = TenantId.Single, Id = "one", Kind = "nobody-handles-it", Subject = "one", DueAt = now, ExpiresAt = now.AddDays(1) });

        Assert.Equal("Healthy", (await world.GetAsync("/health/ready")).Text);
        world.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("Degraded", (await world.GetAsync("/health/ready")).Text);
        world.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(503, (await world.GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task Health_ClockBehindTheTrail_IsNotReady()
    {
        await using var world = await StartAsync();
        await world.Store.AppendAuditAsync(TenantId.Single, new() { Event = AuditEventKind.Administration, At = world.Time.GetUtcNow().AddMinutes(3), Reason = "test" });

        Assert.Equal(503, (await world.GetAsync("/health/ready")).Status);
        world.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("Healthy", (await world.GetAsync("/health/ready")).Text);
    }

    [Fact]
    public async Task Health_TrustDataStale_IsDegraded()
    {
        var until = OpWorld.Start.AddHours(1);
        await using var world = await StartAsync(change: options => options.FreshUntil["metadata"] = () => until);

        Assert.Equal("Healthy", (await world.GetAsync("/health/ready")).Text);
        world.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("Degraded", (await world.GetAsync("/health/ready")).Text);
    }

    [Fact]
    public async Task Health_NoKeyYet_IsNotReady()
    {
        await using var world = await StartAsync(more: builder => builder.AddStoredSigningKeys());

        Assert.Equal(503, (await world.GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task Start_SaysWhatIsOnAndOff()
    {
        using var console = await AdminConsole.StartAsync(more: builder => builder.AddStoredSigningKeys(keys => keys.Age = TimeSpan.FromDays(30)));
        await using var world = console.World;

        var line = Assert.Single(world.Log.Lines, one => one.Contains("has started", StringComparison.Ordinal));
        var (on, off) = (line[line.IndexOf("on:", StringComparison.Ordinal)..line.IndexOf("off:", StringComparison.Ordinal)], line[line.IndexOf("off:", StringComparison.Ordinal)..]);
        Assert.Contains("administration", on, StringComparison.Ordinal);
        Assert.Contains("rotation by age", on, StringComparison.Ordinal);
        Assert.Contains("four eyes", off, StringComparison.Ordinal);
        Assert.Contains("break-glass", off, StringComparison.Ordinal);
        Assert.Contains("memory, lost when the process ends", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Telemetry_EveryAdministrationFlow_HoldsNothingOfAPersonAndIsInTheTable()
    {
        using var traces = new Traces();
        using var console = await AdminConsole.StartAsync(new() { Sqlite = true, Trace = true }, more: builder => builder.AddProviderHealthChecks());
        await using var world = console.World;
        await world.PutAccountAsync(Account.Value, Hint.Value);
        (await console.PostAsync("/users/search", new() { ["hint"] = Hint.Value })).Expect(200);
        Assert.Equal(404, (await console.PostAsync("/users/search", new() { ["hint"] = Hint.Value + "-mistyped" })).Status);
        (await console.PostAsync($"/users/{Account.Value}/suspension")).Expect(200);
        (await console.GetAsync($"/users/{Account.Value}/devices")).Expect(200);
        (await console.PutAsync("/clients/ehr-new", AdministrationClientTests.Registration(), match: 0)).Expect(201);
        (await console.SwitchAsync("tokens", "engaged")).Expect(200);
        await world.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        traces.Observe();

        var ours = traces.Activities.Where(line => line.StartsWith(ProviderTelemetry.ActivitySourceName, StringComparison.Ordinal)).ToList();
        Assert.Contains(ours, line => line.Contains("/admin/v1/users/{id}/suspension", StringComparison.Ordinal));
        Assert.All(ours, line => Assert.Null(Account.FindIn(line) ?? Hint.FindIn(line)));
        Assert.All(traces.Measurements, line => Assert.Null(Account.FindIn(line) ?? Hint.FindIn(line)));
        Assert.All(world.Log.Lines, line => Assert.Null(Hint.FindIn(line)));
        Assert.All(world.Log.Lines.Where(line => line.StartsWith("MedId.", StringComparison.Ordinal)), line => Assert.Null(Account.FindIn(line)));
        foreach (var name in (string[])[ProviderTelemetry.Duration, ProviderTelemetry.Administration, ProviderTelemetry.OutboxLag, ProviderTelemetry.Refusals])
        {
            Assert.Contains(traces.Measurements, line => line.Contains(name + " ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Telemetry_EveryName_StandsInTheTable()
    {
        var page = File.ReadAllText(Page());
        var names = typeof(ProviderTelemetry).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

        Assert.All(names, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MedIdSdk.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "build", "docs", "telemetry.md");
    }

    private static void Fail(bool away)
    {
        if (away)
        {
            throw new IOException("the disk is away: marked");
        }
    }

    private static Task<OpWorld> StartAsync(bool sqlite = true, Action<ProviderHealthOptions>? change = null, Action<string, IProviderStore>? before = null, Action<MedIdProviderBuilder>? more = null) => OpWorld.StartAsync(new()
    {
        Sqlite = sqlite,
        Before = before,
        More = builder =>
        {
            builder.AddProviderHealthChecks(change);
            more?.Invoke(builder);
        },
        Pipeline = app => app.MapMedIdHealth(),
    });
}
