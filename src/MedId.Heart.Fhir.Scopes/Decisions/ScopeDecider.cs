using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Decides what the scopes of a token permit of a FHIR R4 request. Pure: same arguments, same answer; no clock, no store, no network. One instance serves all requests.</summary>
/// <remarks>
/// Two steps, so that a refusal for lack of scope never depends on what is stored: <see cref="DecideRequest"/> before the store is touched, then <see cref="DecideResource"/> with
/// the resource, or <see cref="ScopeDecision.Filter"/> for what a search brings. Answer a refusal of the second step on a read as not found, as for an id that does not exist.
/// </remarks>
public sealed partial class ScopeDecider
{
    private readonly ScopeDecisionOptions _options;
    private readonly ScopeTest _test;

    /// <summary>A decider.</summary>
    /// <param name="options">What no standard fixes; null for the defaults.</param>
    public ScopeDecider(ScopeDecisionOptions? options = null)
    {
        _options = options ?? new();
        _test = new(_options);
    }

    internal ScopeDecisionOptions Options => _options;

    /// <summary>The first step: scopes, type and context, before anything is read.</summary>
    /// <param name="scopes">The token's scopes.</param>
    /// <param name="context">What the token is bound to.</param>
    /// <param name="request">The request.</param>
    /// <returns>
    /// Denied; <see cref="ScopeOutcome.Examine"/> where the resource decides; <see cref="ScopeOutcome.Filter"/> for searches, histories and operations; <see cref="ScopeOutcome.Permit"/>
    /// for what is open to everybody. A bundle is examined entry by entry.
    /// </returns>
    public ScopeDecision DecideRequest(ScopeSet scopes, FhirTokenContext context, FhirRequest request)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        switch (request.Interaction)
        {
            case FhirInteraction.Capabilities:
                return new(ScopeOutcome.Permit, scopes, default);
            case FhirInteraction.Bundle:
                return new(ScopeOutcome.Examine, scopes, default);
            case FhirInteraction.Operation:
                return DecideOperation(scopes, context, request, default);
        }

        var by = default(ScopeMask);
        var letter = LetterOf(request.Interaction);
        if (Grant(scopes, context, request, letter, ref by) is { } refused)
        {
            return refused;
        }

        // A condition tells whether something matches, a chain what other resources hold: both are searches.
        if (request.IsConditional && Grant(scopes, context, request, FhirPermissions.Search, ref by) is { } unsearched)
        {
            return unsearched;
        }

        // What comes back of a shared type is not of one patient, so a chain from it tells about everybody's records.
        var ofEverybody = request.Chained.Count != 0 && !IsOfRecords(request);
        foreach (var type in request.Chained)
        {
            if (GrantType(scopes, context, type.Name, FhirPermissions.Search, ofEverybody || type.OfEverybody, ref by) is { } unchained)
            {
                return unchained;
            }
        }

        var lifted = default(Restriction);
        if (ClauseOf(context, request) is { } clause)
        {
            lifted = new(default, clause);
            if (!MayBreakTheGlass(scopes, context))
            {
                return new(scopes, by, lifted);
            }

            by = by.With(scopes.BreakTheGlassIndex);
        }

