namespace MedId.Cryptography.Tests;

public sealed class HandlePoolTests
{
    [Fact]
    public void Rent_OneAtATime_ReusesTheFirstHandle()
    {
        var first = new Handle();
        var pool = new HandlePool<Handle>(() => throw new InvalidOperationException("must not import"), first);

        for (var i = 0; i < 3; i++)
        {
            var rented = pool.Rent();
            Assert.Same(first, rented);
            pool.Return(rented);
        }
    }

    [Fact]
    public void Rent_SeveralAtATime_NeverGivesOneHandleTwice()
    {
        var pool = new HandlePool<Handle>(() => new Handle(), new Handle());
        var rented = Enumerable.Range(0, HandlePool<Handle>.Beside + 5).Select(_ => pool.Rent()).ToList();
        Assert.Distinct(rented);

        rented.ForEach(pool.Return);
        Assert.Equal(4, rented.Count(h => h.IsDisposed)); // one slot, and those beside it
        Assert.All(Enumerable.Range(0, HandlePool<Handle>.Beside + 1), _ => Assert.Contains(pool.Rent(), rented));
    }

    [Fact]
    public void Drain_IdleHandles_AreDisposed()
    {
        var handles = new List<Handle>();
        Handle Import()
        {
            handles.Add(new Handle());
            return handles[^1];
        }

        var pool = new HandlePool<Handle>(Import, Import());
        var (first, second) = (pool.Rent(), pool.Rent());
        pool.Return(first);
        pool.Return(second);
        pool.Drain();

        Assert.All(handles, h => Assert.True(h.IsDisposed));
        Assert.DoesNotContain(pool.Rent(), new[] { first, second });
    }

    private sealed class Handle : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
