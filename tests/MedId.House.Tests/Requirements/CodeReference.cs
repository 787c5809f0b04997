using System.Reflection;

namespace MedId.House.Tests.Requirements;

/// <summary>Finds what a row's <c>code</c> names: <c>Type</c>, <c>Outer.Inner</c> or <c>Type.Member</c>, without namespace and generic arity.</summary>
internal static class CodeReference
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    public static bool Exists(Package package, string reference)
    {
        var types = package.Types.ToList();
        if (types.Any(type => NameOf(type) == reference))
        {
            return true;
        }

        var point = reference.LastIndexOf('.');
        if (point < 0)
        {
            return false;
        }

        var member = reference[(point + 1)..];
        return types.Where(type => NameOf(type) == reference[..point])
            .Any(type => type.GetMembers(Everything).Any(found => Plain(found.Name) == member) || (member == Plain(type.Name) && type.GetConstructors().Length > 0));
    }

    private static string NameOf(Type type) => type.DeclaringType is null ? Plain(type.Name) : $"{NameOf(type.DeclaringType)}.{Plain(type.Name)}";

    private static string Plain(string name) => name.Split('`')[0];
}
