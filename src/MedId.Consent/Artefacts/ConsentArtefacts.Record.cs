using MedId.Core;

namespace MedId.Consent;

/// <content>From what an OP records.</content>
public static partial class ConsentArtefacts
{
    private const string ResourceTypes = "http://hl7.org/fhir/resource-types";

    /// <summary>Makes an artefact of a consent as an OP recorded it; what the record does not say stays unsaid.</summary>
    /// <param name="record">The record.</param>
    /// <param name="noticeUri">Where the notice can be found again; the record holds the notice itself.</param>
    /// <param name="jurisdiction">The jurisdiction that the OP works under.</param>
    /// <param name="revoker">Where the person takes it back.</param>
    /// <returns>
    /// One clause whose data are the resource types of the granted scopes. The scopes go along as they are and decide; a scope of all types gives the type <c>*</c>.
    /// The signed act, the texts and the key stay in the record: an artefact goes to others.
    /// </returns>
    public static ConsentArtefact FromRecord(ConsentRecord record, string? noticeUri = null, string? jurisdiction = null, ArtefactAddress? revoker = null)
    {
        ArgumentNullException.ThrowIfNull(record);
        var withdrawn = record.Status == ConsentStatus.Withdrawn;
        return new()
        {
            Id = record.Id,
            IssuedAt = record.GivenAt,
            ExpiresAt = record.AccessUntil,
            Status = withdrawn ? ArtefactStatus.Withdrawn : ArtefactStatus.Given,
            StatusAt = withdrawn ? record.WithdrawnAt : null,
            History = withdrawn ? [new(record.GivenAt, ArtefactStatus.Given)] : [],
            Revocable = true,
            Revoker = revoker,
            Subject = new() { Id = record.Subject, Issuer = record.Issuer },
            Proxy = record.Proxy?.Subject,
            Provider = new() { Id = record.Resource },
            Recipient = new() { Id = record.Recipient.ClientId, Name = record.Recipient.Name },
            Requester = record.Practitioner is { } doctor ? new(doctor.Name, doctor.Role, doctor.Subject, doctor.Issuer) : null,
            Collector = new() { Id = record.Issuer },
            Clauses =
            [
                new()
                {
                    Purposes = [new(record.Purpose.System, record.Purpose.Code, record.Purpose.Text)],
                    Data = [.. record.ScopesGranted.Select(TypeOf).OfType<string>().Distinct(StringComparer.Ordinal).Select(t => new ArtefactDataClass { Code = t, System = ResourceTypes })],
                    Actions = record.ScopesGranted.Any(Writes) ? [ArtefactAction.View, ArtefactAction.Correct] : [ArtefactAction.View],
                },
            ],
            ScopesAsked = [.. record.ScopesAsked],
            ScopesShown = [.. record.ScopesShown],
            ScopesGranted = [.. record.ScopesGranted],
            Notice = new(noticeUri, record.Notice.TextsVersion, record.Notice.Language),
            LawBasis = record.Ground is { Kind: ConsentGroundKind.BreakGlass } ? "emergency, without consent" : "explicit consent",
            Jurisdiction = jurisdiction,
            Acr = record.Act.Acr,
            Amr = [.. record.Act.Amr],
            AuthTime = record.Ground is null ? record.Act.At : null,
            CollectionMethod = record.Act.Protocol,
        };
    }

    // patient/Observation.read, user/*.cruds?category=…: the type between slash and dot; labels and launch scopes have none.
    private static string? TypeOf(string scope)
    {
        var (slash, dot) = (scope.IndexOf('/', StringComparison.Ordinal), scope.IndexOf('.', StringComparison.Ordinal));
        return slash > 0 && dot > slash + 1 ? scope[(slash + 1)..dot] : null;
    }

    private static bool Writes(string scope)
    {
        var dot = scope.IndexOf('.', StringComparison.Ordinal);
        if (TypeOf(scope) is null || dot < 0)
        {
            return false;
        }

        var verbs = scope.AsSpan(dot + 1);
        var end = verbs.IndexOf('?');
        verbs = end < 0 ? verbs : verbs[..end];
        return verbs is "write" or "*" || (verbs is not "read" && verbs.ContainsAny('c', 'u', 'd'));
    }
}
