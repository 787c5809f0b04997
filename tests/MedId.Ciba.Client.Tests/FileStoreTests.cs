namespace MedId.Ciba.Client.Tests;

public sealed class FileStoreTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "medid-ciba-" + Path.GetRandomFileName());

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    public static TheoryData<bool> Both => new() { true, false };

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Store_AddReplaceRemove_GoesByVersion(bool onDisk)
    {
        using var file = onDisk ? FileCibaPendingStore.Open(_folder) : null;
        ICibaPendingStore store = file ?? (ICibaPendingStore)new InMemoryCibaPendingStore();
        Assert.True(await store.AddAsync(Request(1)));
        Assert.False(await store.AddAsync(Request(1)));
        Assert.False(await store.TryReplaceAsync(Request(1) with { Version = 3 }));
        Assert.False(await store.TryReplaceAsync(Request(2) with { Version = 2 }));
        Assert.True(await store.TryReplaceAsync(Request(1) with { Version = 2 }));
        Assert.False(await store.TryReplaceAsync(Request(1) with { Version = 2 }));
        Assert.False(await store.TryRemoveAsync(Request(1).Id, 1));
        Assert.True(await store.TryRemoveAsync(Request(1).Id, 2));
        Assert.False(await store.TryRemoveAsync(Request(1).Id, 2));
        Assert.Empty(await store.ListAsync(null, 10));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task ListAsync_Pages_AreInOrderAndWhole(bool onDisk)
    {
        using var file = onDisk ? FileCibaPendingStore.Open(_folder) : null;
        ICibaPendingStore store = file ?? (ICibaPendingStore)new InMemoryCibaPendingStore();
        foreach (var one in new[] { 3, 1, 5, 2, 4 })
        {
            await store.AddAsync(Request(one));
        }

        var first = await store.ListAsync(null, 2);
        var second = await store.ListAsync(first[^1].Id, 10);
        Assert.Equal([1, 2, 3, 4, 5], first.Concat(second).Select(one => (int)one.Body.Span[0]));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task TryRemoveAsync_ManyAtOnce_OneSucceeds(bool onDisk)
    {
        using var file = onDisk ? FileCibaPendingStore.Open(_folder) : null;
        ICibaPendingStore store = file ?? (ICibaPendingStore)new InMemoryCibaPendingStore();
        await store.AddAsync(Request(1));
        var removed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => store.TryRemoveAsync(Request(1).Id, 1).AsTask())));
        Assert.Single(removed, one => one);
    }

    [Fact]
    public async Task Open_Again_HasWhatWasStoredAndNoLeases()
    {
        using (var store = FileCibaPendingStore.Open(_folder))
        {
            await store.AddAsync(Request(1) with { LeaseOwner = "a process that ended", LeasedUntil = At.AddYears(1) });
            await store.TryReplaceAsync(Request(1) with { Version = 2, LeaseOwner = "a process that ended", LeasedUntil = At.AddYears(1) });
            await store.AddAsync(Request(2));
            await store.TryRemoveAsync(Request(2).Id, 1);
        }

        using var again = FileCibaPendingStore.Open(_folder);
        var kept = Assert.Single(await again.ListAsync(null, 10));
        Assert.Equal((2, null, At), (kept.Version, kept.LeaseOwner, kept.KeepUntil));
        Assert.Equal(Request(1).Body.ToArray(), kept.Body.ToArray());
        Assert.Empty(again.Unreadable);
    }

    [Fact]
    public void Open_WhileAnotherHasIt_IsRefused()
    {
        using var store = FileCibaPendingStore.Open(_folder);
        Assert.Throws<IOException>(() => FileCibaPendingStore.Open(_folder));
    }

    [Fact]
    public async Task Open_FilesOfACrash_AreCleanedOrNamed()
    {
        using (var store = FileCibaPendingStore.Open(_folder))
        {
            await store.AddAsync(Request(1));
        }

        var id = Request(1).Id;
        File.Copy(Path.Combine(_folder, id + ".ciba"), Path.Combine(_folder, new string('f', 32) + ".ciba"));
        File.WriteAllText(Path.Combine(_folder, new string('e', 32) + ".ciba"), "");
        File.WriteAllText(Path.Combine(_folder, new string('d', 32) + ".ciba"), "{\"id\":\"");
        File.WriteAllText(Path.Combine(_folder, id + ".ciba.new"), "half");
        using var again = FileCibaPendingStore.Open(_folder);
        Assert.Equal(id, Assert.Single(await again.ListAsync(null, 10)).Id);
        Assert.Equal([new string('d', 32) + ".ciba", new string('f', 32) + ".ciba"], again.Unreadable.Order(StringComparer.Ordinal));
        Assert.False(File.Exists(Path.Combine(_folder, new string('e', 32) + ".ciba")));
        Assert.False(File.Exists(Path.Combine(_folder, id + ".ciba.new")));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("ABCDEFABCDEFABCDEFABCDEFABCDEFAB")]
    [InlineData("")]
    public async Task AddAsync_IdThatIsNoId_IsMisuse(string id)
    {
        using var store = FileCibaPendingStore.Open(_folder);
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.AddAsync(Request(1) with { Id = id }));
    }

    [Fact]
    public async Task Folder_OnUnix_IsTheOwnersOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var store = FileCibaPendingStore.Open(_folder);
        await store.AddAsync(Request(1));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, Request(1).Id + ".ciba")));
    }

    [Fact]
    public async Task Scheduler_OverFilesThroughARestart_HandsOutOnce()
    {
        var taker = new SchedulerFixture.Taker();
        var first = FileCibaPendingStore.Open(_folder);
        await using var s = new SchedulerFixture(store: first);
        s.F.Op.On("/token", s.Grant);
        s.Run();
        await s.StartAsync("visit-5");
        await s.PassAsync(2);
        Assert.Equal(1, s.Scheduler.Status.Untaken);
        first.Dispose();

        using var second = FileCibaPendingStore.Open(_folder);
        await using var next = new SchedulerFixture(store: second, f: s.F, handler: taker);
        next.Run();
        await next.SettleAsync();
        Assert.Equal(CibaFixture.AccessToken, Assert.Single(taker.Outcomes).Result.Value!.AccessToken);
        Assert.Equal("consent-1", taker.Outcomes[0].Result.Value!.IdToken.ConsentId);
        Assert.Equal("visit-5", taker.Outcomes[0].Reference);
        Assert.Single(s.F.PollSeconds());
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.ciba"));
    }

    private static StoredCibaRequest Request(int number) => new()
    {
        Id = new string('0', 31) + number.ToString("x", System.Globalization.CultureInfo.InvariantCulture),
        Version = 1,
        KeepUntil = At,
        Body = new byte[] { (byte)number, 2, 3 },
    };
}
