namespace MedId.Hpki;

/// <summary>The string type in which a role's text was written: the choices of DirectoryString (X.520). Only <see cref="Utf8"/> was seen in certificates.</summary>
public enum HcTextType
{
    /// <summary>UTF8String.</summary>
    Utf8,

    /// <summary>PrintableString.</summary>
    Printable,

    /// <summary>TeletexString; read as ISO 8859-1, never compared with the role table.</summary>
    Teletex,

    /// <summary>BMPString; never compared with the role table.</summary>
    Bmp,

    /// <summary>UniversalString; never compared with the role table.</summary>
    Universal,
}
