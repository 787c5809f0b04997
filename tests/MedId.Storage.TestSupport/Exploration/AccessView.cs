using MedId.Ciba.Server;

namespace MedId.Storage.TestSupport.Exploration;

/// <summary>What the verbs show of one access.</summary>
internal sealed record AccessView(
    CibaStatus Status,
    int? GrantedScopes,
    int? ConsentedScopes,
    bool ConsentRecorded,
    bool ConsentActive,
    int TokenLines,
    bool FirstRefreshKnown,
    bool SecondRefreshKnown,
    string Whole);
