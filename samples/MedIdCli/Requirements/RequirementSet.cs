using System.Text.Json;

namespace MedId.Cli.Requirements;

/// <summary>The requirement rows of all packages, ordered by package.</summary>
internal sealed class RequirementSet
{
    private const string ResourcePrefix = "requirements/";

    private RequirementSet(IEnumerable<PackageRequirements> packages) =>
        Packages = [.. packages.OrderBy(package => package.Package, StringComparer.Ordinal)];

    public IReadOnlyList<PackageRequirements> Packages { get; }

    public IEnumerable<RequirementRow> Rows => Packages.SelectMany(package => package.Rows);

    /// <summary>What was built into this program.</summary>
    public static RequirementSet Embedded()
    {
        var assembly = typeof(RequirementSet).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal));
        return new RequirementSet(names.Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream);
            return Parse(reader.ReadToEnd(), name);
        }));
    }

    /// <summary>What stands in a checkout.</summary>
    /// <param name="src">The folder <c>src</c>.</param>
    public static RequirementSet FromFolder(string src) => new(
        Directory.EnumerateDirectories(src)
            .Select(folder => Path.Combine(folder, "requirements.json"))
            .Where(File.Exists)
            .Select(path => Parse(File.ReadAllText(path), path)));

    /// <summary>Reads one file.</summary>
    /// <exception cref="InvalidDataException">The file is not what <c>build/docs/requirements.md</c> says.</exception>
    public static PackageRequirements Parse(string json, string name)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RequirementsJsonContext.Default.PackageRequirements)
                ?? throw new InvalidDataException($"{name}: null");
        }
        catch (JsonException refused)
        {
            throw new InvalidDataException($"{name}: {refused.Message}", refused);
        }
    }

    /// <summary>Every code, in order, with the rows that refuse with it.</summary>
    public IReadOnlyList<DocumentedCode> Codes()
    {
        var rows = Rows.Where(row => row.Error is not null).ToLookup(row => row.Error!, StringComparer.Ordinal);
        return
        [
            .. Packages
                .SelectMany(package => package.Codes.Select(code => new DocumentedCode(code.Key, package.Package, code.Value, [.. rows[code.Key]])))
                .OrderBy(code => code.Code, StringComparer.Ordinal),
        ];
    }
}