        return letter == FhirPermissions.Search
            ? new(ScopeOutcome.Filter, scopes, by, lifted, new(this, scopes, context, request))
            : new(ScopeOutcome.Examine, scopes, by, lifted, condition: request.IsConditional ? new(this, scopes, context, request) : null);
    }

    /// <summary>The second step: the resource itself, by record, constraint and label.</summary>
    /// <param name="scopes">The token's scopes.</param>
    /// <param name="context">What the token is bound to.</param>
    /// <param name="request">The request; no search, history of a type, or bundle.</param>
    /// <param name="before">The stored resource: for every interaction but create, and absent for an update that creates. Of an instance history, one version.</param>
    /// <param name="after">The new resource of a create or update, and what a patch results in.</param>
    /// <returns>Denied or <see cref="ScopeOutcome.Permit"/>.</returns>
    /// <exception cref="ArgumentException">The interaction is not decided by a resource, or the resource that it needs is missing.</exception>
    public ScopeDecision DecideResource(ScopeSet scopes, FhirTokenContext context, FhirRequest request, ResourceImage before, ResourceImage after = default)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        RequireImages(request.Interaction, before, after);
        if (!IsImageOf(request, before, request.Id) || !IsImageOf(request, after, request.Interaction == FhirInteraction.Create ? null : request.Id)
            || !IsSameResource(request, before, after))
        {
            return new(Refusals.ImageMalformed);
        }

        if (request.Interaction == FhirInteraction.Operation)
        {
            return DecideOperation(scopes, context, request, before);
        }

        // What a condition found has to be something that the token may find.
        if (request.IsConditional && before.IsPresent
            && DecideImages(scopes, context, request.Type!, FhirPermissions.Search, creates: false, before, default) is { IsDenied: true } unfound)
        {
            return unfound;
        }

        // A reference that is a search (http.html §3.1.0.11.2) tells whether something matches, wherever in the resource it stands. Nothing limits it to one record.
        var by = default(ScopeMask);
        foreach (var type in ConditionalReferences.Types(after))
        {
            if (GrantType(scopes, context, type, FhirPermissions.Search, ofEverybody: true, ref by) is { } unsearched)
            {
                return unsearched;
            }
        }

        var creates = request.Interaction == FhirInteraction.Create || !before.IsPresent;
        return DecideImages(scopes, context, request.Type!, LetterOf(request.Interaction), creates, before, after);
    }

    /// <summary>Both steps at once, for servers that have the resource at hand already.</summary>
    /// <inheritdoc cref="DecideResource"/>
    public ScopeDecision Decide(ScopeSet scopes, FhirTokenContext context, FhirRequest request, ResourceImage before = default, ResourceImage after = default)
    {
        var first = DecideRequest(scopes, context, request);
        return first.Outcome == ScopeOutcome.Examine && request.Interaction != FhirInteraction.Bundle ? DecideResource(scopes, context, request, before, after) : first;
    }

    /// <summary>A resource that came back without being named: of a search, an include, a history, an operation.</summary>
    internal ScopeDecision DecideFound(ScopeSet scopes, FhirTokenContext context, in ResourceImage image) => ImageReader.IsReadable(image) && ImageReader.TypeOf(image) is { } type
        ? DecideImages(scopes, context, type, FhirPermissions.Search, creates: false, image, default)
        : new(Refusals.ImageMalformed);

    private static FhirPermissions LetterOf(FhirInteraction interaction) => interaction switch
    {
        FhirInteraction.Read or FhirInteraction.VersionRead or FhirInteraction.InstanceHistory => FhirPermissions.Read,
        FhirInteraction.Create => FhirPermissions.Create,
        FhirInteraction.Update or FhirInteraction.Patch => FhirPermissions.Update,
        FhirInteraction.Delete => FhirPermissions.Delete,
        _ => FhirPermissions.Search,
    };

    private static void RequireImages(FhirInteraction interaction, in ResourceImage before, in ResourceImage after)
    {
        var (needsBefore, needsAfter) = interaction switch
        {
            FhirInteraction.Read or FhirInteraction.VersionRead or FhirInteraction.InstanceHistory or FhirInteraction.Delete or FhirInteraction.Operation => (true, false),
            FhirInteraction.Create or FhirInteraction.Update => (false, true),
            FhirInteraction.Patch => (true, true),
            _ => throw new ArgumentException("This interaction is decided by DecideRequest and its filter.", nameof(interaction)),
        };
        if ((needsBefore && !before.IsPresent) || (needsAfter && !after.IsPresent))
        {
            throw new ArgumentException("The interaction needs the resource " + (needsAfter && !after.IsPresent ? "after" : "before") + " it.", nameof(interaction));
        }
    }

    private static bool IsImageOf(FhirRequest request, in ResourceImage image, string? id) =>
        !image.IsPresent || (ImageReader.IsReadable(image) && request.Type is { } type && ImageReader.Is(image, type) && (id is null || ImageReader.HasId(image, id)));

    /// <summary>A conditional change names no id, so the resource that it found does: the one after may say none, or the same.</summary>
    private static bool IsSameResource(FhirRequest request, in ResourceImage before, in ResourceImage after) =>
        request.Id is not null || request.Interaction == FhirInteraction.Create || !before.IsPresent || !after.IsPresent
        || ImageReader.IdOf(after) is not { } id || string.Equals(id, ImageReader.IdOf(before), StringComparison.Ordinal);

    private ScopeDecision DecideImages(
        ScopeSet scopes, FhirTokenContext context, FhirResourceType type, FhirPermissions letter, bool creates, in ResourceImage before, in ResourceImage after)
    {
        var furthest = Refusal.Insufficient;
        for (var index = 0; index < scopes.All.Length; index++)
        {
            var scope = scopes.All[index];
            if (!scope.Names(type.Name, letter))
            {
                continue;
            }

            // One scope has to open both images: two halves do not make a right to move a resource.
            var refusal = ScopeTest.Context(scope, context);
            refusal = refusal != Refusal.None || !before.IsPresent ? refusal : TestImage(scope, context, type, letter, creates, before);
            refusal = refusal != Refusal.None || !after.IsPresent ? refusal : TestImage(scope, context, type, letter, creates, after);
            if (refusal == Refusal.None)
            {
                return Restrict(scopes, context, type, default(ScopeMask).With(index), before, after);
            }

            furthest = refusal > furthest ? refusal : furthest;
        }

        return Deny(furthest, context, type.Name, letter);
    }

    private Refusal TestImage(FhirScope scope, FhirTokenContext context, FhirResourceType type, FhirPermissions letter, bool creates, in ResourceImage image)
    {
        var refusal = _test.Record(scope, context, type, letter, creates, image);
        return refusal == Refusal.None ? _test.Constraints(scope, type, image) : refusal;
    }

    // Labels and the consent are asked last and of all scopes together: they take away from what a resource scope gave (HEART §3), and btg gives back no more than that (§4).
    private ScopeDecision Restrict(ScopeSet scopes, FhirTokenContext context, FhirResourceType type, ScopeMask by, in ResourceImage before, in ResourceImage after)
    {
        var withLabels = by;
        var label = default(SecurityLabel);
        var isOpen = (!before.IsPresent || (!ImageReader.LacksSecurityContext(before, type) && ImageReader.AreLabelsUncovered(before, scopes, _options, ref withLabels, out label)))
            && (!after.IsPresent || ImageReader.AreLabelsUncovered(after, scopes, _options, ref withLabels, out label));
        ConsentClause? clause = null;
        if (context.Consent is not null)
        {
            clause = before.IsPresent ? ConsentTest.Resource(context, type, before, _options) : null;
            clause ??= after.IsPresent ? ConsentTest.Resource(context, type, after, _options) : null;
        }

        if (isOpen && clause is null)
        {
            return new(ScopeOutcome.Permit, scopes, withLabels);
        }

        var against = new Restriction(isOpen ? default : label, clause, !isOpen);
        return MayBreakTheGlass(scopes, context)
            ? new(ScopeOutcome.Permit, scopes, withLabels.With(scopes.BreakTheGlassIndex), against)
            : new(scopes, by, isOpen ? against : against with { Clause = null });
    }

    /// <summary>What the consent says before any resource is known: when, what for, of which types, to whom. A chain looks at every resource of a type, unfiltered.</summary>
    private static ConsentClause? ClauseOf(FhirTokenContext context, FhirRequest request)
    {
        if (context.Consent is null)
        {
            return null;
        }

        if (ConsentTest.Call(context, request.ResourceType) is { } clause)
        {
            return clause;
        }

        foreach (var type in request.ChainedTypes)
        {
            if (ConsentTest.Type(context, type, whole: true) is { } chained)
            {
                return chained;
            }
        }

        return null;
    }

    internal bool MayBreakTheGlass(ScopeSet scopes, FhirTokenContext context) =>
        scopes.BreakTheGlassIndex >= 0 && context.BreakTheGlassAccepted
        && (_options.BreakTheGlassPurposes.Count == 0 || (context.Purpose is { } purpose && _options.BreakTheGlassPurposes.Contains(purpose, StringComparer.Ordinal)));

    /// <summary>Null when some scope grants the letter on the request's types.</summary>
    private ScopeDecision? Grant(ScopeSet scopes, FhirTokenContext context, FhirRequest request, FhirPermissions letter, ref ScopeMask by)
    {
        if (request.Type is { } type)
        {
            return Grant(scopes, context, request, type.Name, type, letter, ref by);
        }

        if (request.SearchedTypes.Count == 0)
        {
            return Grant(scopes, context, request, "*", null, letter, ref by);
        }

        foreach (var name in request.SearchedTypes)
        {
            if (Grant(scopes, context, request, name, FhirResourceTypes.Find(name.AsSpan()), letter, ref by) is { } refused)
            {
                return refused;
            }
        }

        return null;
    }

    private ScopeDecision? Grant(
        ScopeSet scopes, FhirTokenContext context, FhirRequest request, string name, FhirResourceType? type, FhirPermissions letter, ref ScopeMask by)
    {
        var furthest = Refusal.Insufficient;
        var granted = false;
        for (var index = 0; index < scopes.All.Length; index++)
        {
            var scope = scopes.All[index];
            if (!scope.Names(name, letter))
            {
                continue;
            }

            var refusal = ScopeTest.Context(scope, context);
            refusal = refusal != Refusal.None || type is null ? refusal : _test.Type(scope, type, letter, request.Interaction == FhirInteraction.Create && letter == FhirPermissions.Create);
            refusal = refusal != Refusal.None || request.CompartmentType is not "Patient" ? refusal : _test.Compartment(scope, context, request.CompartmentId!);
            if (refusal == Refusal.None)
            {
                granted = true;
                by = by.With(index);
            }

            furthest = refusal > furthest ? refusal : furthest;
        }

        return granted ? null : Deny(furthest, context, name, letter);
    }

    /// <summary>Whether everything that a search brings is in somebody's record, and so filtered by patient.</summary>
    private static bool IsOfRecords(FhirRequest request) => request.CompartmentType is "Patient"
        || (request.Type is { } type
            ? type.IsInPatientCompartment
            : request.SearchedTypes.Count != 0 && request.SearchedTypes.All(name => FhirResourceTypes.Find(name.AsSpan()) is { IsInPatientCompartment: true }));

    /// <summary>Null when a scope without constraint has the letter on the type: what a chain finds there cannot be looked at.</summary>
    private ScopeDecision? GrantType(ScopeSet scopes, FhirTokenContext context, string name, FhirPermissions letter, bool ofEverybody, ref ScopeMask by)
    {
        var onlySystem = ofEverybody && FhirResourceTypes.Find(name.AsSpan()) is not { IsInPatientCompartment: false };
        for (var index = 0; index < scopes.All.Length; index++)
        {
            var scope = scopes.All[index];
            if (scope.Names(name, letter) && scope.ConstraintArray.Length == 0 && (!onlySystem || scope.PermissionType == FhirPermissionType.System) && ScopeTest.Context(scope, context) == Refusal.None)
            {
                by = by.With(index);
                return null;
            }
        }

        return Deny(Refusal.Insufficient, context, name, letter);
    }

    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "Reads the options.")]
    private ScopeDecision Deny(Refusal refusal, FhirTokenContext context, string typeName, FhirPermissions letter)
    {
        var needed = refusal != Refusal.Insufficient
            ? default
            : new NeededScope(context.PatientKey is null && context.User is not null ? FhirPermissionType.User : FhirPermissionType.Patient, typeName, letter, _options.Syntax);
        return new(Refusals.ErrorOf(refusal), needed);
    }
}
