namespace MedId.Jpki.Certificates;

/// <summary>The Japanese era that stands, as one digit, before the Gregorian birth date.</summary>
public enum JpkiEra
{
    /// <summary>不明 (0), or a digit without a meaning.</summary>
    Unknown = 0,

    /// <summary>明治, until 30 July 1912.</summary>
    Meiji = 1,

    /// <summary>大正, 30 July 1912 to 25 December 1926.</summary>
    Taisho = 2,

    /// <summary>昭和, 25 December 1926 to 7 January 1989.</summary>
    Showa = 3,

    /// <summary>平成, 8 January 1989 to 30 April 2019.</summary>
    Heisei = 4,

    /// <summary>令和, since 1 May 2019.</summary>
    Reiwa = 5,
}
