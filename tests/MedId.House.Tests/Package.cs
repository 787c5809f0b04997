using System.Reflection;
using System.Xml.Linq;
using MedId.TestSupport;

namespace MedId.House.Tests;

/// <summary>A folder under <c>src</c> and the assembly that it builds.</summary>
internal sealed record Package(string Name, string Folder)
{
    public static IReadOnlyList<Package> All { get; } =
    [
        .. Directory.EnumerateDirectories(Checkout.PathOf("src"))
            .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(folder => new Package(Path.GetFileName(folder), folder))
            .OrderBy(package => package.Name, StringComparer.Ordinal),
    ];

    public static TheoryData<string> Names { get; } = [.. All.Select(package => package.Name)];

    public Assembly Assembly => Assembly.Load(new AssemblyName(Name));

    public XDocument Project => XDocument.Load(Path.Combine(Folder, Name + ".csproj"));

    public string Readme => Path.Combine(Folder, "README.md");

    public static Package Named(string name) => All.Single(package => package.Name == name);

    /// <summary>The types that were written by hand.</summary>
    public IEnumerable<Type> Types => Assembly.GetTypes().Where(type => !IsGenerated(type));

    private static bool IsGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.GetCustomAttributesData().Any(attribute => attribute.AttributeType.Name is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute" or "EmbeddedAttribute")
        || (type.DeclaringType is not null && IsGenerated(type.DeclaringType));
}
