namespace MedId.Heart.Fhir.Scopes;

/// <summary>HEART §3: labels take away, they never add. Every label of a resource has to be uncovered by its own scope.</summary>
internal static class LabelRules
{
    public static bool IsUncovered(SecurityLabel label, ScopeSet scopes, ScopeDecisionOptions options, ref ScopeMask used) => label.Kind switch
    {
        SecurityLabelKind.None => true,
        SecurityLabelKind.Confidentiality => IsConfidentialityUncovered(label.Code, scopes, options, ref used),
        SecurityLabelKind.Sensitivity => IsSensitivityUncovered(label.Code, scopes, options, ref used),
        _ => !options.RefuseForeignLabels,
    };

    public static bool IsConfidentialityUncovered(string? code, ScopeSet scopes, ScopeDecisionOptions options, ref ScopeMask used)
    {
        if (code is null)
        {
            return false;
        }

        if (!options.RequireConfidentialityScope && ConfidentialityCodes.IsBaseline(code))
        {
            return true;
        }

        for (var index = 0; index < scopes.All.Length; index++)
        {
            var scope = scopes.All[index];
            if (scope.Kind == FhirScopeKind.Confidentiality
                && (string.Equals(scope.Code, code, StringComparison.Ordinal)
                    || (options.ConfidentialityIsOrdered && ConfidentialityCodes.Rank(scope.Code!) > ConfidentialityCodes.Rank(code))))
            {
                used = used.With(index);
                return true;
            }
        }

        return false;
    }

    private static bool IsSensitivityUncovered(string? code, ScopeSet scopes, ScopeDecisionOptions options, ref ScopeMask used)
    {
        for (var wanted = code; wanted is not null; wanted = options.SensitivityIsHierarchy ? SensitivityCodes.ParentOf(wanted) : null)
        {
            for (var index = 0; index < scopes.All.Length; index++)
            {
                var scope = scopes.All[index];
                if (scope.Kind == FhirScopeKind.Sensitivity && string.Equals(scope.Code, wanted, StringComparison.Ordinal))
                {
                    used = used.With(index);
                    return true;
                }
            }
        }

        return false;
    }
}
