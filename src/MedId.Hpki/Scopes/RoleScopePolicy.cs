using MedId.Core;

namespace MedId.Hpki;

/// <summary>Which role may ask for which scope (row B6), as the operator of an OP decides it. Immutable; it grants nothing until something is allowed.</summary>
/// <remarks>Only roles that are granted count (<see cref="HpkiRole.IsGranted"/>). Scopes are exact strings, or whatever a predicate of the operator's says of them.</remarks>
public sealed class RoleScopePolicy
{
    private readonly IReadOnlyList<Rule> _rules;

    private RoleScopePolicy(IReadOnlyList<Rule> rules) => _rules = rules;

    /// <summary>Grants nothing.</summary>
    public static RoleScopePolicy Nothing { get; } = new([]);

    /// <summary>This policy with exact scopes allowed for a qualification.</summary>
    /// <param name="roleId">A row of the role table, e.g. <see cref="RoleIds.Physician"/>. An administrator's row matches nobody here.</param>
    /// <param name="scopes">At least one; compared ordinally.</param>
    /// <exception cref="ArgumentException">No scope, or an empty one.</exception>
    public RoleScopePolicy Allow(string roleId, params IReadOnlyCollection<string> scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        var exact = scopes.ToHashSet(StringComparer.Ordinal);
        return exact.Count > 0 && !exact.Any(string.IsNullOrWhiteSpace) ? Allow(roleId, exact.Contains) : throw new ArgumentException("Name at least one scope.", nameof(scopes));
    }

    /// <summary>This policy with scopes allowed for a qualification as a predicate says, e.g. one that covers HEART or SMART scopes by meaning.</summary>
    /// <param name="roleId">A row of the role table.</param>
    /// <param name="scopes">Whether a scope may be asked for; pure.</param>
    public RoleScopePolicy Allow(string roleId, Func<string, bool> scopes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(roleId);
        ArgumentNullException.ThrowIfNull(scopes);
        return new([.. _rules, new(roleId, HpkiRoleKind.Qualification, scopes)]);
    }

    /// <summary>This policy with scopes allowed for an administrator, which no qualification gives and which gives no qualification's scopes.</summary>
    /// <param name="roleId">A row of the role table that is an administrator's.</param>
    /// <param name="scopes">Whether a scope may be asked for; pure.</param>
    public RoleScopePolicy AllowAdministrator(string roleId, Func<string, bool> scopes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(roleId);
        ArgumentNullException.ThrowIfNull(scopes);
        return new([.. _rules, new(roleId, HpkiRoleKind.Administrator, scopes)]);
    }

    /// <summary>Whether roles may ask for all of these scopes.</summary>
    /// <param name="roles">The roles that a verifier found.</param>
    /// <param name="scopes">The scopes that are asked for.</param>
    /// <returns>The roles that were needed; refused with <see cref="HpkiErrorCodes.ScopeNotGranted"/> when one scope is not allowed, or when nothing was asked for.</returns>
    public MedIdResult<IReadOnlyList<HpkiRole>> Decide(IReadOnlyCollection<HpkiRole> roles, IReadOnlyCollection<string> scopes)
    {
        ArgumentNullException.ThrowIfNull(roles);
        ArgumentNullException.ThrowIfNull(scopes);
        var used = new List<HpkiRole>();
        foreach (var scope in scopes)
        {
            var role = roles.FirstOrDefault(role => role.IsGranted && _rules.Any(rule => rule.Matches(role) && rule.Scopes(scope)));
            if (role is null)
            {
                return Refuse();
            }

            if (!used.Contains(role))
            {
                used.Add(role);
            }
        }

        return used.Count > 0 ? used : Refuse();
    }

    private static MedIdError Refuse() => new(HpkiErrorCodes.ScopeNotGranted, ErrorCategory.Policy, "MedIdSdk role policy", "no granted role may ask for one of the scopes");

    private sealed record Rule(string RoleId, HpkiRoleKind Kind, Func<string, bool> Scopes)
    {
        public bool Matches(HpkiRole role) => role.Kind == Kind && string.Equals(role.Row!.Id, RoleId, StringComparison.Ordinal);
    }
}
