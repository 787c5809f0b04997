using MedId.Core;

namespace MedId.Consent;

/// <summary>A transfer that may happen.</summary>
/// <param name="ConsentId">The consent, for the log.</param>
/// <param name="Clause">The clause that permits it; its labels, filters and codes narrow what is sent.</param>
/// <param name="ReplayKey">The transfer; consume it together with counting the use, in one atomic step, before data is sent.</param>
public sealed record DataFlowPermit(string ConsentId, ConsentClause Clause, ReplayKey ReplayKey);
