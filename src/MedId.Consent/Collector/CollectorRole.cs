namespace MedId.Consent;

/// <summary>Who takes part in an exchange by consent. Gateway and manager are two parties: the one carries messages, the other keeps consents, and neither ever holds data.</summary>
public enum CollectorRole
{
    /// <summary>The person, at the manager's own application.</summary>
    Person = 0,

    /// <summary>Who asks for data.</summary>
    Consumer = 1,

    /// <summary>Who holds data.</summary>
    Provider = 2,

    /// <summary>Who keeps consents, by labels only.</summary>
    Manager = 3,
}
