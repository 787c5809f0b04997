namespace MedId.Heart.Fhir.Scopes;

public sealed partial class ScopeDecider
{
    // Scopes do not speak about operations; a rule of the server says which scopes an operation is worth. No rule, no operation.
    private ScopeDecision DecideOperation(ScopeSet scopes, FhirTokenContext context, FhirRequest request, in ResourceImage image)
    {
        ScopeDecision? refused = null;
        foreach (var rule in _options.OperationRules)
        {
            if (!rule.IsFor(request) || rule.Needs.Count == 0)
            {
                continue;
            }

            var by = default(ScopeMask);
            var refusal = Meet(rule, scopes, context, request, image, out var unmet, ref by);
            if (refusal == Refusal.None)
            {
                return FinishOperation(rule, scopes, context, request, image, by);
            }

            // The first alternative that came further than "no such scope" tells more.
            if (refused is null || refusal != Refusal.Insufficient)
            {
                refused = new(
                    Refusals.ErrorOf(refusal),
                    refusal == Refusal.Insufficient ? new(unmet!.PermissionType, unmet.ResourceType, unmet.Permissions, _options.Syntax) : default);
            }
        }

        return refused ?? new(Refusals.OperationWithoutRule);
    }

    private ScopeDecision FinishOperation(OperationRule rule, ScopeSet scopes, FhirTokenContext context, FhirRequest request, in ResourceImage image, ScopeMask by)
    {
        var filter = new SearchFilter(this, scopes, context, request);
        if (image.IsPresent)
        {
            var restricted = Restrict(scopes, context, request.Type!, by, image, default);
            return restricted.IsDenied ? restricted : new(ScopeOutcome.Filter, scopes, restricted.Mask, restricted.Lifted, filter);
        }

        // What comes back is filtered by type; only what is asked of one resource is about its type.
        var lifted = default(Restriction);
        if (ConsentTest.Call(context, request.Id is null ? null : request.ResourceType) is { } clause)
        {
            lifted = new(default, clause);
            if (!MayBreakTheGlass(scopes, context))
            {
                return new(scopes, by, lifted);
            }

            by = by.With(scopes.BreakTheGlassIndex);
        }

        return IsOnUnknownRecord(rule, request) ? new(ScopeOutcome.Examine, scopes, by, lifted) : new(ScopeOutcome.Filter, scopes, by, lifted, filter);
    }

    /// <summary>Called on one resource of which only the resource itself says whose record it is in.</summary>
    private static bool IsOnUnknownRecord(OperationRule rule, FhirRequest request) =>
        request.Id is not null && !request.Type!.IsPatient && rule.Needs.Any(need => need.PermissionType != FhirPermissionType.System);

    private Refusal Meet(
        OperationRule rule, ScopeSet scopes, FhirTokenContext context, FhirRequest request, in ResourceImage image, out OperationNeed? unmet, ref ScopeMask by)
    {
        foreach (var need in rule.Needs)
        {
            unmet = need;
            for (var bit = 1; bit <= (int)FhirPermissions.Search; bit <<= 1)
            {
                var letter = (FhirPermissions)bit;
                if ((need.Permissions & letter) != FhirPermissions.None && Meet(need, letter, scopes, context, request, image, ref by) is not Refusal.None and var refusal)
                {
                    return refusal;
                }
            }

            if (need.Permissions == FhirPermissions.None)
            {
                return Refusal.Insufficient;
            }
        }

        unmet = null;
        return Refusal.None;
    }

    private Refusal Meet(
        OperationNeed need, FhirPermissions letter, ScopeSet scopes, FhirTokenContext context, FhirRequest request, in ResourceImage image, ref ScopeMask by)
    {
        var furthest = Refusal.Insufficient;
        for (var index = 0; index < scopes.All.Length; index++)
        {
            var scope = scopes.All[index];
            if (scope.PermissionType != need.PermissionType || !scope.Names(need.ResourceType, letter) || scope.ConstraintArray.Length != 0)
            {
                continue;
            }

            var refusal = ScopeTest.Context(scope, context);
            if (refusal == Refusal.None && request is { Id: { } id, Type: { } type })
            {
                refusal = type.IsPatient
                    ? _test.Compartment(scope, context, id)
                    : image.IsPresent ? _test.Record(scope, context, type, letter, creates: false, image) : Refusal.None;
            }

            if (refusal == Refusal.None)
            {
                by = by.With(index);
                return Refusal.None;
            }

            furthest = refusal > furthest ? refusal : furthest;
        }

        return furthest;
    }
}
