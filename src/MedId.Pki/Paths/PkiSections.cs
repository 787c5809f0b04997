namespace MedId.Pki;

/// <summary>Where the standard asks for what is checked here.</summary>
internal static class PkiSections
{
    public const string Certificate = "RFC 5280 §4.1";
    public const string Name = "RFC 5280 §4.1.2.4";
}
