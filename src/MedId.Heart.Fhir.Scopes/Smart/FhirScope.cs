using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>One well-formed scope token of HEART or SMART. A token that is only partly well formed is never one: it is refused whole and grants nothing.</summary>
public sealed class FhirScope : IEquatable<FhirScope>
{
    internal FhirScope(string value, FhirScopeKind kind)
    {
        Value = value;
        Kind = kind;
    }

    /// <summary>The token as it was written.</summary>
    public string Value { get; }

    /// <summary>What the token speaks about.</summary>
    public FhirScopeKind Kind { get; }

    /// <summary>Whose records; meaningful for <see cref="FhirScopeKind.Resource"/> only.</summary>
    public FhirPermissionType PermissionType { get; internal init; }

    /// <summary>The FHIR type, or <c>*</c> for every type that exists now and later; null for other kinds.</summary>
    public string? ResourceType { get; internal init; }

    /// <summary>The interactions; <see cref="FhirPermissions.None"/> for other kinds.</summary>
    public FhirPermissions Permissions { get; internal init; }

    /// <summary>How the access part was written.</summary>
    public FhirScopeSyntax Syntax { get; internal init; }

    /// <summary>What a resource has to meet besides; all of them. Empty for most scopes.</summary>
    public IReadOnlyList<ScopeConstraint> Constraints => ConstraintArray;

    /// <summary>The code of a <c>conf/</c> or <c>sens/</c> scope; null for other kinds.</summary>
    public string? Code { get; internal init; }

    /// <summary>The launch context that the scope asks for; null for every scope but <c>launch</c> and <c>launch/…</c>.</summary>
    public LaunchContext? Launch { get; internal init; }

    internal ScopeConstraint[] ConstraintArray { get; init; } = [];

    /// <summary>Reads one token.</summary>
    /// <param name="token">A scope token (RFC 6749 §3.3), case-sensitive, at most 2,048 characters.</param>
    /// <returns>The scope; or <see cref="ScopesErrorCodes.Malformed"/>, <see cref="ScopesErrorCodes.TypeUnknown"/>, <see cref="ScopesErrorCodes.ConstraintUnsupported"/>.</returns>
    public static MedIdResult<FhirScope> Parse(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return ScopeReader.Read(token);
    }

    /// <summary>Makes a resource scope without constraint.</summary>
    /// <param name="permissionType">Whose records.</param>
    /// <param name="resourceType">A type of FHIR R4, or <c>*</c>.</param>
    /// <param name="permissions">At least one interaction.</param>
    /// <param name="syntax">How to write it; <see cref="FhirScopeSyntax.ReadWrite"/> knows read, write and both only.</param>
    /// <exception cref="ArgumentException">The type is unknown, or the syntax cannot say the permissions.</exception>
    public static FhirScope ForResource(
        FhirPermissionType permissionType, string resourceType, FhirPermissions permissions, FhirScopeSyntax syntax = FhirScopeSyntax.ReadWrite)
    {
        ArgumentNullException.ThrowIfNull(resourceType);
        var access = ScopeAccess.Write(permissions, syntax) ?? throw new ArgumentException("The syntax cannot say these permissions.", nameof(permissions));
        var scope = Parse($"{ScopeReader.PrefixOf(permissionType)}{resourceType}.{access}");
        return scope.Succeeded ? scope.Value : throw new ArgumentException("Not a type of FHIR R4.", nameof(resourceType));
    }

    /// <summary>The same access in the other way of writing; <c>permission-v1</c> servers return what was asked for.</summary>
    /// <param name="syntax">How to write it.</param>
    /// <returns>The token; null when the syntax cannot say it, or the scope is none of resources.</returns>
    public string? Format(FhirScopeSyntax syntax)
    {
        if (Kind != FhirScopeKind.Resource || ScopeAccess.Write(Permissions, syntax) is not { } access)
        {
            return null;
        }

        if (ConstraintArray.Length == 0)
        {
            return $"{ScopeReader.PrefixOf(PermissionType)}{ResourceType}.{access}";
        }

        return syntax == FhirScopeSyntax.ReadWrite ? null : $"{ScopeReader.PrefixOf(PermissionType)}{ResourceType}.{access}{Value[Value.IndexOf('?', StringComparison.Ordinal)..]}";
    }

    /// <summary>Whether <paramref name="other"/> opens everything that this scope opens.</summary>
    /// <remarks>
    /// Resource scopes: same permission type; same type or <c>*</c>; its letters contain these; each of its constraints stands here on the same parameter with
    /// the same or fewer values. Every other kind is covered by the identical token only. <c>patient</c> is not under <c>user</c>, nor <c>user</c> under <c>system</c>.
    /// </remarks>
    /// <param name="other">The wider scope.</param>
    public bool IsCoveredBy(FhirScope other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Kind == FhirScopeKind.Resource ? IsCoveredBy(other, Permissions) : Equals(other);
    }

    /// <inheritdoc/>
    public bool Equals(FhirScope? other) => other is not null && string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FhirScope);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary><see cref="IsCoveredBy(FhirScope)"/> for some of the letters: a set covers letter by letter.</summary>
    internal bool IsCoveredBy(FhirScope other, FhirPermissions letters) =>
        other.Kind == FhirScopeKind.Resource
        && PermissionType == other.PermissionType
        && (other.ResourceType is "*" || string.Equals(ResourceType, other.ResourceType, StringComparison.Ordinal))
        && (letters & ~other.Permissions) == FhirPermissions.None
        && Array.TrueForAll(other.ConstraintArray, wider => Array.Exists(ConstraintArray, mine => mine.IsAtLeastAsStrictAs(wider)));

    internal bool Names(string resourceType, FhirPermissions letter) =>
        (Permissions & letter) == letter
        && ResourceType is { } type && (type.Length == 1 || string.Equals(type, resourceType, StringComparison.Ordinal));
}
