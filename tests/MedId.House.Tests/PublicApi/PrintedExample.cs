using System.Diagnostics.CodeAnalysis;

namespace MedId.House.Tests.PublicApi;

[SuppressMessage("Design", "CA1000", Justification = "One type with a member of each shape, for the printer's own test.")]
public sealed record PrintedExample<T>(T Value, string? Text = null)
    where T : notnull, IComparable<T>
{
    public const string Word = "a\"b";

    public int Count { get; private set; }

    public static bool TryRead(ReadOnlySpan<byte> bytes, out string? text)
    {
        text = bytes.IsEmpty ? null : string.Empty;
        return text is not null;
    }

    public Task<IReadOnlyList<string?>> ReadAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<string?>>([Text, Hidden()]);

    private static string? Hidden() => null;
}
