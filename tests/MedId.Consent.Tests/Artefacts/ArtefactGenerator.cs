using MedId.Consent;

namespace MedId.Consent.Tests.Artefacts;

/// <summary>Random artefacts by seed, all values synthetic; and what of one a format can hold, by the published mapping and not by our code.</summary>
internal sealed class ArtefactGenerator(int seed)
{
    private static readonly string[] Words = ["alpha", "ベータ", "gamma & <delta>", "it's \"quoted\"", "x", "Tokyo", "a/b~c", "0"];

    private readonly Random _random = new(seed);

    public ConsentArtefact Any()
    {
        var basis = Maybe(Word);
        return new()
        {
            Id = Chance(2) ? Guid() : "id-" + _random.Next(1000),
            RequestId = Maybe(Guid),
            IssuedAt = Time(),
            ValidFrom = Chance(3) ? Time() : null,
            ExpiresAt = Chance(5) ? null : Time(),
            Status = Chance(4) ? null : (ArtefactStatus)_random.Next(11),
            StatusAt = Chance(4) ? Time() : null,
            History = [.. Some(2, () => new ArtefactEvent(Time(), ArtefactStatus.Given))],
            Revocable = Flag(),
            Revoker = Chance(2) ? new(Chance(2) ? "URI" : null, "https://revoke.example/" + Word()) : null,
            Subject = new()
            {
                Id = Chance(2) ? "Patient/p" + _random.Next(9) : "sample@cm",
                IdType = Maybe(Word),
                Name = Maybe(Word),
                Issuer = Maybe(Word),
                AtProvider = Maybe(Word),
                AtRecipient = Maybe(Word),
                AtCollector = Maybe(Word),
            },
            Proxy = Chance(4) ? "RelatedPerson/r1" : null,
            Provider = Chance(6) ? null : Party(),
            Recipient = Chance(6) ? null : Party(),
            Collector = Chance(6) ? null : Party(),
            Requester = Chance(2) ? null : new(Word(), Maybe(Word), Maybe(Word), Maybe(Word)),
            Controllers = [.. Some(2, Party)],
            CareContexts = [.. Some(2, () => new ArtefactCareContext(Word(), Word()))],
            Clauses = [.. Enumerable.Range(0, Chance(3) ? 2 : 1).Select(_ => Clause())],
            Exceptions = [.. Some(1, Clause)],
            PermitByDefault = Chance(10),
            ScopesAsked = [.. Some(2, Word)],
            ScopesShown = [.. Some(2, Word)],
            ScopesGranted = [.. Some(2, Word)],
            Notice = Chance(3) ? null : new(Maybe(Word), Maybe(Word), "ja"),
            LawBasis = basis,
            Jurisdiction = Maybe(() => "JP"),
            Acr = Maybe(Word),
            Amr = [.. Some(2, Word)],
            AuthTime = Chance(2) ? Time() : null,
            CollectionMethod = Maybe(Word),
            Sensitive = Flag(),
            UseLog = Chance(2) ? new("URI", Word()) : null,
            AccessLog = Chance(2) ? new(null, Word()) : null,
            Aside = Chance(5) ? [new(ArtefactFormat.FhirR4, "/language", "\"ja\"")] : [],
        };
    }

