namespace MedId.Consent;

/// <summary>The cases of APPI 27(1) (until 2022-03-31: 23(1)) in which no consent is asked for. Its codes are those of <see cref="AppiArticles"/>.</summary>
public enum AppiException
{
    /// <summary>i: a law or ordinance.</summary>
    Law,

    /// <summary>ii: protection of life, body or property, and consent is hard to get.</summary>
    LifeBodyProperty,

    /// <summary>iii: public health or the upbringing of children, and consent is hard to get.</summary>
    PublicHealthChildren,

    /// <summary>iv: cooperation with the State or a local government.</summary>
    StateCooperation,

    /// <summary>v: an academic institution publishes or teaches its results.</summary>
    AcademicResults,

    /// <summary>vi: an academic institution provides to its partner in joint research.</summary>
    AcademicJointResearch,

    /// <summary>vii: the recipient is an academic institution that needs it for research.</summary>
    AcademicThirdParty,
}
