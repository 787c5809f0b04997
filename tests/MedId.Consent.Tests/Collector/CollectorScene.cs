using System.Globalization;

namespace MedId.Consent.Tests;

/// <summary>A hospital, a clinic, a manager and a patient. Synthetic.</summary>
internal sealed class CollectorScene
{
    public static readonly DateTimeOffset Now = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly string Digest = HistoryScene.Digest("the signed artefact");

    private int _ids;

    public CollectorScene() => Manager = new("cm", NewId);

    public ConsentManager Manager { get; }

    public static ConsentGateway Gateway { get; } = new("gateway", new Dictionary<string, CollectorRole>
    {
        ["patient"] = CollectorRole.Person,
        ["clinic"] = CollectorRole.Consumer,
        ["hospital"] = CollectorRole.Provider,
        ["cm"] = CollectorRole.Manager,
    });

    public static ConsentArtefact Terms { get; } = new()
    {
        Id = "draft",
        IssuedAt = Now,
        ExpiresAt = Now.AddDays(30),
        Subject = new() { Id = "patient" },
        Provider = new() { Id = "hospital" },
        Recipient = new() { Id = "clinic" },
        Collector = new() { Id = "cm" },
        Clauses =
        [
            new()
            {
                Purposes = [new("urn:example:purpose", "CAREMGT")], Data = [new() { Code = "Prescription" }, new() { Code = "DiagnosticReport" }], Actions = [ArtefactAction.View, ArtefactAction.Query],
                DataFrom = Now.AddYears(-1), DataUntil = Now, Frequency = new(ArtefactTimeUnit.Day, 2),
            },
        ],
    };

    public static ConsentArtefact Grant { get; } = Terms with { Id = Id(900), Clauses = [Terms.Clauses[0] with { Data = [new() { Code = "Prescription" }] }] };

    public static DataRequested Request { get; } = new()
    {
        Id = Id(800),
        At = Now,
        From = "clinic",
        To = "hospital",
        ConsentId = Grant.Id,
        SignatureDigest = Digest,
        Manager = "cm",
        TransactionId = "t1",
        Classes = ["Prescription"],
        Action = ArtefactAction.View,
        Purpose = "CAREMGT",
        DataFrom = Now.AddYears(-1),
        DataUntil = Now,
    };

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{number:d12}");

    public string NewId() => Id(++_ids);

    public ConsentAsked Asked(ConsentArtefact? terms = null) =>
        new() { Id = NewId(), At = Now, From = "clinic", To = "cm", RequestId = Id(700), Terms = terms ?? Terms, AnswerUntil = Now.AddMinutes(10) };

    public ConsentAnswered Answered(ConsentArtefact? grant) =>
        new() { Id = NewId(), At = Now, From = "patient", To = "cm", RequestId = Id(700), Artefact = grant, SignatureDigest = grant is null ? null : Digest };

    public ManagedConsent Open() => Manager.Open(Asked(), Now).Value!.State;

    public ManagedConsent Granted() => Manager.Handle(Open(), Answered(Grant), Now).Value!.State;

    public RevocationRequested Revocation(string from = "patient") => new() { Id = NewId(), At = Now, From = from, To = "cm", ConsentId = Grant.Id };

    public PauseRequested Pause(bool resume) => new() { Id = NewId(), At = Now, From = "patient", To = "cm", ConsentId = Grant.Id, IsResumed = resume };

    public MessageAcknowledged Acknowledge(CollectorMessage message, string? from = null) =>
        new() { Id = NewId(), At = Now, From = from ?? message.To, To = "cm", ConsentId = Grant.Id, MessageId = message.Id };

    public TransferReported Report(bool sent) => new() { Id = NewId(), At = Now, From = "hospital", To = "cm", ConsentId = Grant.Id, TransactionId = "t1", IsSent = sent, Code = sent ? null : ConsentErrorCodes.Revoked };
}