    public ConsentClause Clause()
    {
        var data = Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => new ArtefactDataClass
        {
            Code = Chance(5) ? null : "Class" + _random.Next(9),
            System = Maybe(Word),
            Text = Word(),
            Optional = Flag(),
            Sensitive = Flag(),
            Special = Flag(),
        });
        var range = Chance(4);
        return new()
        {
            Service = Maybe(Word),
            Purposes = [.. Enumerable.Range(0, Chance(5) ? 2 : 1).Select(_ => new ArtefactPurpose(Maybe(Word), "P" + _random.Next(3), Maybe(Word)))],
            Data = [.. data],
            Kinds = [.. Some(2, Word)],
            Codes = [.. Some(1, () => new ArtefactCode("http://loinc.org", "1234-5"))],
            References = [.. Some(1, () => new ArtefactDataReference("instance", "Observation/o1"))],
            Labels = [.. Some(2, () => new ArtefactCode("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R"))],
            Filters = [.. Some(2, () => Chance(2) ? new ArtefactFilter(null, null, "category=" + Word()) : new ArtefactFilter("AMOUNT", ">=", "5"))],
            DataFrom = range ? null : Time(),
            DataUntil = range ? null : Time(),
            Actions = [.. Enumerable.Range(0, Chance(4) ? 2 : 1).Select(_ => (ArtefactAction)_random.Next(7))],
            Frequency = Chance(5) ? null : new((ArtefactTimeUnit)_random.Next(6), _random.Next(9), Chance(2) ? null : _random.Next(99)),
            OneTime = Flag(),
            Retention = _random.Next(4) switch { 0 => null, 1 => ArtefactRetention.At(Time()), 2 => ArtefactRetention.InWords(Word()), _ => ArtefactRetention.For((ArtefactTimeUnit)_random.Next(5), 1 + _random.Next(12)) },
            ValidFrom = Chance(5) ? Time() : null,
            ValidUntil = Chance(5) ? Time() : null,
            Recipient = Chance(5) ? Party() : null,
            Disclosed = Flag(),
            LawBasis = Chance(4) ? Word() : null,
            Jurisdiction = Chance(4) ? "EU" : null,
            Primary = Flag(),
            StorageLocations = [.. Some(2, () => "JP")],
        };
    }

    /// <summary>What a format holds of an artefact, filled up where it asks for more.</summary>
    public ConsentArtefact Fit(ArtefactFormat format)
    {
        var a = Any();
        var c = a.Clauses[0];
        var bare = new ConsentArtefact { Id = a.Id, IssuedAt = a.IssuedAt, Subject = new() { Id = a.Subject!.Id } };
        var codes = c.Data.Select((d, i) => new ArtefactDataClass { Code = "Code" + i }).ToArray();
        switch (format)
        {
            case ArtefactFormat.MeityXml:
                return bare with
                {
                    ExpiresAt = Time(),
                    Revocable = a.Revocable,
                    Revoker = a.Revoker,
                    Subject = a.Subject,
                    UseLog = a.UseLog,
                    AccessLog = a.AccessLog,
                    Provider = Addressed(a.Provider),
                    Recipient = Addressed(a.Recipient ?? Party()),
                    Collector = Addressed(a.Collector),
                    Notice = a.Notice?.Uri is null ? null : new(a.Notice.Uri),
                    Clauses =
                    [
                        new()
                        {
                            Purposes = [c.Purposes[0]], Data = [.. codes], Kinds = [.. c.Kinds.Take(1)], Actions = [(ArtefactAction)_random.Next(3)],
                            Filters = Chance(2) ? [] : [new(null, null, "category=laboratory")], DataFrom = c.DataFrom, DataUntil = c.DataUntil,
                            Frequency = Chance(4) ? null : new(Pick(ArtefactTimeUnit.Day, ArtefactTimeUnit.Month, ArtefactTimeUnit.Year), 1, Chance(2) ? null : 7),
                            Retention = Chance(4) ? null : Chance(2) ? ArtefactRetention.At(Time()) : ArtefactRetention.For(Pick(ArtefactTimeUnit.Month, ArtefactTimeUnit.Year), 6),
                        },
                    ],
                };
            case ArtefactFormat.AbdmJson:
                return bare with
                {
                    Status = Pick(ArtefactStatus.Given, ArtefactStatus.Requested, ArtefactStatus.Denied, ArtefactStatus.Withdrawn, ArtefactStatus.Expired),
                    Provider = Named(),
                    Recipient = Named(),
                    Collector = Named(),
                    CareContexts = a.CareContexts,
                    Requester = Chance(2) ? null : Chance(2) ? new(Word()) : new(Word(), "REGNO", Word(), Maybe(Word)),
                    Clauses =
                    [
                        new()
                        {
                            Purposes = [new(Maybe(Word), "CAREMGT", Word())], Data = [.. codes], Actions = [(ArtefactAction)_random.Next(4)], DataFrom = Time(), DataUntil = Time(),
                            Retention = ArtefactRetention.At(Time()), Frequency = new((ArtefactTimeUnit)_random.Next(5), _random.Next(9), Chance(2) ? null : 3),
                        },
                    ],
                };
            case ArtefactFormat.AccountAggregatorJson:
                return bare with
                {
                    RequestId = a.RequestId,
                    ValidFrom = Time(),
                    ExpiresAt = Time(),
                    Status = Pick(ArtefactStatus.Given, ArtefactStatus.Denied, ArtefactStatus.Withdrawn, ArtefactStatus.Expired, ArtefactStatus.Paused),
                    Provider = Chance(2) ? null : new() { Id = Word() },
                    Recipient = new() { Id = Word() },
                    Clauses =
                    [
                        new()
                        {
                            Purposes = [new(Maybe(Word), "101", Maybe(Word))], Data = [.. codes], Kinds = c.Kinds, Actions = [(ArtefactAction)_random.Next(4)], OneTime = c.OneTime,
                            DataFrom = c.DataFrom, DataUntil = c.DataUntil, Filters = Chance(2) ? [] : [new("AMOUNT", ">=", "5")],
                            Retention = ArtefactRetention.For(Pick(ArtefactTimeUnit.Month, ArtefactTimeUnit.Year, ArtefactTimeUnit.Unlimited), 0), Frequency = new(Pick(ArtefactTimeUnit.Day, ArtefactTimeUnit.Hour), 2),
                        },
                    ],
                };
            case ArtefactFormat.FhirR4:
                return bare with
                {
                    Status = Pick(ArtefactStatus.Given, ArtefactStatus.Requested, ArtefactStatus.Denied, ArtefactStatus.Ended, ArtefactStatus.Draft, ArtefactStatus.Invalid),
                    Subject = new() { Id = a.Subject.Id, Name = a.Subject.Name },
                    Proxy = a.Proxy,
                    Provider = new() { Id = "Organization/b", Name = Maybe(Word) },
                    AuthTime = a.AuthTime,
                    ValidFrom = a.ValidFrom,
                    ExpiresAt = a.ExpiresAt,
                    Recipient = Chance(4) ? null : new() { Id = "clinic-a", Name = Maybe(Word) },
                    Notice = a.Notice?.Uri is null ? null : new("https://notice.example/1"),
                    LawBasis = a.LawBasis,
                    PermitByDefault = a.PermitByDefault,
                    Aside = a.Aside,
                    Clauses = [Rule(c), .. a.Clauses.Skip(1).Select(Rule)],
                    Exceptions = [.. a.Exceptions.Select(e => Rule(e) with { Recipient = e.Recipient is null ? null : new() { Id = "Organization/x" } })],
                };
            case ArtefactFormat.Iso27560:
                return bare with
                {
                    ExpiresAt = a.ExpiresAt,
                    Proxy = a.Proxy,
                    Jurisdiction = a.Jurisdiction,
                    LawBasis = a.LawBasis,
                    CollectionMethod = a.CollectionMethod,
                    Status = Pick(ArtefactStatus.Given, ArtefactStatus.Requested, ArtefactStatus.Denied, ArtefactStatus.Withdrawn, ArtefactStatus.Expired, ArtefactStatus.Invalid),
                    Revoker = Chance(2) ? null : new("URI", "https://revoke.example"),
                    Notice = Chance(3) ? null : new("https://notice.example", null, "ja"),
                    Provider = Identified("provider"),
                    Recipient = Chance(4) ? null : Identified("recipient"),
                    Collector = Chance(2) ? null : Identified("collector"),
                    Controllers = Chance(2) ? [] : [Identified("c1"), Identified("c2")],
                    Clauses =
                    [
                        .. a.Clauses.Select(x => new ConsentClause
                        {
                            Service = x.Service, Purposes = [new(null, x.Purposes[0].Code, Word())], Actions = x.Actions, StorageLocations = x.StorageLocations,
                            Data = [.. x.Data.Select(d => d with { System = null })], Retention = x.Retention,
                        }),
                    ],
                };
            default:
                return bare with
                {
                    IssuedAt = DateTimeOffset.FromUnixTimeSeconds(_random.Next()),
                    Jurisdiction = a.Jurisdiction,
                    LawBasis = a.LawBasis,
                    CollectionMethod = a.CollectionMethod,
                    Sensitive = Chance(2),
                    Notice = Chance(3) ? null : new("https://notice.example", null, Maybe(() => "ja")),
                    Provider = Receipted(),
                    Controllers = Chance(2) ? [] : [Receipted()],
                    Recipient = new() { Name = Word() },
                    Clauses =
                    [
                        .. a.Clauses.Select(x => new ConsentClause
                        {
                            Service = x.Service, Purposes = [new(null, "1 - Core", Word()), new(null, "2 - Other")], Primary = x.Primary, Retention = x.Retention,
                            Data = [.. x.Data.Select((d, i) => new ArtefactDataClass { Code = "k" + i, Special = i == 0 })],
                        }),
                    ],
                };
        }
    }

    private static ConsentClause Rule(ConsentClause c) => new()
    {
        Purposes = [.. c.Purposes.Select(p => p with { System = "urn:example:purposes" })],
        Data = [.. c.Data.Select(d => new ArtefactDataClass { Code = d.Code, System = d.System is null ? null : "urn:example:data", Text = d.Text })],
        Codes = c.Codes,
        References = c.References,
        Labels = c.Labels,
        DataFrom = c.DataFrom,
        DataUntil = c.DataUntil,
        Actions = [ArtefactAction.View, ArtefactAction.Disclose],
    };

    private ArtefactParty Party() => new()
    {
        Id = Chance(5) ? null : "party-" + _random.Next(50),
        IdType = Maybe(Word),
        Name = Word(),
        Role = Maybe(Word),
        OnBehalf = Flag(),
        Address = Maybe(Word),
        Contact = Maybe(Word),
        Email = Maybe(Word),
        Phone = Maybe(Word),
        Url = Maybe(Word),
        Notify = [.. Some(2, () => new ArtefactAddress("URI", Word()))],
    };

    private ArtefactParty? Addressed(ArtefactParty? party) => party is null ? null : new() { Id = "https://party.example/" + _random.Next(9), IdType = party.IdType, Notify = party.Notify };

    private ArtefactParty Named() => new() { Id = "party-" + _random.Next(9), Name = Maybe(Word) };

    private ArtefactParty Identified(string id) => Party() with { Id = id, IdType = null, OnBehalf = null, Notify = [] };

    private ArtefactParty Receipted() => Party() with { Id = null, IdType = null, Role = null, Notify = [], Address = Chance(2) ? null : "{\"addressCountry\":\"JP\"}" };

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private bool? Flag() => _random.Next(3) switch { 0 => null, 1 => true, _ => false };

    private string Word() => Words[_random.Next(Words.Length)];

    private string? Maybe(Func<string> make) => Chance(2) ? make() : null;

    private string Guid()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString("D");
    }

    private T Pick<T>(params T[] values) => values[_random.Next(values.Length)];

    private T[] Some<T>(int most, Func<T> make) => Enumerable.Range(0, _random.Next(most + 1)).Select(_ => make()).ToArray();

    // Seconds mostly; milliseconds and single ticks at times; offsets of Japan, India and none.
    private DateTimeOffset Time()
    {
        var ticks = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).Ticks + ((long)_random.Next(400_000_000) * TimeSpan.TicksPerSecond);
        ticks += _random.Next(8) switch { 0 => _random.Next(1000) * TimeSpan.TicksPerMillisecond, 1 => _random.Next(10_000_000), _ => 0 };
        ticks = Chance(6) ? ticks - (ticks % TimeSpan.TicksPerDay) : ticks;
        return new(ticks, _random.Next(3) switch { 0 => TimeSpan.FromHours(9), 1 => TimeSpan.FromMinutes(330), _ => TimeSpan.Zero });
    }
}
