using System.Collections.ObjectModel;
using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>The scopes of one token: read once, used for every request. Several scopes add up; a malformed one adds nothing.</summary>
public sealed class ScopeSet
{
    /// <summary>Longest scope list that is read, in characters.</summary>
    public const int MaxLength = 32768;

    /// <summary>Most tokens that are read.</summary>
    public const int MaxScopes = 256;

    private static readonly MedIdError TooMuch = new(ScopesErrorCodes.LimitExceeded, ErrorCategory.Unsupported, "SMART App Launch 2.2, scope size considerations");
    private static readonly MedIdError Wider = new(ScopesErrorCodes.WiderThanGranted, ErrorCategory.Policy, "RFC 6749 §6");

    private ScopeSet(FhirScope[] scopes, IgnoredScope[] ignored)
    {
        Scopes = Array.AsReadOnly(scopes);
        Ignored = Array.AsReadOnly(ignored);
        All = scopes;
        BreakTheGlassIndex = Array.FindIndex(scopes, scope => scope.Kind == FhirScopeKind.BreakTheGlass);
    }

    /// <summary>No scope at all.</summary>
    public static ScopeSet Empty { get; } = new([], []);

    /// <summary>The well-formed tokens in their order, each once, also those of no resource (<c>openid</c>).</summary>
    public ReadOnlyCollection<FhirScope> Scopes { get; }

    /// <summary>The tokens that grant nothing.</summary>
    public ReadOnlyCollection<IgnoredScope> Ignored { get; }

    internal FhirScope[] All { get; }

    /// <summary>Negative where there is no <c>btg</c>.</summary>
    internal int BreakTheGlassIndex { get; }

    /// <summary>Reads a scope list as it stands in a request, a token or an introspection answer.</summary>
    /// <param name="scope">Tokens split by spaces; null and empty grant nothing.</param>
    /// <returns>The set, malformed tokens apart in <see cref="Ignored"/>; or <see cref="ScopesErrorCodes.LimitExceeded"/> when there are too many to be read.</returns>
    public static MedIdResult<ScopeSet> Parse(string? scope)
    {
        if (string.IsNullOrEmpty(scope))
        {
            return Empty;
        }

        if (scope.Length > MaxLength)
        {
            return TooMuch;
        }

        var tokens = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (tokens.Length > MaxScopes)
        {
            return TooMuch;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var scopes = new List<FhirScope>(tokens.Length);
        var ignored = new List<IgnoredScope>();
        foreach (var token in tokens)
        {
            if (!seen.Add(token))
            {
                continue;
            }

            var read = FhirScope.Parse(token);
            if (read.Succeeded)
            {
                scopes.Add(read.Value);
            }
            else
            {
                ignored.Add(new(token, read.Error));
            }
        }

        return new ScopeSet([.. scopes], [.. ignored]);
    }

    /// <summary>A set of scopes that were read before: a choice out of those asked for.</summary>
    /// <param name="scopes">At most <see cref="MaxScopes"/>.</param>
    /// <exception cref="ArgumentException">Too many.</exception>
    public static ScopeSet Of(IEnumerable<FhirScope> scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        FhirScope[] distinct = [.. scopes.Distinct()];
        return distinct.Length <= MaxScopes ? new(distinct, []) : throw new ArgumentException("More scopes than a set holds.", nameof(scopes));
    }

    /// <summary>Whether the token stands here literally: <c>openid</c>, <c>offline_access</c>.</summary>
    /// <param name="token">The token.</param>
    public bool Contains(string token) => Array.Exists(All, scope => string.Equals(scope.Value, token, StringComparison.Ordinal));

    /// <summary>Whether these scopes together open everything that <paramref name="scope"/> opens; letters may come from several of them.</summary>
    /// <param name="scope">The scope asked about.</param>
    public bool Covers(FhirScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (scope.Kind != FhirScopeKind.Resource)
        {
            return Array.Exists(All, scope.IsCoveredBy);
        }

        for (var letter = 1; letter <= (int)FhirPermissions.Search; letter <<= 1)
        {
            var one = (FhirPermissions)letter;
            if ((scope.Permissions & one) != FhirPermissions.None && !Array.Exists(All, mine => scope.IsCoveredBy(mine, one)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether this set opens nothing that <paramref name="granted"/> does not open. A set with a malformed token is no narrowing of anything.</summary>
    /// <param name="granted">The set that may not be widened.</param>
    public bool IsNarrowingOf(ScopeSet granted)
    {
        ArgumentNullException.ThrowIfNull(granted);
        return Ignored.Count == 0 && Array.TrueForAll(All, granted.Covers);
    }

    /// <summary>Accepts a choice, or a refresh request, out of these scopes (RFC 6749 §6: narrower is fine, wider never).</summary>
    /// <param name="chosen">What was chosen.</param>
    /// <returns><paramref name="chosen"/>; or <see cref="ScopesErrorCodes.WiderThanGranted"/>.</returns>
    public MedIdResult<ScopeSet> Narrow(ScopeSet chosen)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        return chosen.IsNarrowingOf(this) ? chosen : Wider;
    }

    /// <summary>
    /// The same access in the fewest scopes, in one order: scopes of the same records and constraint become one, what another scope covers is left out, values are sorted and
    /// encoded alike, URI forms are written short. Two sets that open the same by the rules of <see cref="FhirScope.IsCoveredBy(FhirScope)"/> have the same normal form.
    /// </summary>
    /// <param name="syntax"><see cref="FhirScopeSyntax.ReadWrite"/> writes read, write and both where these words say it, letters elsewhere.</param>
    public ScopeSet Normalise(FhirScopeSyntax syntax = FhirScopeSyntax.Cruds) => new(ScopeNormalForm.Of(All, syntax), []);

    /// <summary>The scope list as it is written into a token: well-formed tokens only.</summary>
    public override string ToString() => string.Join(' ', Scopes);
}
