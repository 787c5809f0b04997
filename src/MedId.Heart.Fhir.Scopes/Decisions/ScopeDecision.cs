using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Whether a request may touch a resource, by which scopes, and why not. <c>default</c> denies.</summary>
/// <remarks>Made by <see cref="ScopeDecider"/> only. The consent behind the token (period, purpose, data range) is judged besides, by whoever holds it.</remarks>
public readonly record struct ScopeDecision
{
    private readonly ScopeSet? _scopes;
    private readonly ScopeMask _by;
    private readonly NeededScope _needed;
    private readonly MedIdError? _error;

    internal ScopeDecision(ScopeOutcome outcome, ScopeSet scopes, ScopeMask by, bool brokeTheGlass = false, SearchFilter? filter = null, SearchFilter? condition = null)
    {
        Outcome = outcome;
        _scopes = scopes;
        _by = by;
        BrokeTheGlass = brokeTheGlass;
        Filter = filter;
        Condition = condition;
    }

    internal ScopeDecision(MedIdError error, NeededScope needed = default)
    {
        _error = error;
        _needed = needed;
    }

    /// <summary>What to do.</summary>
    public ScopeOutcome Outcome { get; }

    /// <summary>Whether the request is refused.</summary>
    public bool IsDenied => Outcome == ScopeOutcome.Deny;

    /// <summary>Why it is refused; null otherwise.</summary>
    public MedIdError? Error => IsDenied ? _error ?? Refusals.Insufficient : null;

    /// <summary>What may come back of a search, a history or an operation; there where the outcome is <see cref="ScopeOutcome.Filter"/>, null otherwise.</summary>
    public SearchFilter? Filter { get; }

    /// <summary>What the condition of a conditional write may match; null for other requests. It permits the match only: the write itself is examined.</summary>
    public SearchFilter? Condition { get; }

    /// <summary>Whether a label was lifted by <c>btg</c>: write the audit event (purpose BTG) before the answer leaves, and tell the patient.</summary>
    public bool BrokeTheGlass { get; }

    /// <summary>The scope to name in an <c>insufficient_scope</c> challenge (RFC 6750 §3.1); null where no other scope would help.</summary>
    public string? RequiredScope => _needed.ToString() is { Length: > 0 } scope ? scope : null;

    /// <summary>The scopes that decided, labels and <c>btg</c> included; empty when refused. Makes a list at each call.</summary>
    [SuppressMessage("Performance", "CA1826", Justification = "Reads a mask.")]
    public IReadOnlyList<FhirScope> By
    {
        get
        {
            if (_scopes is null || IsDenied)
            {
                return [];
            }

            var by = new List<FhirScope>(_by.Count);
            for (var index = 0; index < _scopes.All.Length; index++)
            {
                if (_by.Has(index))
                {
                    by.Add(_scopes.All[index]);
                }
            }

            return by;
        }
    }

    internal ScopeMask Mask => _by;

    /// <summary>Outcome and code.</summary>
    public override string ToString() => Error is { } error ? $"{Outcome} {error.Code}" : Outcome.ToString();
}
