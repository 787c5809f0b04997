using System.Globalization;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>
/// Breaking the glass (HEART FHIR OAuth 2.0 §4, <c>btg</c>): in an emergency a doctor of a configured role opens a record with a reason, for a short time, without the person's device or consent. The
/// person and the operator's overseer are told afterwards.
/// </summary>
/// <remarks>The text of HEART §4 says little; the rules here are this project's. <c>btg</c> lifts labels and what consents deny; it never widens patient, type or access.</remarks>
public sealed class BreakGlassAccess : IAccessPath
{
    /// <summary>The scope (HEART FHIR OAuth 2.0 §4).</summary>
    public const string Scope = "btg";

    private const string Section = "HEART FHIR OAuth 2.0 §4";
    private readonly BreakGlassOptions _options;
    private readonly IReplayStore _counts;
    private readonly ScopeSet _allowed;

    /// <summary>Makes the path.</summary>
    /// <param name="options">Who, how far, how often.</param>
    /// <param name="counts">Counts uses over all nodes.</param>
    /// <exception cref="InvalidOperationException">What <see cref="BreakGlassOptions.Validate"/> found.</exception>
    public BreakGlassAccess(BreakGlassOptions options, IReplayStore counts)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(counts);
        if (options.Validate() is { Count: > 0 } wrong)
        {
            throw new InvalidOperationException(string.Join(" ", wrong));
        }

        _options = options;
        _counts = counts;
        _allowed = ScopeSet.Of([.. options.Scopes.Select(one => FhirScope.Parse(one).Value!)]);
    }

    /// <inheritdoc/>
    public ConsentGroundKind Kind => ConsentGroundKind.BreakGlass;

    /// <summary>Whether a request is about breaking the glass at all; scope and reason go together.</summary>
    /// <param name="query">The request.</param>
    /// <returns>True when both are there, false when none is; refused when one stands alone.</returns>
    internal static MedIdResult<bool> IsAsked(AccessQuery query)
    {
        var scope = query.Scopes.Any(one => one.Kind == FhirScopeKind.BreakTheGlass);
        var reason = query.Details?.BreakGlass is not null;
        return (scope, reason) switch
        {
            (true, false) => Refuse(ProviderErrorCodes.BreakGlassReasonMissing, ErrorCategory.Protocol, "btg needs break_glass with reason_code and reason in authorization_details"),
            (false, true) => Refuse(ProviderErrorCodes.BreakGlassScopeMissing, ErrorCategory.Protocol, "break_glass needs scope btg beside resource scopes"),
            _ => scope,
        };
    }

    /// <summary>What a request hears when no path takes it.</summary>
    internal static MedIdError NotOffered() => Refuse(ProviderErrorCodes.BreakGlassNotOffered, ErrorCategory.Policy, "not offered here, or acr_values take no class that says so");

    /// <inheritdoc/>
    public async ValueTask<AccessPathAnswer> TryAsync(AccessQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var asked = IsAsked(query);
        if (!asked.Succeeded)
        {
            return asked.Error;
        }

        return asked.Value ? await JudgeAsync(query, query.Details!.BreakGlass!, cancellationToken).ConfigureAwait(false) : AccessPathAnswer.NotMine;
    }

    private async ValueTask<AccessPathAnswer> JudgeAsync(AccessQuery query, BreakGlassReason reason, CancellationToken cancellationToken)
    {
        // 1. Who may, and what for.
        if (!_options.Clients.Contains(query.Request.Client.ClientId, StringComparer.Ordinal))
        {
            return Refuse(ProviderErrorCodes.BreakGlassClientRefused, ErrorCategory.Policy, "the client may not break the glass");
        }

        var role = query.Evidence.Role;
        if (!_options.Roles.Contains(new(role.System, role.Code)))
        {
            return Refuse(ProviderErrorCodes.BreakGlassRoleRefused, ErrorCategory.Policy, "the doctor's role may not break the glass");
        }

        if (query.Purpose.System != NoticeFactory.ActReason || !_options.Purposes.Contains(query.Purpose.Code, StringComparer.Ordinal))
        {
            return Refuse(ProviderErrorCodes.BreakGlassPurposeRefused, ErrorCategory.Policy, "the evidence's purpose of use is no emergency");
        }

        if (_options.Reasons.FirstOrDefault(one => string.Equals(one.Code, reason.Code, StringComparison.Ordinal)) is not { } words || !Texts.IsShowable(reason.Text))
        {
            return Refuse(ProviderErrorCodes.BreakGlassReasonUnknown, ErrorCategory.Policy, "reason_code is not on the list of this server, or the reason cannot be shown");
        }

        // 2. How far: never longer than this once, never beyond the configured scopes.
        FhirScope[] granted = [.. query.Scopes.Where(scope => scope.Kind == FhirScopeKind.BreakTheGlass || _allowed.Covers(scope))];
        if (query.Request.Parameters.Scopes.Contains("offline_access", StringComparer.Ordinal) || !Array.Exists(granted, scope => scope.Kind == FhirScopeKind.Resource))
        {
            return Refuse(ProviderErrorCodes.BreakGlassScopeRefused, ErrorCategory.Policy, "offline_access, or no resource scope that may be opened this way");
        }

        // 3. How often. Counted last, so that what is refused anyway does not count.
        if (!await TryCountAsync(query, cancellationToken).ConfigureAwait(false))
        {
            return Refuse(ProviderErrorCodes.BreakGlassLimitReached, ErrorCategory.Policy, "as often as allowed; ask again when the window has passed");
        }

        var language = query.Account.Language;
        return new AccessDecision
        {
            Ground = new()
            {
                Kind = ConsentGroundKind.BreakGlass,
                ReasonCode = reason.Code,
                Reason = $"{words.In(language)}: {reason.Text}",
                LegalBasis = language == "ja" ? _options.JapaneseLegalBasis : _options.EnglishLegalBasis,
            },
            ScopesGranted = [.. granted.Select(scope => scope.Value)],
            Access = _options.Access,
        };
    }

    /// <summary>One of the window's slots is taken, or all were: atomic over all nodes, without a table of its own.</summary>
    private async ValueTask<bool> TryCountAsync(AccessQuery query, CancellationToken cancellationToken)
    {
        var window = query.At.UtcTicks / _options.Window.Ticks;
        var end = new DateTimeOffset(Math.Min((window + 1) * _options.Window.Ticks, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);
        var doctor = $"break-glass {query.Evidence.Issuer.Length} {query.Evidence.Issuer} {query.Evidence.Subject}";
        for (var slot = 0; slot < _options.LimitPerPractitioner; slot++)
        {
            var key = new ReplayKey(doctor, string.Create(CultureInfo.InvariantCulture, $"{window}/{slot}"), end);
            if (await _counts.TryConsumeAsync(query.Request.Tenant, key, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    private static MedIdError Refuse(string code, ErrorCategory category, string detail) => new(code, category, Section, detail);
}
