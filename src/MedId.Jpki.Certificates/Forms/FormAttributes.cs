namespace MedId.Jpki.Certificates;

/// <summary>Attributes that a form has to state.</summary>
[Flags]
public enum FormAttributes
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>氏名.</summary>
    Name = 1,

    /// <summary>住所.</summary>
    Address = 2,

    /// <summary>性別.</summary>
    Gender = 4,

    /// <summary>生年月日.</summary>
    BirthDate = 8,

    /// <summary>All four.</summary>
    All = Name | Address | Gender | BirthDate,
}
