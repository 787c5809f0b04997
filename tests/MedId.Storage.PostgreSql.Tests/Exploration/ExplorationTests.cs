using System.Diagnostics.CodeAnalysis;
using MedId.Storage.TestSupport.Exploration;

namespace MedId.Storage.PostgreSql.Tests.Exploration;

/// <summary>
/// One access, explored exhaustively to depth 5 on the store's own code: poll, approve, narrow, deny, redeem, refresh, withdraw, suspend, reactivate and time in every order, every event at
/// either of two nodes of two versions, with a death inside each transaction. The verbs are those of SQLite, where the same exploration goes to depth 8.
/// </summary>
public sealed class ExplorationTests(PostgreSqlServer server)
{
    private const int Depth = 5;

    [Fact]
    [SuppressMessage("Usage", "CA1508:Avoid dead conditional code", Justification = "The subject is created by an asynchronous factory.")]
    public async Task AnyOrder_TwoNodesOfTwoVersions_KeepEveryInvariant()
    {
        server.Require();
        using var subject = await PostgreSqlSubject.StartAsync(server);
        var explorer = await new AccessExplorer(subject, Depth).ExploreAsync();

        Assert.Empty(explorer.AllViolations.SelectMany(violations => violations.Value, (violations, path) => $"{violations.Key}: {path}"));
        Assert.True(explorer.States > 100 && explorer.DeathsInside > 100, $"{explorer.States} states, {explorer.DeathsInside} deaths");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{explorer.States} states, {explorer.Transitions} transitions to depth {Depth}, {explorer.DeathsInside} deaths inside a transaction, {explorer.Took.TotalSeconds:F1} s");
    }
}
