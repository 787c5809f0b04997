using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Whether a request may touch a resource, by which scopes, and why not. <c>default</c> denies.</summary>
/// <remarks>Made by <see cref="ScopeDecider"/> only.</remarks>
public readonly record struct ScopeDecision
{
    private readonly ScopeSet? _scopes;
    private readonly ScopeMask _by;
    private readonly NeededScope _needed;
    private readonly MedIdError? _error;
    private readonly SecurityLabel _label;

    internal ScopeDecision(ScopeOutcome outcome, ScopeSet scopes, ScopeMask by, Restriction lifted = default, SearchFilter? filter = null, SearchFilter? condition = null)
    {
        _label = lifted.Label;
        Clause = lifted.Clause;
        Outcome = outcome;
        _scopes = scopes;
        _by = by;
        BrokeTheGlass = lifted.IsPresent;
        Filter = filter;
        Condition = condition;
    }

    internal ScopeDecision(MedIdError error, NeededScope needed = default)
    {
        _error = error;
        _needed = needed;
    }

    internal ScopeDecision(ScopeSet scopes, ScopeMask fitting, Restriction refused)
    {
        _error = refused.Error;
        _label = refused.Label;
        _scopes = scopes;
        _by = fitting;
        Clause = refused.Clause;
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

    /// <summary>The security label that refused, or that <c>btg</c> lifted, as <c>system|code</c>; null where it was none, or one that is not of HEART. Makes a text at each call.</summary>
    public string? Label => _label.ToToken();

    /// <summary>The clause of the consent that refused, or that <c>btg</c> lifted; null where it was none.</summary>
    public ConsentClause? Clause { get; }

    /// <summary>Whether a label or a clause of the consent was lifted by <c>btg</c>: write the audit event (purpose BTG) before the answer leaves, and tell the patient.</summary>
    public bool BrokeTheGlass { get; }

    /// <summary>The scope to name in an <c>insufficient_scope</c> challenge (RFC 6750 §3.1); null where no other scope would help.</summary>
    public string? RequiredScope => _needed.ToString() is { Length: > 0 } scope ? scope : null;

    /// <summary>The scopes that decided, labels and <c>btg</c> included; empty when refused. Makes a list at each call.</summary>
    public IReadOnlyList<FhirScope> By => IsDenied ? [] : Listed();

    /// <summary>The scopes that would have opened it, had no label and no clause of the consent stood against it; empty for every other answer. Makes a list at each call.</summary>
    public IReadOnlyList<FhirScope> Fitting => IsDenied ? Listed() : [];

    internal ScopeMask Mask => _by;

    internal Restriction Lifted => BrokeTheGlass ? new(_label, Clause, IsLabelled: Clause is null || _label != default) : default;

    private List<FhirScope> Listed()
    {
        var listed = new List<FhirScope>(_by.Count);
        for (var index = 0; index < _scopes?.All.Length; index++)
        {
            if (_by.Has(index))
            {
                listed.Add(_scopes.All[index]);
            }
        }

        return listed;
    }

    /// <summary>Outcome and code.</summary>
    public override string ToString() => Error is { } error ? $"{Outcome} {error.Code}" : Outcome.ToString();
}
