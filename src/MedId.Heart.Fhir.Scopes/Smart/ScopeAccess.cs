namespace MedId.Heart.Fhir.Scopes;

/// <summary>The part behind the dot: <c>read</c>, <c>write</c>, <c>*</c>, or letters in the order <c>cruds</c>.</summary>
internal static class ScopeAccess
{
    private const string Letters = "cruds";

    /// <summary>Null when the text is not wholly an access part: <c>read-only</c>, <c>sr</c>, <c>rr</c> and the empty text are none.</summary>
    public static (FhirPermissions Permissions, FhirScopeSyntax Syntax)? Read(ReadOnlySpan<char> access)
    {
        switch (access)
        {
            case "read":
                return (FhirPermissions.ReadSearch, FhirScopeSyntax.ReadWrite);
            case "write":
                return (FhirPermissions.Write, FhirScopeSyntax.ReadWrite);
            case "*":
                return (FhirPermissions.All, FhirScopeSyntax.ReadWrite);
        }

        var permissions = FhirPermissions.None;
        var next = 0;
        foreach (var letter in access)
        {
            var position = Letters.AsSpan(next).IndexOf(letter);
            if (position < 0)
            {
                return null;
            }

            next += position;
            permissions |= (FhirPermissions)(1 << next);
            next++;
        }

        return permissions == FhirPermissions.None ? null : (permissions, FhirScopeSyntax.Cruds);
    }

    /// <summary>Null when the syntax cannot say it.</summary>
    public static string? Write(FhirPermissions permissions, FhirScopeSyntax syntax)
    {
        if (permissions == FhirPermissions.None || (permissions & ~FhirPermissions.All) != FhirPermissions.None)
        {
            return null;
        }

        if (syntax == FhirScopeSyntax.Cruds)
        {
            return string.Concat(Letters.Where((_, index) => ((int)permissions & (1 << index)) != 0));
        }

        return permissions switch
        {
            FhirPermissions.ReadSearch => "read",
            FhirPermissions.Write => "write",
            FhirPermissions.All => "*",
            _ => null,
        };
    }
}
