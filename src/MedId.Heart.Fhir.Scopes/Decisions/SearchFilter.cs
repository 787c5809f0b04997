using System.Text.Json;
using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>What a search, history or operation may bring back: as data to push into the store's query, and as the judge of every entry.</summary>
/// <remarks>
/// The data narrows the query and may be wider than what is permitted; <see cref="Permits"/> alone decides, on the whole resource (before _elements and _summary cut it), for included
/// resources too, before pages are cut. Give no <c>Bundle.total</c> that counts hidden entries.
/// </remarks>
public sealed class SearchFilter
{
    private readonly ScopeDecider _decider;
    private readonly ScopeSet _scopes;
    private readonly FhirTokenContext _context;
    private readonly FhirRequest _request;

    internal SearchFilter(ScopeDecider decider, ScopeSet scopes, FhirTokenContext context, FhirRequest request)
    {
        _decider = decider;
        _scopes = scopes;
        _context = context;
        _request = request;
    }

    /// <summary>Whether <c>btg</c> is in force: labels hide nothing, and entries that needed it say so.</summary>
    public bool LabelsAreLifted => _decider.MayBreakTheGlass(_scopes, _context);

    /// <summary>What the consent leaves, as data for the query: kinds of data, range of dates. Null where the token has none, or <c>btg</c> is in force.</summary>
    public ConsentLimits? Consent => LabelsAreLifted ? null : _context.Consent;

    /// <summary>
    /// What chains and <c>_has</c> may look at: an alternative for each type. No entry of these comes back, so that nothing but the query itself can keep hidden ones out: put
    /// these, <see cref="HiddenLabels"/> and <see cref="Consent"/> on the chained types too. Makes a list at each call.
    /// </summary>
    public IReadOnlyList<SearchClause> ChainedClauses() =>
        [.. _request.ChainedTypes.SelectMany(type => _scopes.All.Where(scope => scope.Names(type, FhirPermissions.Search) && scope.ConstraintArray.Length == 0).Select(scope => Clause(scope, type)).OfType<SearchClause>())];

    /// <summary>The alternatives for the searched types. Makes a list at each call.</summary>
    public IReadOnlyList<SearchClause> Clauses()
    {
        IEnumerable<string> types = _request.Type is { } one ? [one.Name] : _request.SearchedTypes.Count == 0 ? ["*"] : _request.SearchedTypes;
        return [.. types.SelectMany(type => _scopes.All.Where(scope => scope.Names(type, FhirPermissions.Search)).Select(scope => Clause(scope, type)).OfType<SearchClause>())];
    }

    /// <summary>The labels that hide a resource from this token, as values for <c>_security:not</c>: <c>system|code</c>. Not every hidden label is here: foreign ones are left to <see cref="Permits"/>.</summary>
    public IReadOnlyList<string> HiddenLabels()
    {
        if (LabelsAreLifted)
        {
            return [];
        }

        var used = default(ScopeMask);
        var hidden = new List<string>();
        foreach (var code in _decider.Options.RequireConfidentialityScope ? ["U", "L", "M", "N", .. ConfidentialityCodes.AboveBaseline()] : ConfidentialityCodes.AboveBaseline())
        {
            if (!LabelRules.IsUncovered(new(SecurityLabelKind.Confidentiality, code), _scopes, _decider.Options, ref used))
            {
                hidden.Add("http://terminology.hl7.org/CodeSystem/v3-Confidentiality|" + code);
            }
        }

        foreach (var code in SensitivityCodes.Known.Order(StringComparer.Ordinal))
        {
            if (!LabelRules.IsUncovered(new(SecurityLabelKind.Sensitivity, code), _scopes, _decider.Options, ref used))
            {
                hidden.Add("http://terminology.hl7.org/CodeSystem/v3-ActCode|" + code);
            }
        }

        return hidden;
    }

    /// <summary>Whether this entry may go out.</summary>
    /// <param name="resource">The entry's resource, whole; also an included one.</param>
    /// <returns>Denied or <see cref="ScopeOutcome.Permit"/>; allocates nothing for JSON without escapes.</returns>
    public ScopeDecision Permits(ResourceImage resource) => _decider.DecideFound(_scopes, _context, resource);

    /// <summary>
    /// Writes the Bundle of a search or history without what may not go out: each entry judged by itself, <c>total</c> counted anew where there is one page and left out where there
    /// are more, the link to the last page left out. Entries that say no resource (deletions) are left out; remarks of the server on the search stay.
    /// </summary>
    /// <param name="bundle">The Bundle with whole resources, of type <c>searchset</c> or <c>history</c>.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="image">Makes the image of an entry's resource where that takes more than the resource: a Binary with its security context.</param>
    /// <returns>How many entries are left; or <see cref="ScopesErrorCodes.ImageMalformed"/>, and nothing is written.</returns>
    public MedIdResult<int> WriteBundle(JsonElement bundle, Utf8JsonWriter writer, Func<JsonElement, ResourceImage>? image = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return FilteredBundle.Write(bundle, writer, resource => !Permits(image is null ? resource : image(resource)).IsDenied);
    }

    private SearchClause? Clause(FhirScope scope, string type)
    {
        if (ScopeTest.Context(scope, _context) != Refusal.None)
        {
            return null;
        }

        var inCompartment = type is "*" || FhirResourceTypes.Find(type.AsSpan()) is { IsInPatientCompartment: true, IsBinary: false };
        IReadOnlyList<string>? patients = scope.PermissionType switch
        {
            FhirPermissionType.Patient => [_context.PatientKey!.Id],
            FhirPermissionType.User when _decider.Options.UserRule is null => [.. _context.UserPatientKeys.Select(key => key.Id)],
            _ => null,
        };
        if (_request.CompartmentType is "Patient" && inCompartment)
        {
            patients = patients is null || patients.Contains(_request.CompartmentId!, StringComparer.Ordinal) ? [_request.CompartmentId!] : [];
        }

        return new(scope, type, inCompartment ? patients : null, _decider.Options.LinkedPatientsAreReadable);
    }
}
