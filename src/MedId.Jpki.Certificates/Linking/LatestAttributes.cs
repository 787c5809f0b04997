using System.Text.Json.Serialization;

namespace MedId.Jpki.Certificates;

/// <summary>Evidence of a person's latest attributes, got with their consent. Only <see cref="LatestAttributesService"/> makes it.</summary>
[JsonConverter(typeof(NeverSerialized))]
public sealed class LatestAttributes
{
    internal LatestAttributes(string account, BasicFourAttributes basicFour, string subjectKey, JpkiStanding standing, DateTimeOffset at)
    {
        Account = account;
        BasicFour = basicFour;
        SubjectKey = subjectKey;
        Standing = standing;
        At = at;
    }

    /// <summary>Whose.</summary>
    public string Account { get; }

    /// <summary>The attributes.</summary>
    public BasicFourAttributes BasicFour { get; }

    /// <summary>The key of the certificate that states them now; keep it with the account.</summary>
    public string SubjectKey { get; }

    /// <summary>Under which standing they were asked for.</summary>
    public JpkiStanding Standing { get; }

    /// <summary>When they were asked for.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Nothing of the person.</summary>
    public override string ToString() => nameof(LatestAttributes);
}
