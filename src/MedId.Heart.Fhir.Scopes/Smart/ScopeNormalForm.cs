using System.Globalization;
using System.Text;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>The shortest form of a scope list (SMART App Launch 2.2 recommends it), the same for every way of writing the same access.</summary>
/// <remarks>
/// Scopes that differ in the values of a constraint are not joined: a change needs one scope for the resource before and after it, so that <c>?code=a</c> beside <c>?code=b</c>
/// opens less than <c>?code=a,b</c>.
/// </remarks>
internal static class ScopeNormalForm
{
    public static FhirScope[] Of(FhirScope[] scopes, FhirScopeSyntax syntax)
    {
        var heads = scopes.Where(scope => scope.Kind == FhirScopeKind.Resource)
            .GroupBy(scope => (scope.PermissionType, Type: scope.ResourceType!, Constraint: ConstraintOf(scope)))
            .Select(group => Write(group.Key.PermissionType, group.Key.Type, group.Aggregate(FhirPermissions.None, (all, scope) => all | scope.Permissions), group.Key.Constraint, FhirScopeSyntax.Cruds))
            .ToArray();
        var resources = heads.Select(head => (Head: head, Left: Uncovered(head, heads))).Where(pair => pair.Left != FhirPermissions.None)
            .OrderBy(pair => pair.Head.PermissionType).ThenBy(pair => pair.Head.ResourceType, StringComparer.Ordinal).ThenBy(pair => ConstraintOf(pair.Head), StringComparer.Ordinal)
            .Select(pair => Write(pair.Head.PermissionType, pair.Head.ResourceType!, pair.Left, ConstraintOf(pair.Head), syntax));
        var others = scopes.Where(scope => scope.Kind != FhirScopeKind.Resource).DistinctBy(scope => scope.Value, StringComparer.Ordinal)
            .OrderBy(scope => scope.Kind).ThenBy(scope => scope.Value, StringComparer.Ordinal).ToLookup(scope => scope.Kind == FhirScopeKind.Other);
        return [.. others[true], .. resources, .. others[false]];
    }

    private static FhirPermissions Uncovered(FhirScope head, FhirScope[] heads)
    {
        var left = head.Permissions;
        for (var bit = 1; bit <= (int)FhirPermissions.Search; bit <<= 1)
        {
            var letter = (FhirPermissions)bit;
            if ((left & letter) != FhirPermissions.None && Array.Exists(heads, other => !ReferenceEquals(other, head) && head.IsCoveredBy(other, letter)))
            {
                left &= ~letter;
            }
        }

        return left;
    }

    private static FhirScope Write(FhirPermissionType owner, string type, FhirPermissions permissions, string constraint, FhirScopeSyntax syntax)
    {
        var access = constraint.Length == 0 && syntax == FhirScopeSyntax.ReadWrite ? ScopeAccess.Write(permissions, syntax) : null;
        access ??= ScopeAccess.Write(permissions, FhirScopeSyntax.Cruds);
        var text = $"{ScopeReader.PrefixOf(owner)}{type}.{access}{(constraint.Length == 0 ? "" : "?")}{constraint}";
        var read = FhirScope.Parse(text);
        return read.Succeeded ? read.Value : throw new InvalidOperationException("A normal form that is no scope: " + read.Error.Code);
    }

    /// <summary>Parameters and values sorted, each value once, and no constraint that another one implies.</summary>
    private static string ConstraintOf(FhirScope scope)
    {
        var constraints = scope.ConstraintArray;
        if (constraints.Length == 0)
        {
            return "";
        }

        var strictest = constraints.Where((one, index) => !constraints.Where((other, place) =>
            place != index && other.IsAtLeastAsStrictAs(one) && (!one.IsAtLeastAsStrictAs(other) || place < index)).Any());
        return string.Join('&', strictest.Select(one => one.Parameter + "=" + Encode(string.Join(',', one.Values.Order(StringComparer.Ordinal)))).Order(StringComparer.Ordinal));
    }

    /// <summary>Only what a scope token or a constraint cannot hold as itself is percent-encoded.</summary>
    private static string Encode(string value)
    {
        var text = new StringBuilder(value.Length);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune.Value is > 0x20 and < 0x7f and not ('"' or '\\' or '&' or '=' or '#' or '+' or '%'))
            {
                text.Append((char)rune.Value);
                continue;
            }

            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
            {
                text.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
            }
        }

        return text.ToString();
    }
}
