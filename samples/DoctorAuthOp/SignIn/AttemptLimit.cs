namespace MedId.Samples.DoctorAuthOp;

/// <summary>Counts wrong passwords per user name, known or not; after too many nothing is judged until the lock is over.</summary>
internal sealed class AttemptLimit(TimeProvider time)
{
    private const int Allowed = 5;
    private const int MostNames = 10_000;
    private static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, (int Wrong, DateTimeOffset Last)> _names = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Takes one attempt before it is judged, so that parallel guesses count too; false when none is left.</summary>
    public bool TryTake(string username)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_names.Count >= MostNames)
            {
                foreach (var old in _names.Where(one => now - one.Value.Last >= Lock).Select(one => one.Key).ToList())
                {
                    _names.Remove(old);
                }
            }

            var (wrong, last) = _names.GetValueOrDefault(username);
            if (wrong >= Allowed && now - last < Lock)
            {
                return false;
            }

            _names[username] = (wrong >= Allowed ? 1 : wrong + 1, now);
            return true;
        }
    }

    public void Right(string username)
    {
        lock (_gate)
        {
            _names.Remove(username);
        }
    }
}
