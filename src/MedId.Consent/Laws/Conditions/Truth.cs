namespace MedId.Consent;

/// <summary>Three values of Kleene's logic: what is unknown may turn out either way, what is decided stays decided whatever else becomes known.</summary>
internal enum Truth
{
    Unknown = 0,
    False,
    True,
}
