namespace MedId.Jpki.Certificates;

/// <summary>How refusals name the documents behind them. The profile specification itself is handed to applicants only; nothing here quotes it.</summary>
internal static class JpkiSections
{
    public const string Attributes = "JPKI certificate profile, subjectAltName";
    public const string Profile = "JPKI certificate profile";
    public const string Standing = "Act 153 of 2002 arts 17, 36";
    public const string Retention = "Act 153 of 2002 art 52; enforcement rules art 29(1)";
    public const string SignIn = "MedIdSdk JPKI sign-in";
    public const string Form = "MedIdSdk JPKI application form";
    public const string Signature = "RFC 8017 §8.2.2";
    public const string Platform = "MedIdSdk platform operator contract";
    public const string Linking = "MedIdSdk JPKI linking";
    public const string LatestAttributes = "Act 153 of 2002 art 18";
    public const string Minimisation = "MedIdSdk derived claims";
}
