using MedId.Storage.TestSupport.Exploration;
using MedId.Testing;

namespace MedId.Storage.Sqlite.Tests.Exploration;

/// <summary>A store that says a consent was withdrawn and keeps it: what the explorer has to find.</summary>
internal sealed class ForgetfulSubject : AccessSubject
{
    private readonly MemorySubject _memory = new();

    public override IReadOnlyList<StoreScene> Nodes => [SceneOn(ForgetfulStore.Over(_memory.Nodes[0].Store))];

    public override Task<string> DumpAsync() => _memory.DumpAsync();

    public override object Save(IReadOnlyList<AccessEvent> path) => path;

    public override Task RestoreAsync(object saved) =>
        _memory.RestoreAsync(((IReadOnlyList<AccessEvent>)saved).Where(what => what != AccessEvent.Withdraw).ToArray());

    public override void Dispose() => _memory.Dispose();
}
