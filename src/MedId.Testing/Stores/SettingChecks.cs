using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

internal static class SettingChecks
{
    private static readonly TenantId _tenant = ProviderStoreConformance.Tenant;
    private static readonly TenantId _other = ProviderStoreConformance.OtherTenant;

    public static IReadOnlyList<ProviderStoreCheck> All { get; } =
    [
        new("TryPutSetting_VersionsInTheirOrder_AreStored", async (store, ct) =>
        {
            var (kind, id) = (StoreScene.NewId("kind"), StoreScene.NewId("setting"));
            Expect.Null(await store.FindSettingAsync(_tenant, kind, id, ct).ConfigureAwait(false), "before the first");
            Expect.False(await store.TryPutSettingAsync(Make(kind, id, 2), null, ct).ConfigureAwait(false), "a second version without a first");
            Expect.False(await store.TryPutSettingAsync(Make(kind, id, 0), null, ct).ConfigureAwait(false), "a version of none");
            Expect.True(await store.TryPutSettingAsync(Make(kind, id, 1), null, ct).ConfigureAwait(false), "the first");
            Expect.False(await store.TryPutSettingAsync(Make(kind, id, 1), null, ct).ConfigureAwait(false), "the first again");
            Expect.True(await store.TryPutSettingAsync(Make(kind, id, 2, "{\"秘\":2}"), null, ct).ConfigureAwait(false), "the second");
            Expect.Equal(Make(kind, id, 2, "{\"秘\":2}"), await store.FindSettingAsync(_tenant, kind, id, ct).ConfigureAwait(false), "what is found");
            Expect.True(await store.TryPutSettingAsync(Make(kind, id, 3) with { Removed = true }, null, ct).ConfigureAwait(false), "its removal");
            Expect.Equal(Make(kind, id, 3) with { Removed = true }, await store.FindSettingAsync(_tenant, kind, id, ct).ConfigureAwait(false), "what is found of a removed one");
            Expect.False(await store.TryPutSettingAsync(Make(kind, id, 1), null, ct).ConfigureAwait(false), "a removed one from the beginning");
            Expect.True(await store.TryPutSettingAsync(Make(kind, id, 4), null, ct).ConfigureAwait(false), "a removed one that comes back");
        }),
        new("TryPutSetting_SixtyFourAtOnce_OneWins", async (store, ct) =>
        {
            var (kind, id) = (StoreScene.NewId("kind"), StoreScene.NewId("setting"));
            var outcomes = await Expect.RaceAsync(number => store.TryPutSettingAsync(Make(kind, id, 1, $"{{\"by\":{number}}}"), Line(id), ct)).ConfigureAwait(false);
            Expect.OneWinner(outcomes, winner: true, loser: false, "the first version");
            Expect.Equal(1, await LinesAsync(store, _tenant, id, ct).ConfigureAwait(false), "lines of the trail");
        }),
        new("TryPutSetting_WithALine_StandsWithIt", async (store, ct) =>
        {
            var (kind, id) = (StoreScene.NewId("kind"), StoreScene.NewId("setting"));
            Expect.True(await store.TryPutSettingAsync(Make(kind, id, 1), Line(id), ct).ConfigureAwait(false), "the first");
            Expect.Equal(1, await LinesAsync(store, _tenant, id, ct).ConfigureAwait(false), "its line");
            Expect.False(await store.TryPutSettingAsync(Make(kind, id, 1), Line(id), ct).ConfigureAwait(false), "the first again");
            Expect.Equal(1, await LinesAsync(store, _tenant, id, ct).ConfigureAwait(false), "no line without its act");
            Expect.True(await store.TryPutSettingAsync(Make(kind, id, 2), null, ct).ConfigureAwait(false), "one that is no act");
            Expect.Equal(1, await LinesAsync(store, _tenant, id, ct).ConfigureAwait(false), "no line for what is no act");
        }),
        new("ListSettings_Pages_AreInTheOrderOfIdsAndWhole", async (store, ct) =>
        {
            var kind = StoreScene.NewId("kind");
            string[] ids = ["B", "a", "a/b", "a:b", "aa", "https://ids.example/é", "z", "~"];
            foreach (var id in ids)
            {
                Expect.True(await store.TryPutSettingAsync(Make(kind, id, 1), null, ct).ConfigureAwait(false), id);
            }

            Expect.True(await store.TryPutSettingAsync(Make(kind, "aa", 2) with { Removed = true }, null, ct).ConfigureAwait(false), "a removal");
            List<string> seen = [];
            string? after = null;
            while (true)
            {
                var page = await store.ListSettingsAsync(_tenant, kind, after, 3, ct).ConfigureAwait(false);
                seen.AddRange(page.Select(static one => one.Id));
                if (page.Count < 3)
                {
                    break;
                }

                after = page[^1].Id;
            }

            Expect.SameSequence(ids.Order(StringComparer.Ordinal), seen, "ids");
            Expect.True((await store.ListSettingsAsync(_tenant, kind, "a:b", 1, ct).ConfigureAwait(false))[0] is { Id: "aa", Removed: true, Version: 2 }, "the removed one in its place");
            Expect.Equal(0, (await store.ListSettingsAsync(_tenant, kind, "~", 10, ct).ConfigureAwait(false)).Count, "past the end");
            Expect.Equal(0, (await store.ListSettingsAsync(_tenant, kind + "-other", null, 10, ct).ConfigureAwait(false)).Count, "another kind");
            await Expect.MisuseAsync(async () => await store.ListSettingsAsync(_tenant, kind, null, 0, ct).ConfigureAwait(false), "a page of none").ConfigureAwait(false);
            await Expect.MisuseAsync(async () => await store.ListSettingsAsync(_tenant, kind, null, 1001, ct).ConfigureAwait(false), "a page too long").ConfigureAwait(false);
        }),
        new("Settings_FromAnotherTenant_AreNotThere", async (store, ct) =>
        {
            var (kind, id) = (StoreScene.NewId("kind"), StoreScene.NewId("setting"));
            Expect.True(await store.TryPutSettingAsync(Make(kind, id, 1, "{\"of\":\"a\"}"), Line(id), ct).ConfigureAwait(false), "in one tenant");
            Expect.Null(await store.FindSettingAsync(_other, kind, id, ct).ConfigureAwait(false), "found from the other");
            Expect.Equal(0, (await store.ListSettingsAsync(_other, kind, null, 10, ct).ConfigureAwait(false)).Count, "listed from the other");
            Expect.Equal(0, await LinesAsync(store, _other, id, ct).ConfigureAwait(false), "lines in the other's trail");
            Expect.False(await store.TryPutSettingAsync(Make(kind, id, 2) with { Tenant = _other }, null, ct).ConfigureAwait(false), "changed from the other");
            Expect.True(await store.TryPutSettingAsync(Make(kind, id, 1, "{\"of\":\"b\"}") with { Tenant = _other }, null, ct).ConfigureAwait(false), "the same id in the other");
            Expect.Equal("{\"of\":\"a\"}", (await store.FindSettingAsync(_tenant, kind, id, ct).ConfigureAwait(false))!.Body, "the first afterwards");
        }),
        new("TryPutSetting_WhoeverListens_IsWoken", async (store, ct) =>
        {
            using var heard = store.Signals.Subscribe(MedId.Ciba.Server.ChangeTopics.Settings(_tenant));
            using var elsewhere = store.Signals.Subscribe(MedId.Ciba.Server.ChangeTopics.Settings(_other));
            // Across nodes a signal of what was done before may still be on its way.
            await elsewhere.WaitAsync(TimeSpan.FromMilliseconds(200), ct).ConfigureAwait(false);
            Expect.True(await store.TryPutSettingAsync(Make(StoreScene.NewId("kind"), "one", 1), null, ct).ConfigureAwait(false), "the setting");
            Expect.True(await heard.WaitAsync(TimeSpan.FromSeconds(10), ct).ConfigureAwait(false), "the signal");
            Expect.False(await elsewhere.WaitAsync(TimeSpan.FromMilliseconds(200), ct).ConfigureAwait(false), "the other tenant's signal");
        }),
    ];

    private static Setting Make(string kind, string id, long version, string body = "{}") =>
        new() { Tenant = _tenant, Kind = kind, Id = id, Version = version, Body = body, ChangedAt = StoreScene.Now.AddMinutes(version) };

    private static AuditLine Line(string id) =>
        new() { Event = AuditEventKind.Administration, At = StoreScene.Now, Agents = [AuditAgent.Administrator("synthetic-operator")], ObjectId = id, Reason = "conformance" };

    private static async ValueTask<int> LinesAsync(IProviderStore store, TenantId tenant, string id, CancellationToken cancellationToken)
    {
        var lines = 0;
        long from = 1;
        while (true)
        {
            var page = await store.ListAuditAsync(tenant, from, 1000, cancellationToken).ConfigureAwait(false);
            lines += page.Count(entry => AuditEntry.Parse(entry.Bytes).Value is { Line: var line } && line.ObjectId == id);
            if (page.Count < 1000)
            {
                return lines;
            }

            from += page.Count;
        }
    }
}
