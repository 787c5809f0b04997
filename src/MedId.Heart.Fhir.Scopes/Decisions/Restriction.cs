using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>What stands against a resource that a scope opens: a label, or a clause of the consent.</summary>
internal readonly record struct Restriction(SecurityLabel Label, ConsentClause? Clause, bool IsLabelled = false)
{
    public bool IsPresent => IsLabelled || Clause is not null;

    /// <summary>Labels are judged before the consent, so a label is what is reported.</summary>
    public MedIdError Error => !IsLabelled && Clause is { } clause ? Refusals.ErrorOf(clause) : Refusals.ErrorOf(Refusal.LabelNotGranted);
}
