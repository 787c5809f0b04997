namespace MedId.Heart.Fhir.Scopes;

/// <summary>The scope that would have helped; made into text only when it is asked for.</summary>
internal readonly record struct NeededScope(FhirPermissionType PermissionType, string? ResourceType, FhirPermissions Permissions, FhirScopeSyntax Syntax)
{
    public override string ToString()
    {
        if (ResourceType is null)
        {
            return "";
        }

        var permissions = Permissions;
        if (Syntax == FhirScopeSyntax.ReadWrite)
        {
            // read and write are the smallest words of this syntax.
            permissions |= (permissions & FhirPermissions.ReadSearch) != FhirPermissions.None ? FhirPermissions.ReadSearch : FhirPermissions.None;
            permissions |= (permissions & FhirPermissions.Write) != FhirPermissions.None ? FhirPermissions.Write : FhirPermissions.None;
        }

        return $"{ScopeReader.PrefixOf(PermissionType)}{ResourceType}.{ScopeAccess.Write(permissions, Syntax)}";
    }
}
