using System.Reflection;

namespace MedId.House.Tests.Requirements;

/// <summary>A constant of a package's <c>*ErrorCodes</c> class.</summary>
internal sealed record ErrorCodeConstant(string Package, string Type, string Name, string Code)
{
    public static IReadOnlyList<ErrorCodeConstant> All { get; } =
    [
        .. from package in MedId.House.Tests.Package.All
           from type in package.Types
           where type.Name.EndsWith("ErrorCodes", StringComparison.Ordinal)
           from field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
           where field.IsLiteral && field.FieldType == typeof(string)
           select new ErrorCodeConstant(package.Name, type.Name, field.Name, (string)field.GetRawConstantValue()!),
    ];

    /// <summary>Whether a source text names the constant or the code itself.</summary>
    public bool IsNamedIn(string source) =>
        source.Contains($"{Type}.{Name}", StringComparison.Ordinal) || source.Contains($"\"{Code}\"", StringComparison.Ordinal);
}
