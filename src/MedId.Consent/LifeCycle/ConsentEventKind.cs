namespace MedId.Consent;

/// <summary>What happens to a consent. The names in data are those of <see cref="ConsentLifeCycle.NameOf"/>.</summary>
public enum ConsentEventKind
{
    /// <summary>The person is asked.</summary>
    Asked = 0,

    /// <summary>The person gives it.</summary>
    Given = 1,

    /// <summary>The person says no.</summary>
    Refused = 2,

    /// <summary>The person narrows it: fewer data, shorter, fewer acts. A wider consent is another one, which supersedes this.</summary>
    Narrowed = 3,

    /// <summary>Data was read under it.</summary>
    Read = 4,

    /// <summary>The person takes it back.</summary>
    Withdrawn = 5,

    /// <summary>Its time is over.</summary>
    Expired = 6,

    /// <summary>Another consent takes its place.</summary>
    Superseded = 7,

    /// <summary>A party was told of what happened before; may come after the end.</summary>
    Told = 8,
}
