namespace MedId.House.Tests.PublicApi;

public sealed class PublicApiTests
{
    [Theory]
    [MemberData(nameof(Package.Names), MemberType = typeof(Package))]
    public void PublicApi_OfThePackage_IsTheApprovedOne(string name) =>
        Approved.Compare(PublicApiPrinter.Print(Package.Named(name).Assembly), "tests", "MedId.House.Tests", "PublicApi", name + ".approved.txt");

    [Fact]
    public void PublicApi_ApprovedFiles_AreOfPackagesThatExist() =>
        Assert.Equal(
            Package.All.Select(package => package.Name),
            Repository.Under("tests/MedId.House.Tests/PublicApi", ".approved.txt").Select(file => Path.GetFileName(file)[..^".approved.txt".Length]).Order(StringComparer.Ordinal));

    [Fact]
    public void Print_TypeOfManyShapes_GivesEachMemberOnce()
    {
        const string expected = """
            public sealed record MedId.House.Tests.PublicApi.PrintedExample<T> : System.IEquatable<MedId.House.Tests.PublicApi.PrintedExample<T>>
                where T : notnull, System.IComparable<T>
              public const string Word = "a\"b"
              public PrintedExample(T Value, string? Text = null)
              public string? Text { get; init; }
              public T Value { get; init; }
              public int Count { get; }
              public static bool TryRead(System.ReadOnlySpan<byte> bytes, out string? text)
              public System.Threading.Tasks.Task<System.Collections.Generic.IReadOnlyList<string?>> ReadAsync(System.Threading.CancellationToken cancellationToken = default)

            """;
        Assert.Equal(expected.Split('\n').Order(StringComparer.Ordinal), PublicApiPrinter.Print([typeof(PrintedExample<>)]).Split('\n').Order(StringComparer.Ordinal));
    }
}
