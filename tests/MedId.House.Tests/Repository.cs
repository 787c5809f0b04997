using MedId.TestSupport;

namespace MedId.House.Tests;

/// <summary>The files of the checkout that people wrote.</summary>
internal static class Repository
{
    private static readonly HashSet<string> Made = new(StringComparer.Ordinal)
    {
        "bin", "obj", ".git", "artifacts", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts", ".vs", ".idea",
    };

    private static readonly Lazy<IReadOnlyList<string>> Everything = new(() => [.. Walk(Checkout.Root).OrderBy(path => path, StringComparer.Ordinal)]);

    /// <summary>All files as paths from the root with <c>/</c>.</summary>
    public static IReadOnlyList<string> Files => Everything.Value;

    public static IEnumerable<string> Under(string folder, string extension) =>
        Files.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal) && file.EndsWith(extension, StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Checkout.Root, file));

    public static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Checkout.Root, file));

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Checkout.Root, file).Replace('\\', '/');
        }

        foreach (var inner in Directory.EnumerateDirectories(folder).Where(inner => !Made.Contains(Path.GetFileName(inner))))
        {
            foreach (var file in Walk(inner))
            {
                yield return file;
            }
        }
    }
}
