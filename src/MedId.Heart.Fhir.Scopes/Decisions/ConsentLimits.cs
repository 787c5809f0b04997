namespace MedId.Heart.Fhir.Scopes;

/// <summary>
/// What the consent behind a token leaves of the scopes: when, what for, to whom, which data, of which time. What is null is not limited; an empty list permits nothing. Neutral
/// between the formats of consent: whoever holds the record fills it in.
/// </summary>
public sealed record ConsentLimits
{
    private readonly IReadOnlyCollection<ConsentDataClass>? _data;
    private readonly IReadOnlyCollection<string>? _purposes;
    private readonly IReadOnlyCollection<string>? _recipients;
    private readonly IReadOnlyCollection<string> _typesWithoutDate = [];

    /// <summary>The first instant at which the consent holds.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>The instant from which it holds no longer.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The purposes of use (v3 ActReason), compared with <see cref="FhirTokenContext.Purpose"/> as they stand: TREAT is not ETREAT.</summary>
    public IReadOnlyCollection<string>? Purposes
    {
        get => _purposes;
        init
        {
            _purposes = value;
            PurposeArray = value is null ? null : [.. value];
        }
    }

    /// <summary>The clients that the consent was given to, compared with <see cref="FhirTokenContext.ClientId"/>.</summary>
    public IReadOnlyCollection<string>? Recipients
    {
        get => _recipients;
        init
        {
            _recipients = value;
            RecipientArray = value is null ? null : [.. value];
        }
    }

    /// <summary>The kinds of data. A type that is shared, such as Practitioner, is named like any other.</summary>
    public IReadOnlyCollection<ConsentDataClass>? Data
    {
        get => _data;
        init
        {
            _data = value;
            DataArray = value is null ? null : [.. value];
        }
    }

    /// <summary>The first instant that the data may be about. A resource has to lie wholly in the range; a part of a day counts as the whole day in <see cref="DateOffset"/>.</summary>
    public DateTimeOffset? DataFrom { get; init; }

    /// <summary>The instant from which on data is not agreed any more. A period without end reaches beyond every such instant.</summary>
    public DateTimeOffset? DataUntil { get; init; }

    /// <summary>Types that the range does not apply to. Every other resource without a date of its own is hidden where there is a range: Patient and Practitioner have none.</summary>
    /// <value>Empty.</value>
    public IReadOnlyCollection<string> TypesWithoutDate
    {
        get => _typesWithoutDate;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _typesWithoutDate = value;
            UndatedArray = [.. value];
        }
    }

    /// <summary>The time zone of dates that say none (<c>2026-04-01</c>).</summary>
    /// <value>Nine hours: Japan.</value>
    public TimeSpan DateOffset { get; init; } = TimeSpan.FromHours(9);

    internal ConsentDataClass[]? DataArray { get; private init; }

    internal string[]? PurposeArray { get; private init; }

    internal string[]? RecipientArray { get; private init; }

    internal string[] UndatedArray { get; private init; } = [];

    internal bool HasPeriod => ValidFrom is not null || ValidUntil is not null;

    internal bool HasRange => DataFrom is not null || DataUntil is not null;

    /// <summary>The type's name alone: a consent is personal data.</summary>
    public override string ToString() => nameof(ConsentLimits);
}
