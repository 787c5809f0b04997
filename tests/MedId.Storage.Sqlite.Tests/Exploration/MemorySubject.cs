using MedId.Provider;
using MedId.Storage.TestSupport.Exploration;
using MedId.Testing;

namespace MedId.Storage.Sqlite.Tests.Exploration;

/// <summary>The memory store: a state is reached again by walking its path.</summary>
internal sealed class MemorySubject : AccessSubject
{
    private StoreScene _scene = SceneOn(new InMemoryProviderStore());

    public override IReadOnlyList<StoreScene> Nodes => [_scene];

    public static async Task<MemorySubject> StartAsync()
    {
        var subject = new MemorySubject();
        await subject.RestoreAsync(Array.Empty<AccessEvent>());
        return subject;
    }

    public override async Task<string> DumpAsync() =>
        (await ViewAsync(_scene, StoreScene.Now)).Whole + (await _scene.Store.FindAccountAsync(_scene.Tenant, _scene.AccountId))!.Status;

    public override object Save(IReadOnlyList<AccessEvent> path) => path;

    public override async Task RestoreAsync(object saved)
    {
        _scene = await SceneOn(new InMemoryProviderStore()).PendingAsync();
        var model = new AccessModel();
        foreach (var what in (IReadOnlyList<AccessEvent>)saved)
        {
            await RunAsync(_scene, what, model.At);
            model = model.Expect(what).After;
        }
    }

    public override void Dispose()
    {
    }
}
