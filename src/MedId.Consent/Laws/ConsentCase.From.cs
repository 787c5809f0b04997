using MedId.Core;

namespace MedId.Consent;

/// <content>What records and artefacts know of a case.</content>
public sealed partial record ConsentCase
{
    /// <summary>The facts that a consent record proves: an explicit act, its time, what was shown. What it does not prove stays unknown: who the parties are to the law, the design of the choice, the transfer.</summary>
    /// <param name="record">The record.</param>
    /// <param name="transferAt">When data goes, or is to go.</param>
    public static ConsentCase From(ConsentRecord record, DateTimeOffset transferAt)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new()
        {
            ConsentExists = true,
            ConsentActive = record.IsActive(transferAt),
            ConsentGivenAt = record.GivenAt,
            TransferAt = transferAt,
            Basis = ConsentBasis.Explicit,
            ConsentAct = ConsentActKind.Signature,
            RecordShowsPerson = true,
            RecordShowsTime = true,
            RecordShowsNotice = true,
            RecordShowsAct = true,
            NoticeGiven = true,
            NoticeBefore = true,
            NoticeFindableLater = true,
        };
    }

    /// <summary>The facts that an artefact states. It states no act, so it does not say on what it rests: whoever knows the act puts <see cref="Basis"/> in.</summary>
    /// <param name="artefact">The artefact; whether it is genuine is for the verifier of artefacts.</param>
    /// <param name="transferAt">When data goes, or is to go.</param>
    public static ConsentCase From(ConsentArtefact artefact, DateTimeOffset transferAt)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        var begin = artefact.ValidFrom ?? artefact.IssuedAt;
        var isSpecial = artefact.Clauses.SelectMany(c => c.Data).Any(d => d.Special == true);
        return new()
        {
            ConsentExists = artefact.Status switch
            {
                ArtefactStatus.Given or ArtefactStatus.Paused or ArtefactStatus.Withdrawn or ArtefactStatus.Expired or ArtefactStatus.Superseded or ArtefactStatus.Ended => true,
                ArtefactStatus.Draft or ArtefactStatus.Requested or ArtefactStatus.Denied or ArtefactStatus.Invalid => false,
                _ => null,
            },
            ConsentActive = artefact.Status is { } status && status is not (ArtefactStatus.Given or ArtefactStatus.Unknown) ? false
                : transferAt >= artefact.ExpiresAt || transferAt < begin ? false
                : artefact is { Status: ArtefactStatus.Given, ExpiresAt: not null } ? true : null,
            ConsentGivenAt = artefact.IssuedAt,
            TransferAt = transferAt,
            SpecialCareData = isSpecial || artefact.Sensitive == true ? true : null,
            SpecialCategoryData = isSpecial ? true : null,
            ConsentByRepresentative = artefact.Proxy is not null ? true : null,
            PurposeCount = artefact.Clauses.Count == 0 ? null : artefact.Clauses.SelectMany(c => c.Purposes).Distinct().Count(),
            NoticeGiven = artefact.Notice is not null ? true : null,
            NoticeFindableLater = artefact.Notice is { Uri: not null, Version: not null } ? true : null,
        };
    }
}
