using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MedId.Testing;

/// <summary>What a check asks of a store, without a test framework.</summary>
internal static class Expect
{
    public static void Equal<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new ProviderStoreConformanceException($"{what}: expected {expected}, got {actual}.");
        }
    }

    public static void True(bool actual, string what) => Equal(true, actual, what);

    public static void False(bool actual, string what) => Equal(false, actual, what);

    public static void Null(object? actual, string what) => Equal(null, actual, what);

    /// <summary>Records are equal when their stored forms are: lists inside records compare by reference.</summary>
    public static void Same<T>(T expected, T? actual, JsonTypeInfo<T> type, string what)
        where T : class
    {
        if (actual is null)
        {
            throw new ProviderStoreConformanceException($"{what}: nothing was found.");
        }

        Equal(JsonSerializer.Serialize(expected, type), JsonSerializer.Serialize(actual, type), what);
    }

    public static void SameSequence<T>(IEnumerable<T> expected, IEnumerable<T> actual, string what) =>
        Equal(string.Join("; ", expected), string.Join("; ", actual), what);

    public static async Task MisuseAsync(Func<Task> call, string what)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            return;
        }

        throw new ProviderStoreConformanceException($"{what}: expected an ArgumentException.");
    }

    /// <summary>Starts all callers at once.</summary>
    /// <returns>What each of them got.</returns>
    public static async Task<IReadOnlyList<T>> RaceAsync<T>(Func<int, ValueTask<T>> caller)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var callers = Enumerable.Range(0, ProviderStoreConformance.Racers)
            .Select(number => Task.Run(async () =>
            {
                await gate.Task.ConfigureAwait(false);
                return await caller(number).ConfigureAwait(false);
            }))
            .ToList();
        gate.SetResult();
        return await Task.WhenAll(callers).ConfigureAwait(false);
    }

    /// <summary>One caller got this, every other got that.</summary>
    public static void OneWinner<T>(IReadOnlyList<T> outcomes, T winner, T loser, string what)
    {
        Equal(1, outcomes.Count(outcome => EqualityComparer<T>.Default.Equals(outcome, winner)), what + ", winners");
        Equal(outcomes.Count - 1, outcomes.Count(outcome => EqualityComparer<T>.Default.Equals(outcome, loser)), what + ", losers");
    }
}
